package io.faraddb.node.rest;

import io.faraddb.engine.error.SqlException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The engine's errors as RFC 9457 problems, with SQLSTATE, detail, hint and position. */
@RestControllerAdvice(basePackageClasses = ErrorAnswers.class)
public final class ErrorAnswers {

    @ExceptionHandler
    ProblemDetail answer(SqlException error) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status(error), error.text());
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("sqlState", error.code().sqlState());
        put(more, "details", error.detail());
        put(more, "hint", error.hint());
        if (error.position() > 0) {
            more.put("position", error.position());
        }
        problem.setProperties(more);
        return problem;
    }

    private static void put(Map<String, Object> into, String name, @Nullable String value) {
        if (value != null) {
            into.put(name, value);
        }
    }

    private static HttpStatus status(SqlException error) {
        return switch (error.code()) {
            case UNDEFINED_TABLE, UNDEFINED_OBJECT -> HttpStatus.NOT_FOUND;
            case INSUFFICIENT_PRIVILEGE -> HttpStatus.FORBIDDEN;
            case OBJECT_IN_USE -> HttpStatus.CONFLICT;
            case DATA_CORRUPTED -> HttpStatus.UNPROCESSABLE_CONTENT;
            default ->
                    switch (error.code().category()) {
                        case USER -> HttpStatus.BAD_REQUEST;
                        case RETRYABLE -> HttpStatus.CONFLICT;
                        case RESOURCE -> HttpStatus.SERVICE_UNAVAILABLE;
                        case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
                    };
        };
    }
}
