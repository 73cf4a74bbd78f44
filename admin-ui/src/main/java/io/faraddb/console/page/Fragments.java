package io.faraddb.console.page;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Which part of a page is asked for. htmx names the element that it will fill: {@code main} gets
 * the template's fragment of that name, any other element gets the fragment {@code panel}.
 * Everybody else gets the whole page.
 */
public final class Fragments {

    static final String REQUEST = "HX-Request";
    static final String TARGET = "HX-Target";
    private static final String RESTORE = "HX-History-Restore-Request";
    private static final String MAIN = "main";

    private Fragments() {}

    /** The view of a template, or of a part of it. */
    public static String view(String template, HttpServletRequest request) {
        boolean asked = "true".equals(request.getHeader(REQUEST));
        boolean restores = "true".equals(request.getHeader(RESTORE));
        if (!asked || restores) {
            return template;
        }
        boolean main = MAIN.equals(request.getHeader(TARGET));
        return template + (main ? " :: main" : " :: panel");
    }
}
