package io.faraddb.node.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.web.savedrequest.CookieRequestCache;

/**
 * Which page to come back to after the form, in a cookie: whole pages, not parts of them. The
 * request for it is a request like any other: it is not put in the place of one that asks for the
 * same address, which may ask for a part.
 */
final class AskedPage extends CookieRequestCache {

    AskedPage() {
        setRequestMatcher(request ->
                request.getMethod().equals("GET")
                        && request.getHeader(LoginEntryPoint.FRAGMENT_HEADER) == null
                        && String.valueOf(request.getHeader(HttpHeaders.ACCEPT))
                                .contains(MediaType.TEXT_HTML_VALUE));
    }

    /** Forgets the page when it is asked for. */
    @Override
    public @Nullable HttpServletRequest getMatchingRequest(
            HttpServletRequest request, HttpServletResponse response) {
        super.getMatchingRequest(request, response);
        return null;
    }
}
