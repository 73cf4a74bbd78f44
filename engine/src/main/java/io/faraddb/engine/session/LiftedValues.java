package io.faraddb.engine.session;

import io.faraddb.engine.sql.parse.StatementText;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TextFormat;
import io.faraddb.engine.type.TypeKind;
import java.math.BigDecimal;

/** Literals of a text as values of the parameters that stand for them. */
final class LiftedValues {

    private LiftedValues() {}

    static Object value(StatementText text, int index, SqlType type, Settings settings) {
        Object value = text.value(index);
        TypeKind kind = type.kind();
        return switch (value) {
            case Long number ->
                    switch (kind) {
                        case NUMERIC -> BigDecimal.valueOf(number);
                        case DOUBLE -> (double) number;
                        case REAL -> (float) (long) number;
                        default -> number;
                    };
            case BigDecimal number ->
                    switch (kind) {
                        case DOUBLE -> number.doubleValue();
                        case REAL -> number.floatValue();
                        default -> number;
                    };
            default ->
                    kind == TypeKind.TEXT || kind == TypeKind.VARCHAR || kind == TypeKind.CHAR
                            ? value
                            : TextFormat.parse(type, (String) value, settings.formats());
        };
    }
}
