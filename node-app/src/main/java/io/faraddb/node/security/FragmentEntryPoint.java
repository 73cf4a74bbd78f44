package io.faraddb.node.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who asks for a part of a page and is not logged in: the whole page goes to the form. */
final class FragmentEntryPoint implements AuthenticationEntryPoint {

    /** By which htmx says that it asks. */
    static final String HEADER = "HX-Request";

    static final RequestMatcher ASKS = request -> request.getHeader(HEADER) != null;

    @Override
    public void commence(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthenticationException failure) {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader("HX-Redirect", request.getContextPath() + "/login");
    }
}
