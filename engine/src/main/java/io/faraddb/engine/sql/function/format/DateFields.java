package io.faraddb.engine.sql.function.format;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The keywords of pictures of dates. */
final class DateFields {

    static final List<String> MONTHS =
            List.of(
                    "January",
                    "February",
                    "March",
                    "April",
                    "May",
                    "June",
                    "July",
                    "August",
                    "September",
                    "October",
                    "November",
                    "December");

    static final List<String> DAYS =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

    /** From December down, as their place counts. */
    static final List<String> ROMAN_MONTHS =
            List.of("XII", "XI", "X", "IX", "VIII", "VII", "VI", "V", "IV", "III", "II", "I");

    /** Longest of the names of days and months, to which they are filled up. */
    static final int NAME_WIDTH = 9;

    static final int SHORT_NAME_LENGTH = 3;

    /** Fields whose text is digits only. */
    private static final List<String> DIGITS =
            List.of(
                    "CC", "DDD", "DD", "D", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6", "HH24",
                    "HH12", "HH", "IDDD", "ID", "IW", "IYYY", "IYY", "IY", "I", "J", "MI", "MM",
                    "MS", "Q", "SSSSS", "SSSS", "SS", "US", "WW", "W", "Y,YYY", "YYYY", "YYY", "YY",
                    "Y");

    private static final List<String> OTHERS =
            List.of(
                    "A.D.", "A.M.", "AD", "AM", "B.C.", "BC", "DAY", "DY", "FX", "MONTH", "MON",
                    "OF", "P.M.", "PM", "RM", "TZH", "TZM", "TZ");

    private static final Set<String> DIGIT_SET = Set.copyOf(DIGITS);

    static final Set<String> KEYWORDS = keywords();

    private DateFields() {}

    private static Set<String> keywords() {
        Set<String> keywords = new HashSet<>();
        for (List<String> list : List.of(DIGITS, OTHERS)) {
            for (String keyword : list) {
                keywords.add(keyword);
                keywords.add(keyword.toLowerCase(Locale.ROOT));
            }
        }
        keywords.addAll(List.of("Day", "Dy", "Month", "Mon"));
        return Set.copyOf(keywords);
    }

    static boolean isDigits(String keyword) {
        return DIGIT_SET.contains(keyword.toUpperCase(Locale.ROOT));
    }
}
