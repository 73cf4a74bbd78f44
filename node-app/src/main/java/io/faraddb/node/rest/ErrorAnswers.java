package io.faraddb.node.rest;

import io.faraddb.console.sql.SqlAnswer;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.node.engine.EngineFailure;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Errors as RFC 9457 problems, each with a SQLSTATE, as far as known detail, hint, position. */
@RestControllerAdvice(basePackageClasses = ErrorAnswers.class)
public final class ErrorAnswers extends ResponseEntityExceptionHandler {

    /** The property of a problem that holds the code. */
    public static final String SQL_STATE = "sqlState";

    /** Thrown for a run that ended with a failure. */
    static final class RunFailed extends RuntimeException {
        private final transient SqlAnswer.Failure failure;

        RunFailed(SqlAnswer.Failure failure) {
            super(failure.message(), null, false, false);
            this.failure = failure;
        }
    }

    @ExceptionHandler
    ProblemDetail answer(RunFailed run) {
        return problem(run.failure);
    }

    /** A defect, or an answer of the engine. */
    @ExceptionHandler
    ProblemDetail answer(RuntimeException failure) {
        SqlException error = EngineFailure.toSql(failure);
        return problem(
                new SqlAnswer.Failure(
                        error.code().sqlState(),
                        error.text(),
                        error.detail(),
                        error.hint(),
                        error.position()));
    }

    private static ProblemDetail problem(SqlAnswer.Failure failure) {
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

    /** What a request does that is no SQL: the nearest code. */
    public static String sqlState(HttpStatusCode status) {
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
        return code.sqlState();
    }

    /** Which field is wrong, and why. */
    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        var wrong = invalid.getBindingResult().getFieldError();
        if (wrong != null) {
            invalid.getBody().setDetail(wrong.getField() + " " + wrong.getDefaultMessage());
        }
        return super.handleMethodArgumentNotValid(invalid, headers, status, request);
    }

    /** All problems of the framework pass here. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem) {
            problem.setProperty(SQL_STATE, sqlState(status));
        }
        return super.createResponseEntity(body, headers, status, request);
    }
}
