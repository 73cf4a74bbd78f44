package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.sql.function.library.FunctionLibrary;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds the expressions of one clause of one query. */
public final class ExpressionBinder {

    private static final int LONG_DIGITS = 18;

    private final BindContext context;
    private final Level level;
    private final Clause clause;
    private final QueryValues queries;
    private final Coercions coercions;
    private final OperatorBinder operators;
    private final CallBinder calls;
    private final QueryExpressions subqueries;
    private final ColumnLookup columns;

    public ExpressionBinder(BindContext context, Level level, Clause clause, QueryValues queries) {
        this.context = context;
        this.level = level;
        this.clause = clause;
        this.queries = queries;
        this.coercions = new Coercions(context);
        this.operators = new OperatorBinder(this);
        this.calls = new CallBinder(this);
        this.subqueries = new QueryExpressions(this);
        this.columns = new ColumnLookup(context, level);
    }

    /** The same for another clause of the same query. */
    ExpressionBinder in(Clause other) {
        return new ExpressionBinder(context, level, other, queries);
    }

    public BindContext context() {
        return context;
    }

    Level level() {
        return level;
    }

    Clause clause() {
        return clause;
    }

    QueryValues queries() {
        return queries;
    }

    public Coercions coercions() {
        return coercions;
    }

    OperatorBinder operators() {
        return operators;
    }

    /** The column of FROM that a value is; null if it is none. */
    public Scope.@Nullable Column columnOf(Scalar value) {
        for (Scope.Column column : level.scope().columns()) {
            if (Sameness.same(column.value(), value)) {
                return column;
            }
        }
        return null;
    }

    /** A query within an expression of this clause. */
    public Relation query(Query query) {
        return queries.bind(query, level);
    }

    /** A field of a record. */
    public static Scalar field(Scalar record, RecordShape shape, int index) {
        return AccessBinder.field(record, shape, index);
    }

    /** A key of ORDER BY with its direction. */
    public static Relation.SortKey sortKey(Query.SortItem item, Scalar expression) {
        return CallBinder.sortKey(item, expression);
    }

    /** The columns that a star stands for. */
    public List<Scope.Column> star(Expression.Star star) {
        return columns.star(star.qualifier(), star.position());
    }

    // Entrances --------------------------------------------------------------------------------

    /** A value of any type, which may still be unknown. */
    public Scalar bind(Expression expression) {
        Scalar bound = bindNode(expression);
        if (context.position(bound) == 0) {
            context.at(bound, Starts.of(expression));
        }
        return bound;
    }

