package io.faraddb.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of a query. Columns are counted from 0. A method for numbers or booleans throws {@link
 * NullPointerException} on null: ask {@link #isNull} first.
 */
public interface Row {

    boolean isNull(int column);

    /** The value as the Java class that {@link Procedure} names for its type, integers as Long. */
    @Nullable Object value(int column);

    boolean booleanAt(int column);

    int intAt(int column);

    long longAt(int column);

    /** Also of a real. */
    double doubleAt(int column);

    /** Also of an integer. */
    @Nullable BigDecimal decimalAt(int column);

    @Nullable String textAt(int column);

    byte @Nullable [] bytesAt(int column);

    @Nullable LocalDate dateAt(int column);

    @Nullable LocalTime timeAt(int column);

    @Nullable LocalDateTime timestampAt(int column);

    @Nullable Instant instantAt(int column);

    @Nullable UUID uuidAt(int column);
}
