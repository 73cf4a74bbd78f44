package io.faraddb.engine.sql.function.time;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.TypeKind;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What extract() and date_trunc() name a part of a time by. */
enum TimeUnit {
    MICROSECONDS("microseconds us usec usecs usecond useconds microsecon"),
    MILLISECONDS("milliseconds ms msec msecs msecond mseconds millisecon"),
    SECOND("s sec secs second seconds"),
    MINUTE("m min mins minute minutes"),
    HOUR("h hr hrs hour hours"),
    DAY("d day days"),
    WEEK("w week weeks"),
    MONTH("mon mons month months"),
    QUARTER("qtr quarter"),
    YEAR("y yr yrs year years"),
    DECADE("dec decs decade decades"),
    CENTURY("c cent century centuries"),
    MILLENNIUM("mil mils millennium millennia"),
    JULIAN("j jd julian"),
    ISO_YEAR("isoyear"),
    DAY_OF_WEEK("dow"),
    ISO_DAY_OF_WEEK("isodow"),
    DAY_OF_YEAR("doy"),
    EPOCH("epoch"),
    ZONE("timezone"),
    ZONE_HOUR("timezone_h timezone_hour"),
    ZONE_MINUTE("timezone_m timezone_minute");

    /** PostgreSQL looks at no more characters of a unit than these. */
    private static final int NAME_LENGTH_MAX = 10;

    private static final Map<String, TimeUnit> NAMES = names();

    private final String aliases;

    TimeUnit(String aliases) {
        this.aliases = aliases;
    }

    private static Map<String, TimeUnit> names() {
        Map<String, TimeUnit> names = new HashMap<>();
        for (TimeUnit unit : values()) {
            for (String alias : unit.aliases.split(" ")) {
                names.put(cut(alias), unit);
            }
        }
        return Map.copyOf(names);
    }

    private static String cut(String name) {
        return name.length() > NAME_LENGTH_MAX ? name.substring(0, NAME_LENGTH_MAX) : name;
    }

    /**
     * @throws SqlException 22023 if there is none of that name
     */
    static TimeUnit find(String name, TypeKind kind) {
        String word = name.toLowerCase(Locale.ROOT);
        TimeUnit unit = NAMES.get(cut(word));
        if (unit == null) {
            throw unrecognized(word, kind);
        }
        return unit;
    }

    static SqlException unrecognized(String name, TypeKind kind) {
        return new SqlException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "unit \""
                        + name.toLowerCase(Locale.ROOT)
                        + "\" not recognized for type "
                        + kind.sqlName());
    }

    static SqlException unsupported(String name, TypeKind kind) {
        return new SqlException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "unit \""
                        + name.toLowerCase(Locale.ROOT)
                        + "\" not supported for type "
                        + kind.sqlName());
    }
}
