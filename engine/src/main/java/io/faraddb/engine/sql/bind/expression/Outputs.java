package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.List;

/** Queries whose columns become another type. */
public final class Outputs {

    private Outputs() {}

    /** The query with what is still of unknown type as text. */
    public static Relation typed(Relation relation, Coercions coercions) {
        List<SqlType> types = new ArrayList<>();
        for (Field field : relation.fields()) {
            types.add(field.type().kind() == TypeKind.UNKNOWN ? SqlType.TEXT : field.type());
        }
        return coerced(relation, types, coercions);
    }

    /** The query with its columns as values of other types. */
    public static Relation coerced(Relation relation, List<SqlType> types, Coercions coercions) {
        List<Field> fields = fields(relation.fields(), types);
        if (fields.equals(relation.fields())) {
            return relation;
        }
        return switch (relation) {
            case Relation.Project project ->
                    new Relation.Project(
                            project.input(),
                            values(project.expressions(), types, coercions),
                            fields);
            case Relation.Values values ->
                    new Relation.Values(
                            values.rows().stream()
                                    .map(row -> values(row, types, coercions))
                                    .toList(),
                            fields);
            case Relation.Limit limit ->
                    new Relation.Limit(
                            coerced(limit.input(), types, coercions),
                            limit.count(),
                            limit.offset());
            default -> wrapped(relation, types, fields, coercions);
        };
    }

    private static List<Field> fields(List<Field> fields, List<SqlType> types) {
        List<Field> changed = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            changed.add(
                    field.type().equals(types.get(i))
                            ? field
                            : Field.computed(field.name(), types.get(i)));
        }
        return changed;
    }

    private static List<Scalar> values(
            List<Scalar> values, List<SqlType> types, Coercions coercions) {
        List<Scalar> changed = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            changed.add(coercions.implicitly(values.get(i), types.get(i)));
        }
        return changed;
    }

    private static Scalar column(Field field, int index) {
        return new Scalar.Column(index, field.type(), field.name());
    }

    private static Relation wrapped(
            Relation relation, List<SqlType> types, List<Field> fields, Coercions coercions) {
        List<Scalar> expressions = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            expressions.add(
                    coercions.implicitly(column(relation.fields().get(i), i), types.get(i)));
        }
        return new Relation.Project(relation, expressions, fields);
    }
}
