package io.faraddb.api;

/**
 * Marks a class as a stored procedure.
 *
 * <p>Its {@code run} may take boolean, short, int, long, float, double and their boxes, {@code
 * BigDecimal}, {@code String}, {@code byte[]}, {@code LocalDate}, {@code LocalTime}, {@code
 * LocalDateTime}, {@code Instant} and {@code UUID}; a null argument needs a box or an object. It
 * may return void, any of these, a record of these (one row), a {@code List} of such records, or
 * {@link Rows}.
 *
 * <p>All of it takes effect or, when it throws, none of it. One instance serves all calls of a
 * partition: keep no state in fields.
 */
public interface Procedure {}
