package io.faraddb.engine.sql.function;

import io.faraddb.engine.type.FormatSettings;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TextFormat;
import io.faraddb.engine.type.TypeKind;

/** Values as text and back, as the session's settings want it. */
public final class TextConversion {

    private static final int EXTRA_FLOAT_DIGITS = 1;

    private TextConversion() {}

    /** What the type's output function prints. */
    public static String format(SqlType type, Object value, CallContext context) {
        return switch (type.kind()) {
            case TEXT, VARCHAR, CHAR, NAME, UNKNOWN, INTERNAL_CHAR -> (String) value;
            case SMALLINT, INTEGER, BIGINT -> value.toString();
            default -> TextFormat.format(type, value, settings(context));
        };
    }

    /** What the type's input function reads. */
    public static Object parse(SqlType type, String text, CallContext context) {
        return switch (type.kind()) {
            case TEXT, VARCHAR, CHAR, UNKNOWN -> text;
            case REGCLASS, REGTYPE, REGPROC, REGNAMESPACE ->
                    ObjectNames.parse(type.kind(), text, context.catalog());
            default -> TextFormat.parse(type, text, settings(context));
        };
    }

    /** Whether a type's text is the same whatever the session's settings. */
    static boolean isImmutable(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, NUMERIC -> true;
            case TEXT, VARCHAR, CHAR, NAME, INTERNAL_CHAR, UUID, UNKNOWN -> true;
            default -> false;
        };
    }

    private static FormatSettings settings(CallContext context) {
        String digits = context.setting("extra_float_digits");
        return new FormatSettings(
                context.zone(),
                "escape".equals(context.setting("bytea_output")),
                digits == null ? EXTRA_FLOAT_DIGITS : Integer.parseInt(digits),
                (kind, oid) -> ObjectNames.format(kind, oid, context.catalog()),
                context::transactionMicros);
    }
}
