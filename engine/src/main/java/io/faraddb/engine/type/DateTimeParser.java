package io.faraddb.engine.type;

import static io.faraddb.engine.type.DateTimeText.MICROS_PER_DAY;
import static io.faraddb.engine.type.DateTimeText.MICROS_PER_SECOND;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates and times in the many forms that PostgreSQL takes, month before day where only the
 * place tells. The text is cut into fields by their look; then each field finds its meaning from
 * what is still missing.
 */
final class DateTimeParser {

    /** A field of the text. */
    record Part(Look look, String text) {}

    /** What a field looks like before its meaning is known. */
    enum Look {
        NUMBER,
        DATE,
        TIME,
        WORD,
        /** A sign and digits: a zone. */
        SIGNED,
        /** A sign and letters: -infinity. */
        SIGNED_WORD
    }

    private enum AmPm {
        AM,
        PM
    }

    private static final Map<String, Integer> MONTHS =
            Map.ofEntries(
                    Map.entry("jan", 1),
                    Map.entry("january", 1),
                    Map.entry("feb", 2),
                    Map.entry("february", 2),
                    Map.entry("mar", 3),
                    Map.entry("march", 3),
                    Map.entry("apr", 4),
                    Map.entry("april", 4),
                    Map.entry("may", 5),
                    Map.entry("jun", 6),
                    Map.entry("june", 6),
                    Map.entry("jul", 7),
                    Map.entry("july", 7),
                    Map.entry("aug", 8),
                    Map.entry("august", 8),
                    Map.entry("sep", 9),
                    Map.entry("sept", 9),
                    Map.entry("september", 9),
                    Map.entry("oct", 10),
                    Map.entry("october", 10),
                    Map.entry("nov", 11),
                    Map.entry("november", 11),
                    Map.entry("dec", 12),
                    Map.entry("december", 12));

    private static final int ZONE_HOURS_MAX = 15;
    private static final int JULIAN_DAY_OF_1970 = 2_440_588;
    private static final int NONE = Integer.MIN_VALUE;

    private final TypeKind kind;
    private final String text;
    private final FormatSettings settings;

    private int year = NONE;
    private int month = NONE;
    private int day = NONE;
    private int dayOfYear = NONE;
    private boolean monthByName;
    private boolean shortYear;
    private boolean beforeChrist;
    private boolean dateDone;
    private boolean julianNext;
    private long timeMicros = NONE;
    private int hour;
    private @Nullable AmPm amPm;
    private @Nullable ZoneId zone;
    private @Nullable Long special;

    private DateTimeParser(TypeKind kind, String text, FormatSettings settings) {
        this.kind = kind;
        this.text = text;
        this.settings = settings;
    }

    static Long parse(TypeKind kind, String text, FormatSettings settings) {
        long plain =
                kind == TypeKind.TIME ? DateTimeFields.NOT_PLAIN : DateTimeFields.plain(kind, text);
        if (plain != DateTimeFields.NOT_PLAIN) {
            return kind == TypeKind.TIMESTAMPTZ
                    ? DateTimeText.toMoment(plain, settings.zone())
                    : plain;
        }
        return new DateTimeParser(kind, text, settings).run();
    }

    private Long run() {
        List<Part> parts = DateTimeFields.split(text.strip().toLowerCase(Locale.ROOT));
        if (parts == null || parts.isEmpty()) {
            throw invalid();
        }
        for (Part part : parts) {
            take(part);
        }
        if (special != null) {
            return specialValue(special);
        }
        return kind == TypeKind.TIME ? finishTime() : finishDate();
    }

    private void take(Part part) {
        switch (part.look()) {
            case NUMBER -> takeNumber(part.text());
            case DATE -> takeDate(part.text());
            case TIME -> takeTime(part.text());
            case WORD -> takeWord(part.text());
            case SIGNED -> takeZone(part.text());
            case SIGNED_WORD -> {
                if (!part.text().equals("-infinity") && !part.text().equals("+infinity")) {
                    throw invalid();
                }
                special(part.text().startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE);
            }
        }
    }

    private boolean haveDate() {
        return dateDone || (year != NONE && month != NONE && day != NONE);
    }

    private boolean haveTime() {
        return timeMicros != NONE;
    }

