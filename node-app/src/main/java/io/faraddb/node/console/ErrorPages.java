package io.faraddb.node.console;

import io.faraddb.console.page.Problem;
import io.faraddb.node.view.Problems;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

/** What nobody else has answered: a problem for programs, a page for people. */
@Controller
final class ErrorPages implements ErrorController {

    @RequestMapping("/error")
    Object answer(HttpServletRequest request) {
        HttpStatus status = status(request);
        String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        if (path.startsWith("/api/") || path.startsWith("/actuator/")) {
            ProblemDetail problem = Problems.of(status);
            problem.setInstance(UriComponentsBuilder.fromPath(path).build().encode().toUri());
            return ResponseEntity.status(status)
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(problem);
        }
        return new ModelAndView(Problem.VIEW, Map.of("problem", problem(status, request)), status);
    }

    private static HttpStatus status(HttpServletRequest request) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
        return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
    }

    private static Problem problem(HttpStatus status, HttpServletRequest request) {
        Object cause = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        String reason = cause instanceof ResponseStatusException told ? told.getReason() : null;
        String sentence =
                switch (status) {
                    case NOT_FOUND -> "There is nothing at this address.";
                    case FORBIDDEN ->
                            "The page that this came from is no longer good. Load it again.";
                    case METHOD_NOT_ALLOWED -> "This address can't be used that way.";
                    default ->
                            status.is4xxClientError()
                                    ? "The request can't be understood."
                                    : "Something went wrong in the node; its log has the details.";
                };
        return new Problem(
                status.getReasonPhrase(), reason == null ? sentence : reason, null, null);
    }
}