    public List<Scalar> bindAll(List<Expression> expressions) {
        List<Scalar> bound = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            bound.add(bind(expression));
        }
        return bound;
    }

    /** A condition of the clause. */
    public Scalar condition(Expression expression) {
        return coercions.condition(bind(expression), clause.label());
    }

    /** A value whose type is known: text if nothing else tells. */
    public Scalar bindTyped(Expression expression) {
        return typed(bind(expression));
    }

    Scalar typed(Scalar scalar) {
        return scalar.type().kind() == TypeKind.UNKNOWN
                ? coercions.implicitly(scalar, SqlType.TEXT)
                : scalar;
    }

    // Nodes ------------------------------------------------------------------------------------

    private Scalar bindNode(Expression expression) {
        return switch (expression) {
            case Expression.ColumnReference reference ->
                    columns.find(reference.names(), reference.position());
            case Expression.Star star ->
                    throw error(ErrorCode.SYNTAX_ERROR, "* is not allowed here", star.position());
            case Expression.Parameter parameter -> {
                int index = parameter.number() - 1;
                yield new Scalar.Parameter(index, context.parameters().type(index));
            }
            case Expression.NumberLiteral number -> number(number);
            case Expression.StringLiteral string ->
                    new Scalar.Literal(string.value(), SqlType.UNKNOWN);
            case Expression.BitLiteral bits ->
                    throw SqlException.unsupported("type bit").at(bits.position());
            case Expression.BooleanLiteral truth ->
                    new Scalar.Literal(truth.value(), SqlType.BOOLEAN);
            case Expression.NullLiteral _ -> new Scalar.Literal(null, SqlType.UNKNOWN);
            case Expression.LiftedLiteral lifted -> lifted(lifted);
            case Expression.DefaultValue value ->
                    throw error(
                            ErrorCode.SYNTAX_ERROR,
                            "DEFAULT is not allowed in this context",
                            value.position());
            case Expression.Unary unary -> operators.unary(unary);
            case Expression.Binary binary -> operators.binary(binary);
            case Expression.Logical logical -> logical(logical);
            case Expression.Not not ->
                    new Scalar.Not(coercions.condition(bind(not.operand()), "NOT"));
            case Expression.IsTest test -> isTest(test);
            case Expression.IsDistinct distinct -> operators.isDistinct(distinct);
            case Expression.Between between -> operators.between(between);
            case Expression.InList in -> operators.in(in);
            case Expression.Like like -> operators.like(like);
            case Expression.QuantifiedArray quantified -> operators.quantified(quantified);
            default -> bindOther(expression);
        };
    }

    private Scalar bindOther(Expression expression) {
        return switch (expression) {
            case Expression.FunctionCall call -> calls.call(call);
            case Expression.NamedArgument argument ->
                    throw SqlException.unsupported("named argument").at(argument.position());
            case Expression.Coalesce coalesce -> coalesce(coalesce);
            case Expression.NullIf nullIf -> nullIf(nullIf);
            case Expression.Extremum extremum -> calls.extremum(extremum);
            case Expression.SessionValue value -> calls.sessionValue(value);
            case Expression.Case choice -> caseExpression(choice);
            case Expression.Cast cast -> cast(cast);
            case Expression.Collate collate -> collate(collate);
            case Expression.ArrayConstructor array -> array(array);
            case Expression.Row row -> new Scalar.Row(typedAll(row.items()));
            case Expression.Subscript subscript -> AccessBinder.subscript(this, subscript);
            case Expression.Slice slice -> AccessBinder.slice(this, slice);
            case Expression.FieldSelection field -> AccessBinder.field(this, field);
            case Expression.FieldStar star ->
                    throw error(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "row expansion via \"*\" is not supported here",
                            star.position());
            case Expression.ScalarQuery query -> subqueries.scalar(query);
            case Expression.Exists exists -> subqueries.exists(exists);
            case Expression.ArrayQuery query -> subqueries.array(query);
            case Expression.InQuery in -> subqueries.in(in);
            case Expression.QuantifiedQuery query -> subqueries.quantified(query);
            default ->
                    throw error(
                            ErrorCode.SYNTAX_ERROR,
                            "an expression is not allowed here",
                            expression.position());
        };
    }

    static SqlException error(ErrorCode code, String message, int position) {
        return new SqlException(code, message).at(position);
    }

    private List<Scalar> typedAll(List<Expression> expressions) {
        return expressions.stream().map(this::bindTyped).toList();
    }

    // Literals ---------------------------------------------------------------------------------

    private static Scalar number(Expression.NumberLiteral number) {
        String digits = number.digits();
        boolean whole = digits.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        if (whole && digits.length() <= LONG_DIGITS) {
            return integer(Long.parseLong(digits));
        }
        BigDecimal value = new BigDecimal(digits);
        if (whole && value.unscaledValue().bitLength() < Long.SIZE) {
            return integer(value.longValueExact());
        }
        if (value.scale() < 0) {
            value = value.setScale(0);
        }
        return new Scalar.Literal(value, SqlType.NUMERIC);
    }

    private static Scalar integer(long value) {
        return new Scalar.Literal(value, value == (int) value ? SqlType.INTEGER : SqlType.BIGINT);
    }

    private Scalar lifted(Expression.LiftedLiteral lifted) {
        SqlType type =
                switch (lifted.kind()) {
                    case INTEGER -> SqlType.INTEGER;
                    case BIGINT -> SqlType.BIGINT;
                    case NUMERIC -> SqlType.NUMERIC;
                    case STRING -> context.parameters().type(lifted.index());
                };
        context.parameters().markLiteral(lifted.index());
        if (type.kind() != TypeKind.UNKNOWN) {
            context.parameters().infer(lifted.index(), type, lifted.position());
        }
        return new Scalar.Parameter(lifted.index(), type);
    }

    // Logic ------------------------------------------------------------------------------------

    private Scalar logical(Expression.Logical logical) {
        boolean and = logical.connective() == Expression.Connective.AND;
        List<Scalar> terms = new ArrayList<>();
        for (Expression term : logical.terms()) {
            terms.add(coercions.condition(bind(term), and ? "AND" : "OR"));
        }
        return and ? new Scalar.And(terms) : new Scalar.Or(terms);
    }

    private Scalar isTest(Expression.IsTest test) {
        Scalar operand = bind(test.operand());
        if (test.state() == Expression.TestedState.NULL) {
            return operand instanceof Scalar.Row row
                    ? rowIsNull(row, test.negated())
                    : new Scalar.IsNull(operand, test.negated());
        }
        String construct = "IS " + (test.negated() ? "NOT " : "") + test.state();
        Scalar truth = coercions.condition(operand, construct);
        Scalar no = new Scalar.Literal(false, SqlType.BOOLEAN);
        Scalar holds =
                switch (test.state()) {
                    case TRUE -> new Scalar.Coalesce(List.of(truth, no), SqlType.BOOLEAN);
                    case FALSE ->
                            new Scalar.Coalesce(
                                    List.of(new Scalar.Not(truth), no), SqlType.BOOLEAN);
                    case UNKNOWN, NULL -> new Scalar.IsNull(truth, false);
                };
        return test.negated() ? new Scalar.Not(holds) : holds;
    }

    /** A row is null if all its fields are, and not null if none is. */
    private static Scalar rowIsNull(Scalar.Row row, boolean negated) {
        List<Scalar> terms = new ArrayList<>();
        for (Scalar field : row.fields()) {
            terms.add(new Scalar.IsNull(field, negated));
        }
        return switch (terms.size()) {
            case 0 -> new Scalar.Literal(true, SqlType.BOOLEAN);
            case 1 -> terms.getFirst();
            default -> new Scalar.And(terms);
        };
    }

    // Choices ----------------------------------------------------------------------------------

    /** Coerces values to the type that they have in common. */
    SqlType unify(List<Scalar> values, String construct, int position) {
        SqlType common;
        try {
            common =
                    FunctionLibrary.commonType(
                            values.stream().map(Scalar::type).toList(), construct);
        } catch (SqlException mismatch) {
            throw mismatch.at(mismatchPosition(values, position));
        }
        values.replaceAll(value -> coercions.implicitly(value, common));
        return common;
    }

    /** Where the first value stands that the types before it do not match. */
    private int mismatchPosition(List<Scalar> values, int position) {
        List<SqlType> types = new ArrayList<>();
        for (Scalar value : values) {
            types.add(value.type());
            try {
                FunctionLibrary.commonType(types);
            } catch (SqlException mismatch) {
                int start = context.position(value);
                return start == 0 ? position : start;
            }
        }
        return position;
    }

    private Scalar coalesce(Expression.Coalesce coalesce) {
        List<Scalar> arguments = bindAll(coalesce.arguments());
        SqlType type = unify(arguments, "COALESCE", coalesce.position());
        return arguments.size() == 1 ? arguments.getFirst() : new Scalar.Coalesce(arguments, type);
    }

    private Scalar nullIf(Expression.NullIf nullIf) {
        Scalar left = bind(nullIf.left());
        Scalar right = bind(nullIf.right());
        Scalar equal = operators.compare("=", left, right, nullIf.position());
        // PostgreSQL: the first operand, as the comparison wants it.
        Scalar result =
                equal instanceof Scalar.Call call
                                && !left.type().kind().comparesWith(right.type().kind())
                        ? coercions.explicitly(
                                bind(nullIf.left()),
                                call.function().parameters().getFirst(),
                                nullIf.position())
                        : typed(bind(nullIf.left()));
        Scalar nothing = new Scalar.Literal(null, result.type());
        return new Scalar.Case(List.of(new Scalar.When(equal, nothing)), result, result.type());
    }

    private Scalar caseExpression(Expression.Case choice) {
        List<Scalar> conditions = new ArrayList<>();
        List<Scalar> results = new ArrayList<>();
        for (Expression.When branch : choice.branches()) {
            conditions.add(branchCondition(choice.operand(), branch));
            results.add(bind(branch.result()));
        }
        Expression otherwise = choice.otherwise();
        Scalar last =
                otherwise == null ? new Scalar.Literal(null, SqlType.UNKNOWN) : bind(otherwise);
        // PostgreSQL lets ELSE speak first when it looks for the common type.
        List<Scalar> all = new ArrayList<>();
        all.add(last);
        all.addAll(results);
        SqlType type = unify(all, "CASE", choice.position());
        List<Scalar.When> whens = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            whens.add(new Scalar.When(conditions.get(i), all.get(i + 1)));
        }
        return new Scalar.Case(whens, otherwise == null ? null : all.getFirst(), type);
    }

    private Scalar branchCondition(@Nullable Expression operand, Expression.When branch) {
        if (operand == null) {
            return coercions.condition(bind(branch.condition()), "CASE/WHEN");
        }
        Scalar compared = bindTyped(operand);
        return operators.compare(
                "=", compared, bind(branch.condition()), branch.condition().position());
    }

    // Types ------------------------------------------------------------------------------------

    private Scalar cast(Expression.Cast cast) {
        SqlType type = WrittenTypes.resolve(cast.type());
        if (type.kind() == TypeKind.ARRAY
                && cast.operand() instanceof Expression.ArrayConstructor array) {
            return arrayOf(array, type);
        }
        Scalar operand = bind(cast.operand());
        return coercions.explicitly(operand, type, cast.position());
    }

    private Scalar collate(Expression.Collate collate) {
        String name = collate.collation().name();
        Scalar operand = typed(bind(collate.operand()));
        boolean known = name.equals("default") || name.equals("C") || name.equals("POSIX");
        if (!known && !name.equals("ucs_basic")) {
            throw SqlException.unsupported("collation \"" + name + "\"")
                    .hint("Strings are ordered by code point, as by COLLATE \"C\".")
                    .at(collate.position());
        }
        if (!operand.type().kind().isString()) {
            throw error(
                    ErrorCode.DATATYPE_MISMATCH,
                    "collations are not supported by type " + operand.type().unmodified(),
                    collate.position());
        }
        return operand;
    }

    private Scalar array(Expression.ArrayConstructor array) {
        if (array.items().isEmpty()) {
            throw new SqlException(
                            ErrorCode.INDETERMINATE_DATATYPE,
                            "cannot determine type of empty array")
                    .hint(
                            "Explicitly cast to the desired type, for example"
                                    + " ARRAY[]::integer[].")
                    .at(array.position());
        }
        List<Scalar> items = bindAll(array.items());
        SqlType element = unify(items, "ARRAY", array.position());
        // An array of arrays is an array of more dimensions, which is no other type.
        SqlType type = element.kind() == TypeKind.ARRAY ? element : SqlType.array(element);
        return new Scalar.ArrayOf(items, type);
    }

    private Scalar arrayOf(Expression.ArrayConstructor array, SqlType type) {
        List<Scalar> items = new ArrayList<>();
        SqlType element = type.element();
        for (Expression item : array.items()) {
            items.add(
                    item instanceof Expression.ArrayConstructor inner
                            ? arrayOf(inner, type)
                            : coercions.explicitly(
                                    bind(item), element == null ? type : element, item.position()));
        }
        return new Scalar.ArrayOf(items, type);
    }

    /** A call of a function that only the binder knows. */
    static Scalar internal(
            String name,
            SqlType result,
            boolean strict,
            List<Scalar> arguments,
            Function.Body body) {
        List<SqlType> parameters = arguments.stream().map(Scalar::type).toList();
        return new Scalar.Call(
                new Function(name, parameters, result, strict, Function.Volatility.IMMUTABLE, body),
                arguments);
    }
}
