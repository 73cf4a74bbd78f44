package io.faraddb.engine.session;

import java.util.Set;

/**
 * The options of COPY.
 *
 * @param delimiter one byte
 * @param nullText what stands for null
 * @param quote csv only
 * @param escape csv only
 * @param forceQuote columns whose values are quoted whatever they are, or all; csv out only
 * @param forceNotNull columns in which the text of null is that text; csv in only
 * @param forceNull columns in which the text of null is null even if quoted; csv in only
 */
public record CopyOptions(
        Format format,
        char delimiter,
        String nullText,
        Header header,
        char quote,
        char escape,
        Set<String> forceQuote,
        Set<String> forceNotNull,
        Set<String> forceNull) {

    /** As FORCE_QUOTE *. */
    public static final Set<String> ALL_COLUMNS = Set.of("*");

    /** As COPY's FORMAT. */
    public enum Format {
        TEXT,
        CSV,
        BINARY
    }

    /** As COPY's HEADER: whether a line of column names comes first, and whether it is checked. */
    public enum Header {
        NONE,
        PRESENT,
        MATCH
    }

    /** What a format has when no option is given. */
    public static CopyOptions of(Format format) {
        boolean csv = format == Format.CSV;
        return new CopyOptions(
                format,
                csv ? ',' : '\t',
                csv ? "" : "\\N",
                Header.NONE,
                '"',
                '"',
                Set.of(),
                Set.of(),
                Set.of());
    }
}
