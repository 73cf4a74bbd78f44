package io.faraddb.shell.load;

import io.faraddb.shell.connect.ShellFailure;
import java.util.List;

/**
 * How a file is loaded.
 *
 * @param columns of the table, by place in a CSV file, or those of an object that count; none: as
 *     the file names them
 * @param header whether a CSV file's first line names its columns
 * @param delimiter between values of a CSV file
 * @param nullText what stands for null in a CSV file, without quotes
 * @param upsert whether a row replaces the one of its key
 * @param batchRows rows that go together, at most
 * @param parallel connections
 * @param errorsMax rejected rows that end the load
 */
public record LoadSettings(
        List<String> columns,
        boolean header,
        char delimiter,
        String nullText,
        boolean upsert,
        int batchRows,
        int parallel,
        long errorsMax) {

    public static final int BATCH_ROWS_MAX = 1_000_000;
    public static final int PARALLEL_MAX = 64;
    public static final LoadSettings DEFAULT =
            new LoadSettings(List.of(), true, ',', "", false, 5_000, 2, 1_000);

    public LoadSettings {
        columns = List.copyOf(columns);
        require(batchRows > 0 && batchRows <= BATCH_ROWS_MAX, "--batch", BATCH_ROWS_MAX);
        require(parallel > 0 && parallel <= PARALLEL_MAX, "--parallel", PARALLEL_MAX);
        if (delimiter > 127 || delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
            throw ShellFailure.usage(
                    "--delimiter is one ASCII character, and neither a quote nor a line's end",
                    "--delimiter ';', or --delimiter tab");
        }
    }

    private static void require(boolean holds, String option, int max) {
        if (!holds) {
            throw ShellFailure.usage(option + " needs a number from 1 to " + max, null);
        }
    }

    public LoadSettings withBatchRows(int rows) {
        return new LoadSettings(
                columns, header, delimiter, nullText, upsert, rows, parallel, errorsMax);
    }
}
