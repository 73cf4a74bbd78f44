package io.faraddb.console.sql;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What statements gave.
 *
 * @param results of those that were run, in order; if there is a failure nothing of them was kept
 * @param failure what ended the run; null if all statements were run
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SqlAnswer(
        List<Result> results, List<Notice> notices, @Nullable Failure failure, long tookMicros) {

    /**
     * Of one statement.
     *
     * @param tag such as {@code INSERT 0 1}
     * @param columns empty for a statement that gives no rows
     * @param rows numbers and booleans as such, everything else as PostgreSQL prints it
     * @param truncated whether there were more rows than are told
     */
    public record Result(
            String tag,
            List<Column> columns,
            List<List<@Nullable Object>> rows,
            boolean truncated) {}

    /** A column of a result. */
    public record Column(String name, String type) {}

    /** Something that the client should know beside the results. */
    public record Notice(String severity, String message) {}

    /**
     * Why a run ended early.
     *
     * @param position of the place in the whole text, from 1, in characters; 0 if there is none
     */
    public record Failure(
            String sqlState,
            String message,
            @Nullable String detail,
            @Nullable String hint,
            int position) {}
}
