package io.faraddb.engine.sql.bind;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.Casts;
import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.sql.function.library.FunctionLibrary;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.OperatorName;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds expressions over the columns of a scope. */
final class ExpressionBinder {

    private final BindContext context;
    private final Scope scope;
    private final Coercions coercions;
    private final CallBinder calls;
    private final RowComparisons rows;

    /**
     * @param gathered takes aggregates and set-returning functions; null where there may be none
     */
    ExpressionBinder(BindContext context, Scope scope, @Nullable Gathered gathered) {
        this.context = context;
        this.scope = scope;
        this.coercions = new Coercions(context);
        this.calls = new CallBinder(context, this, gathered);
        this.rows = new RowComparisons(this);
    }

    BindContext context() {
        return context;
    }

    Scope scope() {
        return scope;
    }

    Coercions coercions() {
        return coercions;
    }

    Scalar condition(Expression expression, String clause) {
        return coercions.condition(bind(expression), clause, expression.position());
    }

    List<Scalar> bindAll(List<Expression> expressions) {
        return expressions.stream().map(this::bind).toList();
    }

    Scalar bind(Expression expression) {
        return switch (expression) {
            case Expression.ColumnReference column ->
                    scope.resolve(column.names(), column.position());
            case Expression.Parameter parameter ->
                    context.parameter(
                            parameter.number() - 1, SqlType.UNKNOWN, parameter.position());
            case Expression.NumberLiteral number -> number(number);
            case Expression.StringLiteral text -> new Scalar.Literal(text.value(), SqlType.UNKNOWN);
            case Expression.BooleanLiteral truth ->
                    new Scalar.Literal(truth.value(), SqlType.BOOLEAN);
            case Expression.NullLiteral nothing -> new Scalar.Literal(null, SqlType.UNKNOWN);
            case Expression.LiftedLiteral lifted -> lifted(lifted);
            case Expression.Unary unary ->
                    operator(unary.operator(), null, bind(unary.operand()), unary.position());
            case Expression.Binary binary -> binary(binary);
            case Expression.Logical logical -> logical(logical);
            case Expression.Not not -> new Scalar.Not(condition(not.operand(), "NOT"));
            case Expression.IsTest test -> isTest(test);
            case Expression.IsDistinct distinct -> distinct(distinct);
            case Expression.Between between -> between(between);
            case Expression.InList in -> in(in);
            case Expression.InQuery in -> inQuery(in);
            case Expression.Like like -> like(like);
            case Expression.QuantifiedArray quantified -> quantifiedArray(quantified);
            case Expression.QuantifiedQuery quantified -> quantifiedQuery(quantified);
            case Expression.FunctionCall call -> calls.bind(call);
            case Expression.Coalesce coalesce -> coalesce(coalesce);
            case Expression.NullIf nullIf -> nullIf(nullIf);
            case Expression.Extremum extremum -> extremum(extremum);
            case Expression.SessionValue value -> calls.sessionValue(value);
            case Expression.Case choice -> choice(choice);
            case Expression.Cast cast ->
                    coercions.explicit(
                            bind(cast.operand()),
                            TypeResolver.resolve(cast.type()),
                            cast.position());
            case Expression.Collate collate -> collate(collate);
            case Expression.ArrayConstructor array -> array(array);
            case Expression.ArrayQuery query -> arrayQuery(query);
            case Expression.Row row -> new Scalar.Row(knownAll(row.items()));
            case Expression.Subscript subscript -> calls.subscript(subscript);
            case Expression.FieldSelection selection -> calls.field(selection);
            case Expression.ScalarQuery query -> scalarQuery(query.query(), query.position());
            case Expression.Exists exists ->
                    new Scalar.Subquery(
                            Scalar.Subquery.Kind.EXISTS, subquery(exists.query()), SqlType.BOOLEAN);
            case Expression.Star star ->
                    throw new SqlException(ErrorCode.SYNTAX_ERROR, "\"*\" cannot stand for a value")
                            .at(star.position());
            case Expression.DefaultValue value ->
                    throw new SqlException(
                                    ErrorCode.SYNTAX_ERROR,
                                    "DEFAULT is not allowed in this context")
                            .at(value.position());
            default -> throw unsupported(expression);
        };
    }