    private void takeNumber(String digits) {
        int point = digits.indexOf('.');
        if (julianNext) {
            julianNext = false;
            setDate(LocalDate.ofEpochDay(number(digits) - JULIAN_DAY_OF_1970));
        } else if (kind == TypeKind.TIME && !haveDate() && !haveTime()) {
            runTogether(digits);
        } else if (point >= 0 && !haveDate() && point <= 4) {
            takeDate(digits);
        } else if (point > 2 || (digits.length() >= 6 && (!haveDate() || !haveTime()))) {
            runTogether(digits);
        } else if (point < 0) {
            single(digits);
        } else {
            throw invalid();
        }
    }

    /** YYYYMMDD or HHMM or HHMMSS with a fraction, without anything between. */
    private void runTogether(String digits) {
        int point = digits.indexOf('.');
        String whole = point < 0 ? digits : digits.substring(0, point);
        if (point < 0 && !haveDate() && kind != TypeKind.TIME && whole.length() >= 6) {
            int length = whole.length();
            day = number(whole.substring(length - 2));
            month = number(whole.substring(length - 4, length - 2));
            year = number(whole.substring(0, length - 4));
            shortYear = length == 6;
            return;
        }
        if (haveTime() || (whole.length() != 6 && whole.length() != 4)) {
            throw invalid();
        }
        int seconds = whole.length() == 6 ? number(whole.substring(4)) : 0;
        long fraction = point < 0 ? 0 : fraction(digits.substring(point));
        time(number(whole.substring(0, 2)), number(whole.substring(2, 4)), seconds, fraction);
    }

    /** A number whose meaning is what of year, month and day is missing. */
    private void single(String digits) {
        int value = number(digits);
        int length = digits.length();
        if (haveDate()) {
            runTogether(digits);
        } else if (length == 3 && year != NONE && month == NONE && value >= 1 && value <= 366) {
            dayOfYear = value;
            dateDone = true;
        } else if (year == NONE && month == NONE && day == NONE) {
            if (length >= 3) {
                setYear(value, length);
            } else {
                month = value;
            }
        } else if (year == NONE && month != NONE && day == NONE) {
            if (monthByName && length >= 3) {
                setYear(value, length);
            } else {
                day = value;
            }
        } else if (year != NONE && month == NONE) {
            month = value;
        } else if (year != NONE && day == NONE) {
            if (monthByName && length >= 3 && shortYear) {
                day = year;
                setYear(value, length);
            } else {
                day = value;
            }
        } else if (month == NONE) {
            month = value;
        } else {
            setYear(value, length);
        }
    }

    private void setYear(int value, int digits) {
        year = value;
        shortYear = digits <= 2;
    }

    private void takeDate(String token) {
        if (haveDate()) {
            // A zone with punctuation, or a time run together with a zone.
            if (Character.isLetter(token.charAt(0))) {
                takeWord(token);
                return;
            }
            int dash = token.indexOf('-');
            if (dash < 0 || haveTime()) {
                throw invalid();
            }
            runTogether(token.substring(0, dash));
            takeZone(token.substring(dash));
            return;
        }
        String[] fields = token.split("[-/.]", -1);
        if (fields.length == 2
                && !monthIn(fields)
                && fields[0].length() == 4
                && fields[1].length() == 3) {
            setYear(number(fields[0]), 4);
            single(fields[1]);
            return;
        }
        if (fields.length != 3) {
            if (Character.isLetter(token.charAt(0))) {
                takeWord(token);
                return;
            }
            throw invalid();
        }
        for (String field : fields) {
            Integer named = MONTHS.get(field);
            if (named != null) {
                setNamedMonth(named);
            }
        }
        for (String field : fields) {
            if (!MONTHS.containsKey(field)) {
                if (field.isEmpty() || !isDigits(field) || haveDate()) {
                    throw invalid();
                }
                single(field);
            }
        }
        if (!haveDate()) {
            throw invalid();
        }
    }

    private static boolean monthIn(String[] fields) {
        for (String field : fields) {
            if (MONTHS.containsKey(field)) {
                return true;
            }
        }
        return false;
    }

    private void setNamedMonth(int number) {
        if (monthByName) {
            throw invalid();
        }
        if (month != NONE && day == NONE) {
            // "8 January": the number before was the day.
            day = month;
        } else if (month != NONE) {
            throw invalid();
        }
        month = number;
        monthByName = true;
    }

