package io.faraddb.shell.sql;

import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What went wrong, in words for people and a code for scripts.
 *
 * @param text lines, the last one with its end
 */
public record FailureReport(Exit exit, String text) {

    /** The state of a connection that could not be made. */
    private static final String CANNOT_CONNECT = "08001";

    private static final String NO_PASSWORD = "no password was provided";

    /** Of a failure of a command. */
    public static FailureReport of(Exception failure) {
        return of(failure, null);
    }

    /** Of a failure of this statement, pointing into it where the server says where. */
    public static FailureReport of(Exception failure, @Nullable String statement) {
        return switch (failure) {
            case ShellFailure shell ->
                    new FailureReport(
                            shell.exit(),
                            "farad: " + shell.getMessage() + "\n" + line("HINT", shell.hint()));
            case SQLException sql -> ofSql(sql, statement);
            case IOException io -> new FailureReport(Exit.FAILED, "farad: " + messageOf(io) + "\n");
            default -> new FailureReport(Exit.FAILED, "farad: " + failure + "\n");
        };
    }

    private static String messageOf(IOException failure) {
        // "x.csv" alone, as file systems say it, tells nobody what is the matter with x.csv.
        return failure.getClass().getSimpleName().replace("Exception", "")
                + ": "
                + failure.getMessage();
    }

    private static FailureReport ofSql(SQLException failure, @Nullable String statement) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        Exit exit = Exit.ofState(state);
        ServerErrorMessage server =
                failure instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        if (server == null || server.getMessage() == null) {
            return ofDriver(failure, state, exit);
        }
        StringBuilder text = new StringBuilder();
        text.append(server.getSeverity()).append(":  ").append(server.getMessage());
        text.append(" (").append(state).append(")\n");
        if (statement != null && server.getPosition() > 0) {
            text.append(caret(statement, server.getPosition()));
        }
        text.append(line("DETAIL", server.getDetail()));
        text.append(line("HINT", server.getHint()));
        text.append(line("CONTEXT", server.getWhere()));
        return new FailureReport(exit, text.toString());
    }

    /** Of what the driver says by itself, in its words about PostgreSQL. */
    private static FailureReport ofDriver(SQLException failure, String state, Exit exit) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains(NO_PASSWORD)) {
            return of(
                    new ShellFailure(
                            Exit.NOT_AUTHORISED,
                            "a password is needed",
                            "--password-file FILE, PGPASSWORD in the environment, or --data-dir"
                                    + " DIR of a node on this machine"));
        }
        if (state.equals(CANNOT_CONNECT)) {
            Throwable cause = failure.getCause();
            String why =
                    cause instanceof UnknownHostException
                            ? "there is no host " + cause.getMessage()
                            : message.split("\\. ", 2)[0];
            return of(
                    new ShellFailure(
                            Exit.UNAVAILABLE,
                            "no node answers: " + why,
                            "farad start runs one; --url says where another is"));
        }
        return new FailureReport(exit, "ERROR:  " + message + "\n");
    }

    private static String line(String title, @Nullable String value) {
        return value == null || value.isEmpty() ? "" : title + ":  " + value + "\n";
    }

    /** The line with the position, counted in characters from 1, and a caret below it. */
    static String caret(String statement, int position) {
        int characters = statement.codePointCount(0, statement.length());
        int at = statement.offsetByCodePoints(0, Math.min(position - 1, characters));
        int begin = statement.lastIndexOf('\n', at - 1) + 1;
        int end = statement.indexOf('\n', at);
        String line = statement.substring(begin, end < 0 ? statement.length() : end);
        long number = statement.substring(0, begin).chars().filter(c -> c == '\n').count() + 1;
        String title = "LINE " + number + ": ";
        int before = title.length() + statement.codePointCount(begin, at);
        return title + line.replace('\t', ' ') + "\n" + " ".repeat(before) + "^\n";
    }
}