    private static SqlException unsupported(Expression expression) {
        String name =
                switch (expression) {
                    case Expression.BitLiteral bits -> "a bit string";
                    case Expression.Slice slice -> "a slice of an array";
                    case Expression.NamedArgument argument -> "an argument by name";
                    case Expression.FieldStar star -> "the expansion of a composite value";
                    default -> expression.getClass().getSimpleName();
                };
        return SqlException.unsupported(name).at(expression.position());
    }

    private static Scalar number(Expression.NumberLiteral number) {
        String digits = number.digits();
        try {
            long value = Long.parseLong(digits);
            SqlType type = value == (int) value ? SqlType.INTEGER : SqlType.BIGINT;
            return new Scalar.Literal(value, type);
        } catch (NumberFormatException notWhole) {
            return new Scalar.Literal(new BigDecimal(digits), SqlType.NUMERIC);
        }
    }

    private Scalar lifted(Expression.LiftedLiteral lifted) {
        SqlType type =
                switch (lifted.kind()) {
                    case INTEGER -> SqlType.INTEGER;
                    case BIGINT -> SqlType.BIGINT;
                    case NUMERIC -> SqlType.NUMERIC;
                    case STRING -> SqlType.UNKNOWN;
                };
        return context.parameter(lifted.index(), type, lifted.position());
    }

    private List<Scalar> knownAll(List<Expression> expressions) {
        return expressions.stream()
                .map(item -> coercions.known(bind(item), item.position()))
                .toList();
    }

    /**
     * @param left null for a prefix operator
     */
    Scalar operator(OperatorName operator, @Nullable Scalar left, Scalar right, int position) {
        try {
            Function function =
                    context.functions()
                            .resolveOperator(
                                    operator.symbol(),
                                    left == null ? null : left.type(),
                                    right.type());
            return call(function, left == null ? List.of(right) : List.of(left, right), position);
        } catch (SqlException refused) {
            throw refused.position() == 0 ? refused.at(position) : refused;
        }
    }

