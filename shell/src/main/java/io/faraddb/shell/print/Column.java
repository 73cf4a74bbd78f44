package io.faraddb.shell.print;

/** A column of a printed table. */
public record Column(String name, Kind kind) {

    /** How values of a column, which are text, are to be understood. */
    public enum Kind {
        /** Anything that is no other kind. */
        TEXT,
        /** Numbers, printed to the right. */
        NUMBER,
        /** "t" or "f". */
        BOOLEAN,
        /** A JSON document, or a type that only its text is known of. */
        JSON
    }

    /** A column of text. */
    public static Column text(String name) {
        return new Column(name, Kind.TEXT);
    }

    /** A column of numbers. */
    public static Column number(String name) {
        return new Column(name, Kind.NUMBER);
    }
}
