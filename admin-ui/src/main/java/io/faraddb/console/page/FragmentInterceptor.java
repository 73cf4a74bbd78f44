package io.faraddb.console.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers htmx with the part of the page that it asks for: what fills the element {@code main}, or
 * the page's panel for any other element. Everybody else gets the whole page. So a controller names
 * a template and need not know who asks.
 */
final class FragmentInterceptor implements HandlerInterceptor {

    private static final String REQUEST = "HX-Request";
    private static final String TARGET = "HX-Target";
    private static final String RESTORE = "HX-History-Restore-Request";
    private static final String MAIN = "main";

    @Override
    public void postHandle(
            HttpServletRequest request,
            HttpServletResponse response,
            Object handler,
            @Nullable ModelAndView view) {
        if (view == null || view.getViewName() == null) {
            return;
        }
        String name = view.getViewName();
        if (name.contains("::") || name.startsWith("redirect:")) {
            return;
        }
        response.addHeader(HttpHeaders.VARY, REQUEST + ", " + TARGET);
        boolean asked = "true".equals(request.getHeader(REQUEST));
        boolean restores = "true".equals(request.getHeader(RESTORE));
        if (asked && !restores) {
            boolean main = MAIN.equals(request.getHeader(TARGET));
            view.setViewName(name + (main ? " :: main" : " :: panel"));
        }
    }
}