    private void takeTime(String token) {
        if (haveTime()) {
            throw invalid();
        }
        // One colon may end it: "10:" is ten o'clock.
        String[] fields =
                (token.indexOf(':') == token.length() - 1 ? token + "00" : token).split(":", -1);
        if (fields.length > 3) {
            throw invalid();
        }
        String last = fields[fields.length - 1];
        int point = last.indexOf('.');
        long fraction = 0;
        if (point >= 0) {
            fraction = fraction(last.substring(point));
            fields[fields.length - 1] = last.substring(0, point);
        }
        for (String field : fields) {
            if (field.isEmpty() || !isDigits(field)) {
                throw invalid();
            }
        }
        int first = number(fields[0]);
        int second = number(fields[1]);
        if (fields.length == 2 && point >= 0) {
            time(0, first, second, fraction);
        } else {
            time(first, second, fields.length == 3 ? number(fields[2]) : 0, fraction);
        }
    }

    private void time(int hours, int minutes, int seconds, long fraction) {
        if (minutes > 59 || seconds > 60 || hours > 24) {
            throw overflow(false);
        }
        hour = hours;
        timeMicros = ((hours * 60L + minutes) * 60 + seconds) * MICROS_PER_SECOND + fraction;
        if (timeMicros > MICROS_PER_DAY) {
            throw overflow(false);
        }
    }

    /** Microseconds of ".123", rounded. */
    private long fraction(String withPoint) {
        if (!isDigits(withPoint.substring(1))) {
            throw invalid();
        }
        return withPoint.length() == 1
                ? 0
                : (long) Math.rint(Double.parseDouble("0" + withPoint) * MICROS_PER_SECOND);
    }

    private void takeWord(String word) {
        Integer named = MONTHS.get(word);
        if (named != null) {
            setNamedMonth(named);
            return;
        }
        switch (word) {
            case "infinity" -> special(Long.MAX_VALUE);
            case "epoch" -> special(0);
            case "now" -> now(0, true);
            case "today" -> now(0, false);
            case "tomorrow" -> now(1, false);
            case "yesterday" -> now(-1, false);
            case "allballs" -> {
                time(0, 0, 0, 0);
                zone = ZoneOffset.UTC;
            }
            case "am" -> amPm = AmPm.AM;
            case "pm" -> amPm = AmPm.PM;
            case "ad" -> beforeChrist = false;
            case "bc" -> beforeChrist = true;
            case "t" -> {
                if (!haveDate() && kind != TypeKind.TIME) {
                    throw invalid();
                }
            }
            case "j" -> julianNext = true;
            case "at", "on" -> {}
            case "sun", "sunday", "mon", "monday", "tue", "tues", "tuesday" -> {}
            case "wed", "weds", "wednesday", "thu", "thur", "thurs", "thursday" -> {}
            case "fri", "friday", "sat", "saturday" -> {}
            default -> namedZone(word);
        }
    }

