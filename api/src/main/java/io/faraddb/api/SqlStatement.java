package io.faraddb.api;

/**
 * One SQL statement of a procedure; {@code $1}, {@code $2}, ... are its parameters. It is parsed
 * and planned when the procedure is created, so that mistakes show then.
 *
 * @param text of one SELECT, INSERT, UPSERT, UPDATE or DELETE
 */
public record SqlStatement(String text) {

    public static SqlStatement of(String text) {
        return new SqlStatement(text);
    }
}
