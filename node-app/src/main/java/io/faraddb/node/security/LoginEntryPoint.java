package io.faraddb.node.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

/**
 * Who is not logged in goes to the form; also when a part of a page was asked for: then htmx is
 * told to go there with the whole page.
 */
final class LoginEntryPoint extends LoginUrlAuthenticationEntryPoint {

    /** By which htmx says that it asks. */
    static final String FRAGMENT_HEADER = "HX-Request";

    static final String FORM = "/login";

    LoginEntryPoint() {
        super(FORM);
    }

    @Override
    public void commence(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthenticationException failure)
            throws IOException, ServletException {
        if (request.getHeader(FRAGMENT_HEADER) == null) {
            super.commence(request, response, failure);
        } else {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader("HX-Redirect", request.getContextPath() + FORM);
        }
    }
}
