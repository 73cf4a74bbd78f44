package io.faraddb.console.page;

import org.jspecify.annotations.Nullable;

/**
 * Why a page cannot be shown, or an action was refused.
 *
 * @param title a few words
 * @param message a sentence
 * @param hint what to do
 */
public record Problem(String title, String message, @Nullable String hint, @Nullable String code) {

    /** The template that shows it; the model holds it as {@code problem}. */
    public static final String VIEW = "console/page/problem";
}
