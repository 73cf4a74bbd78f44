package io.faraddb.engine.session;

import org.jspecify.annotations.Nullable;

/**
 * The options of COPY.
 *
 * @param delimiter one character
 * @param nullText what stands for null
 * @param header whether a line of column names comes first
 * @param quote csv only
 * @param escape csv only
 * @param forceQuoteAll csv out only
 * @param encoding null for UTF-8, the only one
 */
public record CopyOptions(
        Format format,
        char delimiter,
        String nullText,
        boolean header,
        char quote,
        char escape,
        boolean forceQuoteAll,
        @Nullable String encoding) {

    /** As COPY's FORMAT. */
    public enum Format {
        TEXT,
        CSV,
        BINARY
    }
}
