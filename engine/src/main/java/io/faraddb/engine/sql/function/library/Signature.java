package io.faraddb.engine.sql.function.library;

import io.faraddb.engine.sql.function.Function.Volatility;
import java.util.ArrayList;
import java.util.List;

/**
 * What is written down of a function: {@code lpad(text, int4, text) -> text}, with the words {@code
 * variadic} before the last parameter and {@code stable}, {@code volatile} or {@code lenient} (it
 * is called for nulls, too) at the end.
 */
record Signature(
        String name,
        List<ParameterType> parameters,
        boolean variadic,
        ParameterType result,
        boolean strict,
        Volatility volatility) {

    private static final String ARROW = "->";
    private static final String VARIADIC = "variadic ";

    Signature {
        parameters = List.copyOf(parameters);
    }

    static Signature parse(String text) {
        int open = text.indexOf('(');
        int arrow = text.lastIndexOf(ARROW);
        int close = text.lastIndexOf(')', arrow);
        boolean variadic = false;
        List<ParameterType> parameters = new ArrayList<>();
        String list = text.substring(open + 1, close).strip();
        for (String part : list.isEmpty() ? new String[0] : list.split(",")) {
            String parameter = part.strip();
            if (parameter.startsWith(VARIADIC)) {
                variadic = true;
                parameter = parameter.substring(VARIADIC.length());
            }
            parameters.add(ParameterType.parse(parameter));
        }
        String result = text.substring(arrow + ARROW.length()).strip();
        boolean lenient = result.endsWith(" lenient");
        result = lenient ? result.substring(0, result.lastIndexOf(' ')) : result;
        Volatility volatility = Volatility.IMMUTABLE;
        if (result.endsWith(" stable")) {
            volatility = Volatility.STABLE;
        } else if (result.endsWith(" volatile")) {
            volatility = Volatility.VOLATILE;
        }
        result =
                volatility == Volatility.IMMUTABLE
                        ? result
                        : result.substring(0, result.lastIndexOf(' '));
        return new Signature(
                text.substring(0, open).strip(),
                parameters,
                variadic,
                ParameterType.parse(result),
                !lenient,
                volatility);
    }

    /** Whether it can be called with that many arguments. */
    boolean takesCount(int count) {
        return variadic ? count >= parameters.size() : count == parameters.size();
    }

    /** The parameter that an argument goes to. */
    ParameterType parameter(int argument) {
        return parameters.get(Math.min(argument, parameters.size() - 1));
    }
}
