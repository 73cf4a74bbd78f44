package io.faraddb.node.security;

import io.faraddb.engine.error.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Refusals of programs as RFC 9457 problems. */
final class ProblemAnswers implements AuthenticationEntryPoint, AccessDeniedHandler {

    @Override
    public void commence(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthenticationException failure)
            throws IOException {
        if (!isScript(request)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"FaradDB\"");
        }
        write(
                response,
                HttpStatus.UNAUTHORIZED,
                ErrorCode.INVALID_PASSWORD,
                "a user of the database and the right password are needed");
    }

    /** A page whose session has ended asks: the browser must not ask for a password itself. */
    private static boolean isScript(HttpServletRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        String accept = String.valueOf(request.getHeader(HttpHeaders.ACCEPT));
        return (mode != null && !mode.equals("navigate"))
                || accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE);
    }

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        write(
                response,
                HttpStatus.FORBIDDEN,
                ErrorCode.INSUFFICIENT_PRIVILEGE,
                "a request that changes something needs the session's CSRF token, or a password"
                        + " by HTTP Basic from a program");
    }

    private static void write(
            HttpServletResponse response, HttpStatus status, ErrorCode code, String detail)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getWriter()
                .write(
                        "{\"status\":%d,\"title\":\"%s\",\"detail\":\"%s\",\"sqlState\":\"%s\"}"
                                .formatted(
                                        status.value(),
                                        status.getReasonPhrase(),
                                        detail,
                                        code.sqlState()));
    }
}