    private void namedZone(String word) {
        ZoneId found = TimeZoneNames.abbreviation(word);
        if (found == null) {
            found = TimeZoneNames.region(word);
        }
        if (found == null && word.indexOf('/') > 0 && haveDate()) {
            throw new SqlException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "time zone \"" + word + "\" not recognized");
        }
        if (found == null || zone != null) {
            throw invalid();
        }
        zone = found;
    }

    private void takeZone(String token) {
        if (zone != null || (!haveTime() && kind != TypeKind.TIMESTAMPTZ && !haveDate())) {
            throw invalid();
        }
        String[] fields = token.substring(1).split(":", -1);

        int minutes = 0;
        int seconds = 0;
        for (String field : fields) {
            if (field.isEmpty() || !isDigits(field)) {
                throw invalid();
            }
        }
        int hours = number(fields[0]);
        if (fields.length == 1 && fields[0].length() > 2) {
            minutes = hours % 100;
            hours /= 100;
        } else if (fields.length > 1) {
            minutes = number(fields[1]);
            seconds = fields.length > 2 ? number(fields[2]) : 0;
        }
        if (hours > ZONE_HOURS_MAX || minutes > 59 || seconds > 59 || fields.length > 3) {
            throw new SqlException(
                    ErrorCode.INVALID_TIME_ZONE_DISPLACEMENT,
                    "time zone displacement out of range: \"" + text + "\"");
        }
        int offset = (hours * 60 + minutes) * 60 + seconds;
        zone = ZoneOffset.ofTotalSeconds(token.charAt(0) == '-' ? -offset : offset);
    }

    private void special(long value) {
        if (special != null || year != NONE || month != NONE || haveTime()) {
            throw invalid();
        }
        special = value;
    }

    /** Sets date and perhaps time from the clock, in the session's zone. */
    private void now(int daysLater, boolean withTime) {
        long local = DateTimeText.toLocal(settings.nowMicros().getAsLong(), settings.zone());
        setDate(LocalDate.ofEpochDay(Math.floorDiv(local, MICROS_PER_DAY) + daysLater));
        if (withTime) {
            timeMicros = Math.floorMod(local, MICROS_PER_DAY);
            hour = (int) (timeMicros / (3600 * MICROS_PER_SECOND));
        }
    }

    private void setDate(LocalDate date) {
        beforeChrist = date.getYear() <= 0;
        year = beforeChrist ? 1 - date.getYear() : date.getYear();
        month = date.getMonthValue();
        day = date.getDayOfMonth();
    }

    private Long specialValue(long value) {
        if (kind == TypeKind.TIME) {
            throw invalid();
        }
        // The epoch is the same in days and in microseconds; a timestamp has no zone to shift it.
        return value;
    }

    private long timeOfDay() {
        if (amPm == null) {
            return timeMicros;
        }
        if (hour > 12 || !haveTime()) {
            throw overflow(false);
        }
        if (amPm == AmPm.AM) {
            return hour == 12 ? timeMicros - MICROS_PER_DAY / 2 : timeMicros;
        }
        return hour == 12 ? timeMicros : timeMicros + MICROS_PER_DAY / 2;
    }

    private Long finishTime() {
        if (!haveTime()) {
            throw invalid();
        }
        if (haveDate()) {
            epochDay();
        } else if (year != NONE || month != NONE || day != NONE) {
            throw invalid();
        }
        if (zone != null && !(zone instanceof ZoneOffset) && !haveDate()) {
            throw invalid();
        }
        return timeOfDay();
    }

    private Long finishDate() {
        if (!haveDate()) {
            throw invalid();
        }
        long days = epochDay();
        if (kind == TypeKind.DATE) {
            if (days < DateTimeText.DATE_MIN || days > DateTimeText.DATE_MAX) {
                throw outOfRange("date");
            }
            return days;
        }
        long local = outOfTimestamps(days) ? 0 : days * MICROS_PER_DAY;
        long moment = local + (haveTime() ? timeOfDay() : 0);
        if (kind == TypeKind.TIMESTAMPTZ) {
            moment = DateTimeText.toMoment(moment, zone != null ? zone : settings.zone());
        }
        if (outOfTimestamps(days)
                || moment < DateTimeText.TIMESTAMP_MIN
                || moment > DateTimeText.TIMESTAMP_MAX) {
            throw outOfRange("timestamp");
        }
        return moment;
    }

    private static boolean outOfTimestamps(long days) {
        // One day more each way, since a zone may bring the moment back.
        return Math.abs(days) > DateTimeText.TIMESTAMP_MAX / MICROS_PER_DAY + 1;
    }

    private long epochDay() {
        int properYear = year;
        if (beforeChrist) {
            if (year <= 0) {
                throw overflow(false);
            }
            properYear = 1 - year;
        } else if (shortYear) {
            properYear = year < 70 ? year + 2000 : year + 1900;
        } else if (year <= 0) {
            throw overflow(false);
        }
        if (properYear > 999_999_999) {
            throw overflow(false);
        }
        if (dayOfYear != NONE) {
            return LocalDate.ofYearDay(properYear, 1).toEpochDay() + dayOfYear - 1;
        }
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            throw overflow(true);
        }
        if (day > YearMonth.of(properYear, month).lengthOfMonth()) {
            throw overflow(false);
        }
        return LocalDate.of(properYear, month, day).toEpochDay();
    }

    private static boolean isDigits(String field) {
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) < '0' || field.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private int number(String digits) {
        if (!isDigits(digits) || digits.isEmpty()) {
            throw invalid();
        }
        if (digits.length() > 9) {
            throw overflow(false);
        }
        return Integer.parseInt(digits);
    }

    private SqlException invalid() {
        String name =
                switch (kind) {
                    case DATE -> "date";
                    case TIME -> "time";
                    case TIMESTAMP -> "timestamp";
                    default -> "timestamp with time zone";
                };
        return new SqlException(
                ErrorCode.INVALID_DATETIME_FORMAT,
                "invalid input syntax for type " + name + ": \"" + text + "\"");
    }

    private SqlException overflow(boolean monthOrDay) {
        SqlException error =
                new SqlException(
                        ErrorCode.DATETIME_FIELD_OVERFLOW,
                        "date/time field value out of range: \"" + text + "\"");
        return monthOrDay
                ? error.hint("Perhaps you need a different \"datestyle\" setting.")
                : error;
    }

    private SqlException outOfRange(String what) {
        return new SqlException(
                ErrorCode.DATETIME_FIELD_OVERFLOW, what + " out of range: \"" + text + "\"");
    }
}