    /** A call with its arguments as the function wants them. */
    Scalar call(Function function, List<Scalar> arguments, int position) {
        List<Scalar> coerced = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            coerced.add(
                    coercions.implicit(arguments.get(i), function.parameters().get(i), position));
        }
        return new Scalar.Call(function, coerced);
    }

    Scalar function(String name, List<Scalar> arguments, int position) {
        try {
            Function function =
                    context.functions()
                            .resolveFunction(name, arguments.stream().map(Scalar::type).toList());
            return call(function, arguments, position);
        } catch (SqlException refused) {
            throw refused.position() == 0 ? refused.at(position) : refused;
        }
    }

    private Scalar binary(Expression.Binary binary) {
        if (binary.left() instanceof Expression.Row left
                && binary.right() instanceof Expression.Row right) {
            return rows.compare(binary.operator(), left, right, binary.position());
        }
        return operator(
                binary.operator(), bind(binary.left()), bind(binary.right()), binary.position());
    }

    private Scalar logical(Expression.Logical logical) {
        boolean and = logical.connective() == Expression.Connective.AND;
        List<Scalar> terms =
                logical.terms().stream().map(term -> condition(term, and ? "AND" : "OR")).toList();
        return and ? new Scalar.And(terms) : new Scalar.Or(terms);
    }

    private Scalar isTest(Expression.IsTest test) {
        if (test.state() == Expression.TestedState.NULL) {
            Scalar operand = coercions.known(bind(test.operand()), test.position());
            return new Scalar.IsNull(operand, test.negated());
        }
        Scalar operand = condition(test.operand(), "IS " + test.state());
        Scalar no = new Scalar.Literal(false, SqlType.BOOLEAN);
        Scalar result =
                switch (test.state()) {
                    case TRUE -> new Scalar.Coalesce(List.of(operand, no), SqlType.BOOLEAN);
                    case FALSE ->
                            new Scalar.Coalesce(
                                    List.of(new Scalar.Not(operand), no), SqlType.BOOLEAN);
                    case NULL, UNKNOWN -> new Scalar.IsNull(operand, false);
                };
        return test.negated() ? new Scalar.Not(result) : result;
    }

    private Scalar distinct(Expression.IsDistinct distinct) {
        Scalar left = bind(distinct.left());
        Scalar right = bind(distinct.right());
        Function function =
                context.functions().resolveDistinct(left.type(), right.type(), distinct.negated());
        return call(function, List.of(left, right), distinct.position());
    }

    private Scalar between(Expression.Between between) {
        Scalar operand = bind(between.operand());
        Scalar low = bind(between.low());
        Scalar high = bind(between.high());
        Scalar result = within(operand, low, high, between.position());
        if (between.symmetric()) {
            result = new Scalar.Or(List.of(result, within(operand, high, low, between.position())));
        }
        return between.negated() ? new Scalar.Not(result) : result;
    }

    private Scalar within(Scalar operand, Scalar low, Scalar high, int position) {
        return new Scalar.And(
                List.of(
                        operator(OperatorName.of(">="), operand, low, position),
                        operator(OperatorName.of("<="), operand, high, position)));
    }

    private Scalar in(Expression.InList in) {
        Scalar result;
        if (in.operand() instanceof Expression.Row row) {
            result = rows.in(row, in.items(), in.position());
        } else {
            List<Scalar> all = new ArrayList<>();
            all.add(bind(in.operand()));
            all.addAll(bindAll(in.items()));
            SqlType common = common(all, in.position());
            List<Scalar> coerced =
                    all.stream()
                            .map(item -> coercions.implicit(item, common, in.position()))
                            .toList();
            Function equality = equality(common, in.position());
            result =
                    new Scalar.In(coerced.getFirst(), coerced.subList(1, coerced.size()), equality);
        }
        return in.negated() ? new Scalar.Not(result) : result;
    }

    Function equality(SqlType type, int position) {
        try {
            return context.functions().resolveOperator("=", type, type);
        } catch (SqlException refused) {
            throw refused.at(position);
        }
    }

    SqlType common(List<Scalar> values, int position) {
        try {
            return FunctionLibrary.commonType(values.stream().map(Scalar::type).toList());
        } catch (SqlException refused) {
            throw refused.at(position);
        }
    }

    Relation subquery(Query query) {
        return new QueryBinder(context).bind(query, scope);
    }

    private Scalar inQuery(Expression.InQuery in) {
        Scalar result =
                rows.quantified(
                        in.operand(),
                        OperatorName.of("="),
                        subquery(in.query()),
                        false,
                        in.position());
        return in.negated() ? new Scalar.Not(result) : result;
    }

    private Scalar quantifiedQuery(Expression.QuantifiedQuery quantified) {
        return rows.quantified(
                quantified.left(),
                quantified.operator(),
                subquery(quantified.query()),
                quantified.quantifier() == Expression.Quantifier.ALL,
                quantified.position());
    }

    private Scalar like(Expression.Like like) {
        Scalar operand = bind(like.operand());
        Scalar pattern = bind(like.pattern());
        Expression escape = like.escape();
        int position = like.position();
        Scalar result =
                switch (like.kind()) {
                    case LIKE, ILIKE -> {
                        if (escape != null) {
                            pattern =
                                    function(
                                            "like_escape",
                                            List.of(pattern, bind(escape)),
                                            position);
                        }
                        String symbol = like.kind() == Expression.LikeKind.LIKE ? "~~" : "~~*";
                        yield operator(OperatorName.of(symbol), operand, pattern, position);
                    }
                    case SIMILAR_TO -> {
                        List<Scalar> arguments =
                                escape == null ? List.of(pattern) : List.of(pattern, bind(escape));
                        Scalar regex = function("similar_to_escape", arguments, position);
                        yield operator(OperatorName.of("~"), operand, regex, position);
                    }
                };
        return like.negated() ? new Scalar.Not(result) : result;
    }

    private Scalar quantifiedArray(Expression.QuantifiedArray quantified) {
        int position = quantified.position();
        Scalar left = bind(quantified.left());
        Scalar array = bind(quantified.array());
        if (array.type().kind() == TypeKind.UNKNOWN) {
            SqlType element = left.type().kind() == TypeKind.UNKNOWN ? SqlType.TEXT : left.type();
            array = coercions.implicit(array, SqlType.array(element.unmodified()), position);
        }
        SqlType element = array.type().element();
        if (element == null) {
            throw new SqlException(
                            ErrorCode.WRONG_OBJECT_TYPE,
                            "op ANY/ALL (array) requires array on right side")
                    .at(position);
        }
        Function comparison =
                context.functions()
                        .resolveOperator(quantified.operator().symbol(), left.type(), element);
        SqlType wanted = comparison.parameters().get(1);
        if (!Casts.isIdentity(element, wanted)) {
            array = coercions.explicit(array, SqlType.array(wanted), position);
        }
        return new Scalar.Quantified(
                coercions.implicit(left, comparison.parameters().get(0), position),
                array,
                comparison,
                quantified.quantifier() == Expression.Quantifier.ALL);
    }

    private Scalar coalesce(Expression.Coalesce coalesce) {
        List<Scalar> arguments = bindAll(coalesce.arguments());
        SqlType common = common(arguments, coalesce.position());
        return new Scalar.Coalesce(
                arguments.stream()
                        .map(item -> coercions.implicit(item, common, coalesce.position()))
                        .toList(),
                common);
    }

    private Scalar nullIf(Expression.NullIf nullIf) {
        Scalar left = bind(nullIf.left());
        Scalar equal =
                operator(OperatorName.of("="), left, bind(nullIf.right()), nullIf.position());
        Scalar known = coercions.known(left, nullIf.position());
        Scalar nothing = new Scalar.Literal(null, known.type());
        return new Scalar.Case(List.of(new Scalar.When(equal, nothing)), known, known.type());
    }

    private Scalar extremum(Expression.Extremum extremum) {
        List<Scalar> arguments = bindAll(extremum.arguments());
        SqlType common = common(arguments, extremum.position());
        List<Scalar> coerced =
                arguments.stream()
                        .map(item -> coercions.implicit(item, common, extremum.position()))
                        .toList();
        return function(extremum.greatest() ? "greatest" : "least", coerced, extremum.position());
    }

    private Scalar choice(Expression.Case choice) {
        Expression operand = choice.operand();
        Scalar subject = operand == null ? null : bind(operand);
        List<Scalar> conditions = new ArrayList<>();
        List<Scalar> results = new ArrayList<>();
        for (Expression.When branch : choice.branches()) {
            conditions.add(
                    subject == null
                            ? condition(branch.condition(), "CASE/WHEN")
                            : operator(
                                    OperatorName.of("="),
                                    subject,
                                    bind(branch.condition()),
                                    branch.position()));
            results.add(bind(branch.result()));
        }
        Expression otherwise = choice.otherwise();
        results.add(
                otherwise == null ? new Scalar.Literal(null, SqlType.UNKNOWN) : bind(otherwise));
        SqlType common = common(results, choice.position());
        List<Scalar.When> whens = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            whens.add(
                    new Scalar.When(
                            conditions.get(i),
                            coercions.implicit(results.get(i), common, choice.position())));
        }
        Scalar last = coercions.implicit(results.getLast(), common, choice.position());
        return new Scalar.Case(whens, last, common);
    }

    private Scalar collate(Expression.Collate collate) {
        String name = collate.collation().name();
        if (!name.equals("C")
                && !name.equals("default")
                && !name.equals("POSIX")
                && !name.equals("ucs_basic")) {
            throw SqlException.unsupported("collation \"" + name + "\"")
                    .hint("Text is ordered by code point: COLLATE \"C\".")
                    .at(collate.position());
        }
        return coercions.known(bind(collate.operand()), collate.position());
    }

    private Scalar array(Expression.ArrayConstructor array) {
        List<Scalar> items = bindAll(array.items());
        SqlType common = items.isEmpty() ? SqlType.TEXT : common(items, array.position());
        if (common.kind() == TypeKind.ARRAY) {
            throw SqlException.unsupported("an array of arrays").at(array.position());
        }
        return new Scalar.ArrayOf(
                items.stream()
                        .map(item -> coercions.implicit(item, common, array.position()))
                        .toList(),
                SqlType.array(common.unmodified()));
    }

    private Scalar arrayQuery(Expression.ArrayQuery query) {
        Relation relation = oneColumn(subquery(query.query()), query.position());
        return new Scalar.Subquery(
                Scalar.Subquery.Kind.ARRAY,
                relation,
                SqlType.array(relation.fields().getFirst().type().unmodified()));
    }

    private Scalar scalarQuery(Query query, int position) {
        Relation relation = oneColumn(subquery(query), position);
        return new Scalar.Subquery(
                Scalar.Subquery.Kind.SCALAR, relation, relation.fields().getFirst().type());
    }

    private static Relation oneColumn(Relation relation, int position) {
        if (relation.fields().size() != 1) {
            throw new SqlException(ErrorCode.SYNTAX_ERROR, "subquery must return only one column")
                    .at(position);
        }
        return relation;
    }
}
