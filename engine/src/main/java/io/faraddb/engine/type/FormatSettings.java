package io.faraddb.engine.type;

import io.faraddb.engine.error.SqlException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The settings of a session that values' texts depend on. DateStyle is always ISO with month before
 * day, IntervalStyle always postgres.
 *
 * @param zone TimeZone
 * @param byteaEscaped whether bytea_output is escape instead of hex
 * @param extraFloatDigits above 0: the shortest text that reads back as the same number
 * @param names what regclass and its like print
 * @param nowMicros what the inputs 'now' and 'today' mean, in microseconds since 1970 UTC
 */
public record FormatSettings(
        ZoneId zone,
        boolean byteaEscaped,
        int extraFloatDigits,
        ObjectNames names,
        LongSupplier nowMicros) {

    /** Names of the objects that oids stand for. */
    @FunctionalInterface
    public interface ObjectNames {

        /**
         * @param kind REGCLASS, REGTYPE, REGPROC or REGNAMESPACE
         */
        String name(TypeKind kind, long oid);
    }

    /** What a session has before any SET. */
    public static final FormatSettings DEFAULT =
            new FormatSettings(
                    ZoneOffset.UTC,
                    false,
                    1,
                    (kind, oid) -> Long.toString(oid & TextFormat.OID_MAX),
                    () -> {
                        throw SqlException.unsupported("\"now\" as input here");
                    });
}
