package io.faraddb.console.sql;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Statements to run.
 *
 * @param id by which the run can be cancelled; chosen by who asks
 * @param application that the session is named after
 * @param rowsMax rows of each result that are told
 * @param timeLimit after which the run is cancelled
 * @param readOnly whether what writes is refused
 */
public record SqlRequest(
        @Nullable String id,
        String sql,
        String application,
        int rowsMax,
        Duration timeLimit,
        boolean readOnly) {

    /** Rows that are told at most, whatever is asked for. */
    public static final int ROWS_LIMIT = 100_000;

    /** The longest time limit. */
    public static final Duration TIME_LIMIT_MAX = Duration.ofMinutes(5);

    /** Characters of an id. */
    public static final int ID_LENGTH_MAX = 64;

    public SqlRequest {
        require(rowsMax >= 1 && rowsMax <= ROWS_LIMIT, "rows", ROWS_LIMIT);
        boolean timed = timeLimit.isPositive() && timeLimit.compareTo(TIME_LIMIT_MAX) <= 0;
        require(timed, "seconds of the time limit", TIME_LIMIT_MAX.toSeconds());
        require(id == null || id.length() <= ID_LENGTH_MAX, "characters of the id", ID_LENGTH_MAX);
    }

    private static void require(boolean holds, String what, long most) {
        if (!holds) {
            throw new IllegalArgumentException(what + " must be 1 to " + most);
        }
    }
}
