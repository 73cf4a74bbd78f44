package io.faraddb.engine.sql.function;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.SqlType;

/** Which type becomes which, and how. */
public final class Casts {

    private Casts() {}

    /**
     * The cast between two types, lengths and precisions kept.
     *
     * @param explicit whether it was written as a cast
     * @throws SqlException 42846 if there is none
     */
    public static Cast find(SqlType from, SqlType to, boolean explicit) {
        if (from.kind().javaClass() == to.kind().javaClass()) {
            return (value, context) -> value;
        }
        throw new SqlException(ErrorCode.CANNOT_COERCE, "cannot cast type " + from + " to " + to);
    }
}
