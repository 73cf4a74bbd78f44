package io.faraddb.node.view;

import io.faraddb.console.sql.SqlAnswer;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** RFC 9457 problems, each with a SQLSTATE. */
public final class Problems {

    private static final String SQL_STATE = "sqlState";

    private Problems() {}

    /** An answer of the engine, as far as known with details, hint and position. */
    public static ProblemDetail of(SqlException error) {
        return of(failure(error));
    }

    static SqlAnswer.Failure failure(SqlException error) {
        return new SqlAnswer.Failure(
                error.code().sqlState(),
                error.text(),
                error.detail(),
                error.hint(),
                error.position());
    }

    /** A run that ended early. */
    public static ProblemDetail of(SqlAnswer.Failure failure) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(status(failure.sqlState()), failure.message());
        Map<String, Object> more = new LinkedHashMap<>();
        more.put(SQL_STATE, failure.sqlState());
        put(more, "details", failure.detail());
        put(more, "hint", failure.hint());
        if (failure.position() > 0) {
            more.put("position", failure.position());
        }
        problem.setProperties(more);
        return problem;
    }

    private static void put(Map<String, Object> into, String name, @Nullable String value) {
        if (value != null) {
            into.put(name, value);
        }
    }

    private static HttpStatus status(String sqlState) {
        ErrorCode code =
                Arrays.stream(ErrorCode.values())
                        .filter(candidate -> candidate.sqlState().equals(sqlState))
                        .findFirst()
                        .orElse(ErrorCode.INTERNAL_ERROR);
        return switch (code) {
            case UNDEFINED_TABLE, UNDEFINED_OBJECT -> HttpStatus.NOT_FOUND;
            case INSUFFICIENT_PRIVILEGE -> HttpStatus.FORBIDDEN;
            case OBJECT_IN_USE -> HttpStatus.CONFLICT;
            case DATA_CORRUPTED -> HttpStatus.UNPROCESSABLE_CONTENT;
            default ->
                    switch (code.category()) {
                        case USER -> HttpStatus.BAD_REQUEST;
                        case RETRYABLE -> HttpStatus.CONFLICT;
                        case RESOURCE -> HttpStatus.SERVICE_UNAVAILABLE;
                        case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
                    };
        };
    }

    /** A request that the web framework refuses: the nearest code. */
    public static ProblemDetail of(HttpStatusCode status) {
        return withCode(ProblemDetail.forStatus(status));
    }

    /** Adds the code that is nearest to the status. */
    public static ProblemDetail withCode(ProblemDetail problem) {
        HttpStatusCode status = HttpStatusCode.valueOf(problem.getStatus());
        ErrorCode code =
                switch (status.value()) {
                    case 400 -> ErrorCode.INVALID_PARAMETER_VALUE;
                    case 401 -> ErrorCode.INVALID_PASSWORD;
                    case 403 -> ErrorCode.INSUFFICIENT_PRIVILEGE;
                    case 404 -> ErrorCode.UNDEFINED_OBJECT;
                    case 503 -> ErrorCode.INSUFFICIENT_RESOURCES;
                    default ->
                            status.is4xxClientError()
                                    ? ErrorCode.FEATURE_NOT_SUPPORTED
                                    : ErrorCode.INTERNAL_ERROR;
                };
        problem.setProperty(SQL_STATE, code.sqlState());
        return problem;
    }
}
