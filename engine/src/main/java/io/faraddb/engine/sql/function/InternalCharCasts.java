package io.faraddb.engine.sql.function;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.TypeKind;
import org.jspecify.annotations.Nullable;

/** Casts of PostgreSQL's one-byte "char". */
final class InternalCharCasts {

    private InternalCharCasts() {}

    static @Nullable Cast find(TypeKind source, TypeKind target) {
        if (source == TypeKind.INTEGER) {
            return (value, context) -> fromInteger((Long) value);
        }
        if (target == TypeKind.INTEGER) {
            return (value, context) -> toInteger((String) value);
        }
        if (target == TypeKind.INTERNAL_CHAR) {
            return (value, context) -> {
                String text = (String) value;
                return text.isEmpty() ? "" : text.substring(0, 1);
            };
        }
        return (value, context) -> value;
    }

    private static String fromInteger(long value) {
        if (value < Byte.MIN_VALUE || value > Byte.MAX_VALUE) {
            throw new SqlException(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "\"char\" out of range");
        }
        return value == 0 ? "" : String.valueOf((char) (value & 0xFF));
    }

    private static long toInteger(String value) {
        return value.isEmpty() ? 0 : (byte) value.charAt(0);
    }
}
