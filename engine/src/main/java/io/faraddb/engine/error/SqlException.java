package io.faraddb.engine.error;

import org.jspecify.annotations.Nullable;

/**
 * An error on its way to a client: a code, a sentence, and as far as known a detail, a hint and the
 * position in the statement.
 *
 * <p>It carries no stack trace: it is an answer, not a defect. A defect is an {@link
 * InvariantViolation}.
 */
public final class SqlException extends RuntimeException {

    private final ErrorCode code;
    private final String text;
    private final @Nullable String detail;
    private final @Nullable String hint;
    private final @Nullable String context;
    private final int position;
    private final ObjectNames names;

    /** What object an error is about, for the protocol's s, t, c and n fields. */
    public record ObjectNames(
            @Nullable String schema,
            @Nullable String table,
            @Nullable String column,
            @Nullable String constraint) {
        public static final ObjectNames NONE = new ObjectNames(null, null, null, null);
    }

    public SqlException(ErrorCode code, String message) {
        this(code, message, null, null, null, 0, ObjectNames.NONE);
    }

    private SqlException(
            ErrorCode code,
            String message,
            @Nullable String detail,
            @Nullable String hint,
            @Nullable String context,
            int position,
            ObjectNames names) {
        super(message, null, false, false);
        this.code = code;
        this.text = message;
        this.detail = detail;
        this.hint = hint;
        this.context = context;
        this.position = position;
        this.names = names;
    }

    public SqlException detail(String newDetail) {
        return new SqlException(code, text, newDetail, hint, context, position, names);
    }

    public SqlException hint(String newHint) {
        return new SqlException(code, text, detail, newHint, context, position, names);
    }

    /**
     * @param newContext where it happened, such as {@code COPY t, line 3}
     */
    public SqlException context(String newContext) {
        return new SqlException(code, text, detail, hint, newContext, position, names);
    }

    /**
     * @param newPosition 1-based, in characters, of the statement text
     */
    public SqlException at(int newPosition) {
        return new SqlException(code, text, detail, hint, context, newPosition, names);
    }

    public SqlException about(ObjectNames newNames) {
        return new SqlException(code, text, detail, hint, context, position, newNames);
    }

    public ErrorCode code() {
        return code;
    }

    /** The sentence; never null. */
    public String text() {
        return text;
    }

    public @Nullable String detail() {
        return detail;
    }

    /** The sentence, with the detail behind it: for where there is one line for both. */
    public String line() {
        return detail == null ? text : text + ": " + detail;
    }

    public @Nullable String hint() {
        return hint;
    }

    public @Nullable String context() {
        return context;
    }

    /** 1-based position in the statement; 0 when unknown. */
    public int position() {
        return position;
    }

    public ObjectNames names() {
        return names;
    }

    /** A feature that is refused by name (0A000). */
    public static SqlException unsupported(String feature) {
        return new SqlException(ErrorCode.FEATURE_NOT_SUPPORTED, feature + " is not supported");
    }
}
