package io.faraddb.engine.sql.function;

import io.faraddb.engine.sql.function.Aggregate.Accumulator;
import io.faraddb.engine.sql.function.builtin.BuiltIns;
import io.faraddb.engine.sql.function.library.FunctionLibrary;
import io.faraddb.engine.sql.parse.SqlParser;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.sql.parse.ast.TableReference;
import io.faraddb.engine.sql.parse.ast.TypeName;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Works out SQL expressions without tables, so that functions can be tested by SQL before there is
 * anything that runs a query. It knows no more syntax than the tests need.
 */
final class ExpressionRunner {

    private static final FunctionLibrary LIBRARY = BuiltIns.LIBRARY;

    private final CallContext context = new FixedCallContext();
    private final Map<String, Value> columns = new HashMap<>();

    /** A value and its type. */
    record Value(SqlType type, @Nullable Object value) {}

    Value run(String text) {
        Value result = value(SqlParser.parseExpression(text));
        boolean unknown = result.type().kind() == TypeKind.UNKNOWN;
        return unknown ? new Value(SqlType.TEXT, result.value()) : result;
    }

    /** As PostgreSQL's output function prints it. */
    @Nullable String print(Value result) {
        Object value = result.value();
        return value == null ? null : TextConversion.format(result.type(), value, context);
    }

    private Value value(Expression expression) {
        return switch (expression) {
            case Expression.NumberLiteral number -> number(number.digits());
            case Expression.StringLiteral text -> new Value(SqlType.UNKNOWN, text.value());
            case Expression.BooleanLiteral truth -> new Value(SqlType.BOOLEAN, truth.value());
            case Expression.NullLiteral ignored -> new Value(SqlType.UNKNOWN, null);
            case Expression.ColumnReference column ->
                    Objects.requireNonNull(columns.get(column.names().getLast()));
            case Expression.Cast cast -> cast(value(cast.operand()), type(cast.type()), true);
            case Expression.Unary unary -> {
                Value operand = value(unary.operand());
                String symbol = unary.operator().symbol();
                yield call(LIBRARY.resolveOperator(symbol, null, operand.type()), operand);
            }
            case Expression.Binary binary ->
                    operator(binary.operator().symbol(), binary.left(), binary.right());
            case Expression.FunctionCall call -> function(call);
            case Expression.Like like -> like(like);
            case Expression.IsDistinct test -> {
                Value left = value(test.left());
                Value right = value(test.right());
                yield call(
                        LIBRARY.resolveDistinct(left.type(), right.type(), test.negated()),
                        left,
                        right);
            }
            case Expression.Extremum extremum ->
                    extremum(extremum.greatest(), values(extremum.arguments()));
            case Expression.ArrayConstructor array -> array(values(array.items()));
            case Expression.Row row -> {
                List<@Nullable Object> fields = new ArrayList<>();
                values(row.items()).forEach(field -> fields.add(field.value()));
                yield new Value(SqlType.RECORD, fields);
            }
            case Expression.ArrayQuery query -> arrayQuery(query.query());
            case Expression.ScalarQuery query -> aggregateQuery(query.query());
            case Expression.Subscript subscript -> subscript(subscript);
            case Expression.Slice slice -> slice(slice);
            default -> throw new UnsupportedOperationException(expression.toString());
        };
    }

    private List<Value> values(List<Expression> expressions) {
        return expressions.stream().map(this::value).toList();
    }

    private static Value number(String digits) {
        BigDecimal number = new BigDecimal(digits);
        if (digits.matches("-?[0-9]+")) {
            if (number.equals(BigDecimal.valueOf(number.intValue()))) {
                return new Value(SqlType.INTEGER, number.longValue());
            }
            if (number.equals(BigDecimal.valueOf(number.longValue()))) {
                return new Value(SqlType.BIGINT, number.longValue());
            }
        }
        return new Value(SqlType.NUMERIC, number.scale() < 0 ? number.setScale(0) : number);
    }

    private static SqlType type(TypeName name) {
        SqlType type = SqlTypeNames.find(name.name().name());
        if (name.name().name().equals("char")) {
            type = SqlType.INTERNAL_CHAR;
        }
        List<Integer> modifiers = new ArrayList<>();
        for (Expression modifier : name.modifiers()) {
            modifiers.add(Integer.valueOf(((Expression.NumberLiteral) modifier).digits()));
        }
        if (!modifiers.isEmpty()) {
            int first = modifiers.getFirst();
            type =
                    switch (Objects.requireNonNull(type).kind()) {
                        case VARCHAR -> SqlType.varchar(first);
                        case CHAR -> SqlType.character(first);
                        default ->
                                SqlType.numeric(first, modifiers.size() > 1 ? modifiers.get(1) : 0);
                    };
        }
        for (int i = 0; i < name.arrayDimensions(); i++) {
            type = SqlType.array(Objects.requireNonNull(type));
        }
        return Objects.requireNonNull(type, name.name().name());
    }

    private Value cast(Value from, SqlType to, boolean explicit) {
        Object value = from.value();
        Cast cast = Casts.find(from.type(), to, explicit);
        return new Value(to, value == null ? null : cast.apply(value, context));
    }

    private Value operator(String symbol, Expression left, Expression right) {
        Value first = value(left);
        Value second = value(right);
        return call(LIBRARY.resolveOperator(symbol, first.type(), second.type()), first, second);
    }

    private Value call(Function function, Value... arguments) {
        return call(function, List.of(arguments));
    }

    private Value call(Function function, List<Value> arguments) {
        @Nullable Object[] coerced = coerce(arguments, function.parameters());
        for (Object argument : coerced) {
            if (argument == null && function.strict()) {
                return new Value(function.result(), null);
            }
        }
        return new Value(function.result(), function.body().call(coerced, context));
    }

