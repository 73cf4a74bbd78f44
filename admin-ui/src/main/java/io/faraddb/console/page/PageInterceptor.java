package io.faraddb.console.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Tells every page who looks at which node, and gives each request its part of the page: a
 * controller names a template, whoever asks.
 */
final class PageInterceptor implements HandlerInterceptor {

    private final NodeIdentity node;

    PageInterceptor(NodeIdentity node) {
        this.node = node;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        request.setAttribute("nodeName", node.name());
        request.setAttribute("user", request.getRemoteUser());
        return true;
    }

    @Override
    public void postHandle(
            HttpServletRequest request,
            HttpServletResponse response,
            Object handler,
            @Nullable ModelAndView view) {
        String template = view == null ? null : view.getViewName();
        if (view != null && template != null && !template.startsWith("redirect:")) {
            response.addHeader(HttpHeaders.VARY, Fragments.REQUEST + ", " + Fragments.TARGET);
            view.setViewName(Fragments.view(template, request));
        }
    }
}
