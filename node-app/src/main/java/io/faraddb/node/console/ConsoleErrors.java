package io.faraddb.node.console;

import io.faraddb.console.page.Fragments;
import io.faraddb.console.page.Problem;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.node.engine.EngineFailure;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** What the engine refuses to do for a page, as a page. */
@ControllerAdvice(basePackages = "io.faraddb.console")
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ConsoleErrors {

    @ExceptionHandler
    ModelAndView refused(RuntimeException failure, HttpServletRequest request) {
        if (failure instanceof ResponseStatusException told) {
            String reason = String.valueOf(told.getReason());
            Problem missing = new Problem("Not found", reason, null, null);
            return page(missing, HttpStatus.NOT_FOUND, request);
        }
        SqlException error = EngineFailure.toSql(failure);
        boolean defect = error.code().category() == ErrorCode.Category.INTERNAL;
        return page(
                new Problem("Refused", error.line(), error.hint(), error.code().sqlState()),
                defect ? HttpStatus.INTERNAL_SERVER_ERROR : HttpStatus.CONFLICT,
                request);
    }

    private static ModelAndView page(
            Problem problem, HttpStatus status, HttpServletRequest request) {
        ModelAndView page = new ModelAndView(Fragments.view(Problem.VIEW, request), status);
        page.addObject("problem", problem);
        return page;
    }
}
