package io.faraddb.node.engine;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes any failure one that can be told to a client. */
public final class EngineFailure {

    private static final Logger LOG = LoggerFactory.getLogger(EngineFailure.class);

    private EngineFailure() {}

    /** Defects are logged under a number that the client is told. */
    public static SqlException toSql(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
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
}
