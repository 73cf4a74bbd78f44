package io.faraddb.engine.sql.exec;

import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.function.Cast;
import io.faraddb.engine.sql.function.Casts;
import io.faraddb.engine.sql.function.Function;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns bound expressions into evaluators. */
public final class ExpressionCompiler {

    private final java.util.function.Function<Relation, Operator> subqueryPlanner;

    /**
     * @param subqueryPlanner makes the operator of a subquery; given by the planner above
     */
    public ExpressionCompiler(java.util.function.Function<Relation, Operator> subqueryPlanner) {
        this.subqueryPlanner = subqueryPlanner;
    }

    public List<Evaluator> compileAll(List<Scalar> expressions) {
        return expressions.stream().map(this::compile).toList();
    }

    public Evaluator compile(Scalar expression) {
        return switch (expression) {
            case Scalar.Literal literal -> {
                Object value = literal.value();
                yield frame -> value;
            }
            case Scalar.Parameter parameter -> {
                int index = parameter.index();
                yield frame -> frame.execution().parameter(index);
            }
            case Scalar.Column column -> {
                int index = column.index();
                yield frame -> frame.column(index);
            }
            case Scalar.Outer outer -> {
                int depth = outer.depth();
                int index = outer.index();
                yield frame -> frame.outerColumn(depth, index);
            }
            case Scalar.Call call -> call(call);
            case Scalar.Cast cast -> cast(cast);
            case Scalar.And and -> and(compileAll(and.terms()));
            case Scalar.Or or -> or(compileAll(or.terms()));
            case Scalar.Not not -> not(compile(not.argument()));
            case Scalar.IsNull test -> isNull(compile(test.argument()), test.negated());
            case Scalar.Case choice -> choice(choice);
            case Scalar.Coalesce coalesce -> coalesce(compileAll(coalesce.arguments()));
            case Scalar.In in -> in(in);
            case Scalar.Quantified quantified -> quantified(quantified);
            case Scalar.ArrayOf array -> list(compileAll(array.elements()));
            case Scalar.Row row -> list(compileAll(row.fields()));
            case Scalar.Subquery subquery ->
                    SubqueryEvaluators.subquery(
                            subquery.kind(), subqueryPlanner.apply(subquery.query()));
            case Scalar.QuantifiedQuery query ->
                    SubqueryEvaluators.quantified(
                            query,
                            compileAll(query.arguments()),
                            subqueryPlanner.apply(query.query()));
        };
    }

    private Evaluator call(Scalar.Call call) {
        Function function = call.function();
        List<Evaluator> arguments = compileAll(call.arguments());
        if (function.isComparison()) {
            return Comparisons.compile(function, arguments.get(0), arguments.get(1));
        }
        Evaluator[] evaluators = arguments.toArray(Evaluator[]::new);
        Function.Body body = function.body();
        boolean strict = function.strict();
        return frame -> {
            @Nullable Object[] values = new @Nullable Object[evaluators.length];
            for (int i = 0; i < values.length; i++) {
                Object value = evaluators[i].value(frame);
                if (value == null && strict) {
                    return null;
                }
                values[i] = value;
            }
            return body.call(values, frame.execution().calls());
        };
    }

    private Evaluator cast(Scalar.Cast cast) {
        Evaluator argument = compile(cast.argument());
        Cast change = Casts.find(cast.argument().type(), cast.type(), cast.explicit());
        return frame -> {
            Object value = argument.value(frame);
            return value == null ? null : change.apply(value, frame.execution().calls());
        };
    }

    private static Evaluator and(List<Evaluator> terms) {
        return frame -> {
            boolean unknown = false;
            for (Evaluator term : terms) {
                Object value = term.value(frame);
                if (Boolean.FALSE.equals(value)) {
                    return false;
                }
                unknown |= value == null;
            }
            return unknown ? null : true;
        };
    }

    private static Evaluator or(List<Evaluator> terms) {
        return frame -> {
            boolean unknown = false;
            for (Evaluator term : terms) {
                Object value = term.value(frame);
                if (Boolean.TRUE.equals(value)) {
                    return true;
                }
                unknown |= value == null;
            }
            return unknown ? null : false;
        };
    }

    private static Evaluator not(Evaluator argument) {
        return frame -> {
            Object value = argument.value(frame);
            return value == null ? null : !(Boolean) value;
        };
    }

    private static Evaluator isNull(Evaluator argument, boolean negated) {
        return frame -> (argument.value(frame) == null) != negated;
    }

    private Evaluator choice(Scalar.Case choice) {
        List<Evaluator> conditions =
                choice.whens().stream().map(when -> compile(when.condition())).toList();
        List<Evaluator> results =
                choice.whens().stream().map(when -> compile(when.result())).toList();
        Scalar otherwise = choice.otherwise();
        Evaluator last = otherwise == null ? frame -> null : compile(otherwise);
        return frame -> {
            for (int i = 0; i < conditions.size(); i++) {
                if (conditions.get(i).holds(frame)) {
                    return results.get(i).value(frame);
                }
            }
            return last.value(frame);
        };
    }

    private static Evaluator coalesce(List<Evaluator> arguments) {
        return frame -> {
            for (Evaluator argument : arguments) {
                Object value = argument.value(frame);
                if (value != null) {
                    return value;
                }
            }
            return null;
        };
    }

    private Evaluator in(Scalar.In in) {
        Evaluator argument = compile(in.argument());
        List<Evaluator> items = compileAll(in.items());
        Comparison equality = Comparisons.of(in.equality());
        return frame -> {
            Object value = argument.value(frame);
            if (value == null) {
                return null;
            }
            boolean unknown = false;
            for (Evaluator item : items) {
                Object candidate = item.value(frame);
                if (candidate == null) {
                    unknown = true;
                } else if (equality.holds(value, candidate, frame)) {
                    return true;
                }
            }
            return unknown ? null : false;
        };
    }

    private Evaluator quantified(Scalar.Quantified quantified) {
        Evaluator argument = compile(quantified.argument());
        Evaluator array = compile(quantified.array());
        Comparison comparison = Comparisons.of(quantified.comparison());
        boolean all = quantified.all();
        return frame -> {
            Object value = argument.value(frame);
            Object elements = array.value(frame);
            if (value == null || elements == null) {
                return null;
            }
            boolean unknown = false;
            for (Object element : (List<?>) elements) {
                if (element == null) {
                    unknown = true;
                } else if (comparison.holds(value, element, frame) != all) {
                    return !all;
                }
            }
            return unknown ? null : all;
        };
    }

    private static Evaluator list(List<Evaluator> elements) {
        return frame -> {
            List<@Nullable Object> values = new ArrayList<>(elements.size());
            for (Evaluator element : elements) {
                values.add(element.value(frame));
            }
            return Collections.unmodifiableList(values);
        };
    }
}
