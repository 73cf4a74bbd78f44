package io.faraddb.node.pgwire.connection;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes any failure one that can be told to a client. */
public final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** Defects are logged under a number that the client is told. */
    public static SqlException toSql(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof SqlException error) {
            return error;
        }
        String incident = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("internal error, incident={}", incident, cause);
        return new SqlException(ErrorCode.INTERNAL_ERROR, "internal error, incident " + incident)
                .hint("The node's log has the details under this number. Please report it.");
    }

    /** Whether the connection ends with it. */
    static boolean isFatal(SqlException error) {
        return switch (error.code()) {
            case ADMIN_SHUTDOWN, CANNOT_CONNECT_NOW, IDLE_IN_TRANSACTION_SESSION_TIMEOUT -> true;
            default -> false;
        };
    }
}
