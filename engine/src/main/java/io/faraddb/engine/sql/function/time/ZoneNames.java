package io.faraddb.engine.sql.function.time;

import io.faraddb.engine.type.DateTimeText;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Zones as AT TIME ZONE names them. */
final class ZoneNames {

    /** POSIX: perhaps a name, then how far the zone is west of Greenwich. */
    private static final Pattern POSIX =
            Pattern.compile(
                    "(?:[A-Za-z]{3,}|<[^>]+>)?([+-]?)(\\d{1,2})(?::(\\d\\d))?(?::(\\d\\d))?");

    private ZoneNames() {}

    /**
     * @throws io.faraddb.engine.error.SqlException 22023 if there is none of that name
     */
    static ZoneId find(String name) {
        Matcher posix = POSIX.matcher(name);
        if (!posix.matches() || Integer.parseInt(posix.group(2)) > 18) {
            return DateTimeText.zone(name);
        }
        int seconds =
                Integer.parseInt(posix.group(2)) * 3600
                        + number(posix.group(3)) * 60
                        + number(posix.group(4));
        return ZoneOffset.ofTotalSeconds(posix.group(1).equals("-") ? seconds : -seconds);
    }

    private static int number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
