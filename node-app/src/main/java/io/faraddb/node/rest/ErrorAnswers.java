package io.faraddb.node.rest;

import io.faraddb.console.sql.SqlAnswer;
import io.faraddb.node.engine.EngineFailure;
import io.faraddb.node.view.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Whatever goes wrong in REST as an RFC 9457 problem with a SQLSTATE. */
@RestControllerAdvice(basePackageClasses = ErrorAnswers.class)
public final class ErrorAnswers extends ResponseEntityExceptionHandler {

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
        return Problems.of(run.failure);
    }

    /** An answer of the engine, or a defect. */
    @ExceptionHandler
    ProblemDetail answer(RuntimeException failure) {
        return Problems.of(EngineFailure.toSql(failure));
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
            Problems.withCode(problem);
        }
        return super.createResponseEntity(body, headers, status, request);
    }
}
