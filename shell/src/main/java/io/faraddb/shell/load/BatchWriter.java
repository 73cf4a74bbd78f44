package io.faraddb.shell.load;

import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Gets a batch into a table but for the rows at fault, which it finds. Belongs to one thread. */
final class BatchWriter {

    /** Attempts of a batch that meets another one with an equal key. */
    private static final int CONFLICTS_MAX = 20;

    private static final long CONFLICT_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final Pattern LINE = Pattern.compile("COPY .*, line ([0-9]{1,18})\\b");

    private final RowTarget target;
    private final RejectedRows rejected;
    private final AtomicLong loaded;

    BatchWriter(RowTarget target, RejectedRows rejected, AtomicLong loaded) {
        this.target = target;
        this.rejected = rejected;
        this.loaded = loaded;
    }

    void write(Batch batch) throws SQLException, IOException {
        SQLException fault = attempt(batch);
        if (fault == null) {
            loaded.addAndGet(batch.rows());
        } else if (batch.rows() == 1) {
            rejected.add(batch.line(0), batch.original(0), reason(fault));
        } else {
            split(batch, fault);
        }
    }

    /** Before and behind the row that the server names, else in the middle. */
    private void split(Batch batch, SQLException fault) throws SQLException, IOException {
        long line = line(fault);
        if (line == 0) {
            int middle = batch.rows() / 2;
            write(batch.part(0, middle));
            write(batch.part(middle, batch.rows()));
            return;
        }
        int row = batch.rowOfLine(line);
        if (row > 0) {
            write(batch.part(0, row));
        }
        write(batch.part(row, row + 1));
        if (row + 1 < batch.rows()) {
            write(batch.part(row + 1, batch.rows()));
        }
    }

    /** What is wrong with a row of the batch, which then has no effect; null if all is done. */
    private @Nullable SQLException attempt(Batch batch) throws SQLException, IOException {
        for (int conflicts = 1; ; conflicts++) {
            try {
                target.write(batch);
                return null;
            } catch (SQLException e) {
                String state = e.getSQLState() == null ? "" : e.getSQLState();
                if (isOfRows(state)) {
                    return e;
                }
                if (state.startsWith("08")) {
                    throw unknown(batch, e);
                }
                if (!state.equals(SERIALIZATION_FAILURE) || conflicts == CONFLICTS_MAX) {
                    throw e;
                }
                LockSupport.parkNanos(conflicts * CONFLICT_WAIT_NANOS);
            }
        }
    }

    /** Faults of data (22), of constraints (23), of types, and of a key twice in one statement. */
    private static boolean isOfRows(String state) {
        return state.startsWith("22")
                || state.startsWith("23")
                || state.equals("42804")
                || state.equals("21000");
    }

    private static ShellFailure unknown(Batch batch, SQLException e) {
        return new ShellFailure(
                Exit.UNAVAILABLE,
                "nobody knows whether the rows of lines %d to %d are loaded: %s"
                        .formatted(batch.line(0), batch.line(batch.rows() - 1), e.getMessage()),
                "see which are there before you load them again");
    }

    private static @Nullable ServerErrorMessage server(SQLException fault) {
        return fault instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
    }

    /** The line of what was sent that the server names; 0 if it names none. */
    private static long line(SQLException fault) {
        ServerErrorMessage server = server(fault);
        String where = server == null ? null : server.getWhere();
        Matcher matcher = LINE.matcher(where == null ? "" : where);
        return matcher.lookingAt() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static String reason(SQLException fault) {
        ServerErrorMessage server = server(fault);
        if (server == null || server.getMessage() == null) {
            return String.valueOf(fault.getMessage());
        }
        String detail = server.getDetail();
        String message = server.getMessage() + " (" + fault.getSQLState() + ")";
        return detail == null ? message : message + ": " + detail;
    }
}