    private @Nullable Object[] coerce(List<Value> arguments, List<SqlType> types) {
        @Nullable Object[] coerced = new @Nullable Object[arguments.size()];
        for (int i = 0; i < coerced.length; i++) {
            coerced[i] = cast(arguments.get(i), types.get(i), false).value();
        }
        return coerced;
    }

    private Value function(Expression.FunctionCall call) {
        return function(call.name().name(), values(call.arguments()));
    }

    private Value function(String name, List<Value> arguments) {
        List<SqlType> types = arguments.stream().map(Value::type).toList();
        return call(LIBRARY.resolveFunction(name, types), arguments);
    }

    private Value extremum(boolean greatest, List<Value> arguments) {
        List<SqlType> types = arguments.stream().map(Value::type).toList();
        return call(LIBRARY.resolveExtremum(greatest, types), arguments);
    }

    private Value like(Expression.Like like) {
        Value operand = value(like.operand());
        Value pattern = value(like.pattern());
        Expression written = like.escape();
        boolean similar = like.kind() == Expression.LikeKind.SIMILAR_TO;
        if (similar && written == null) {
            pattern = function("similar_to_escape", List.of(pattern));
        } else if (written != null) {
            String name = similar ? "similar_to_escape" : "like_escape";
            pattern = function(name, List.of(pattern, value(written)));
        }
        String symbol =
                switch (like.kind()) {
                    case LIKE -> "~~";
                    case ILIKE -> "~~*";
                    case SIMILAR_TO -> "~";
                };
        symbol = like.negated() ? "!" + symbol : symbol;
        return call(
                LIBRARY.resolveOperator(symbol, operand.type(), pattern.type()), operand, pattern);
    }

    private Value array(List<Value> items) {
        SqlType common =
                FunctionLibrary.commonType(items.stream().map(Value::type).toList(), "ARRAY");
        List<@Nullable Object> elements = new ArrayList<>();
        for (Value item : items) {
            elements.add(cast(item, common, false).value());
        }
        // A list of lists has the type of the innermost ones.
        return new Value(
                common.kind() == TypeKind.ARRAY ? common : SqlType.array(common), elements);
    }

    private Value subscript(Expression.Subscript subscript) {
        List<Value> arguments = new ArrayList<>();
        Expression operand = subscript;
        while (operand instanceof Expression.Subscript outer) {
            arguments.addFirst(value(outer.index()));
            operand = outer.operand();
        }
        arguments.addFirst(value(operand));
        return function("array_element", arguments);
    }

    private Value slice(Expression.Slice slice) {
        Expression lower = slice.lower();
        Expression upper = slice.upper();
        Value open = new Value(SqlType.INTEGER, null);
        return function(
                "array_slice",
                List.of(
                        value(slice.operand()),
                        lower == null ? open : value(lower),
                        upper == null ? open : value(upper)));
    }

    private static Query.Select select(Query query) {
        return (Query.Select) query.body();
    }

    /** ARRAY(SELECT f(...)) of a set-returning function. */
    private Value arrayQuery(Query query) {
        Expression.FunctionCall call =
                (Expression.FunctionCall) select(query).items().getFirst().expression();
        List<Value> arguments = values(call.arguments());
        List<SqlType> types = arguments.stream().map(Value::type).toList();
        SetFunction function =
                Objects.requireNonNull(LIBRARY.resolveSetFunction(call.name().name(), types));
        Iterator<@Nullable Object[]> rows =
                function.body().call(coerce(arguments, function.parameters()), context);
        List<@Nullable Object> elements = new ArrayList<>();
        rows.forEachRemaining(row -> elements.add(row[0]));
        SqlType element = function.columnTypes().getFirst();
        return new Value(
                element.kind() == TypeKind.ARRAY ? element : SqlType.array(element), elements);
    }

    /** (SELECT aggregate(...) FROM (VALUES ...) v(x, y)). */
    private Value aggregateQuery(Query query) {
        Expression.FunctionCall call =
                (Expression.FunctionCall) select(query).items().getFirst().expression();
        TableReference.DerivedTable table =
                (TableReference.DerivedTable) select(query).from().getFirst();
        List<String> names = Objects.requireNonNull(table.alias()).columns();
        List<List<Value>> rows = new ArrayList<>();
        for (List<Expression> row : ((Query.Values) table.query().body()).rows()) {
            rows.add(values(row));
        }
        List<SqlType> types = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int column = i;
            types.add(
                    FunctionLibrary.commonType(
                            rows.stream().map(row -> row.get(column).type()).toList()));
        }
        Aggregate aggregate = null;
        Accumulator first = null;
        Accumulator second = null;
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < names.size(); j++) {
                columns.put(names.get(j), cast(rows.get(i).get(j), types.get(j), false));
            }
            List<Value> arguments = values(call.arguments());
            if (aggregate == null || first == null || second == null) {
                List<SqlType> given = arguments.stream().map(Value::type).toList();
                aggregate =
                        Objects.requireNonNull(LIBRARY.resolveAggregate(call.name().name(), given));
                first = aggregate.body().get();
                second = aggregate.body().get();
            }
            // In two parts where the aggregate allows it, so that merging is tested, too.
            Accumulator half = i < rows.size() / 2 ? first : second;
            boolean whole = !aggregate.body().get().merge(aggregate.body().get());
            (whole ? first : half).add(coerce(arguments, aggregate.parameters()));
        }
        Accumulator all = Objects.requireNonNull(first);
        all.merge(Objects.requireNonNull(second));
        return new Value(Objects.requireNonNull(aggregate).result(), all.result());
    }
}
