package io.faraddb.engine.type;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text of intervals: verbose, SQL's and ISO 8601's as input, PostgreSQL's style as output. */
final class IntervalText {

    private enum Unit {
        MICROSECOND,
        MILLISECOND,
        SECOND,
        MINUTE,
        HOUR,
        DAY,
        WEEK,
        MONTH,
        YEAR,
        DECADE,
        CENTURY,
        MILLENNIUM
    }

    private static final Map<Unit, List<String>> NAMES =
            Map.ofEntries(
                    Map.entry(
                            Unit.MICROSECOND,
                            List.of("us", "usec", "usecs", "usecond", "useconds", "microsecon")),
                    Map.entry(
                            Unit.MILLISECOND,
                            List.of("ms", "msec", "msecs", "msecond", "mseconds", "millisecon")),
                    Map.entry(Unit.SECOND, List.of("s", "sec", "secs", "second", "seconds")),
                    Map.entry(Unit.MINUTE, List.of("m", "min", "mins", "minute", "minutes")),
                    Map.entry(Unit.HOUR, List.of("h", "hr", "hrs", "hour", "hours")),
                    Map.entry(Unit.DAY, List.of("d", "day", "days")),
                    Map.entry(Unit.WEEK, List.of("w", "week", "weeks")),
                    Map.entry(Unit.MONTH, List.of("mon", "mons", "month", "months")),
                    Map.entry(Unit.YEAR, List.of("y", "yr", "yrs", "year", "years")),
                    Map.entry(Unit.DECADE, List.of("dec", "decs", "decade", "decades")),
                    Map.entry(Unit.CENTURY, List.of("c", "cent", "century", "centuries")),
                    Map.entry(
                            Unit.MILLENNIUM,
                            List.of("mil", "mils", "millennia", "millennium", "millenniu")));

    private static final Pattern FIELD =
            Pattern.compile(
                    "\\s*(?:(?<time>[+-]?\\d+:\\d+(?::\\d+)?(?:\\.\\d*)?)"
                            + "|(?<ym>[+-]?\\d++-\\d++)(?![-/.])"
                            + "|(?<number>[+-]?\\s*(?:\\d++(?:\\.\\d*+)?|\\.\\d++))(?![-/]\\d)"
                            + "|(?<word>[a-z]+)"
                            + "|(?<ignored>[@,;]))\\s*");
    private static final Pattern ISO =
            Pattern.compile("(?<value>[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+))(?<unit>[YMWDHS])|(?<t>T)");

    private static final BigDecimal MICROS_PER_SECOND =
            BigDecimal.valueOf(DateTimeText.MICROS_PER_SECOND);
    private static final BigDecimal MICROS_PER_DAY =
            BigDecimal.valueOf(DateTimeText.MICROS_PER_DAY);
    private static final BigDecimal DAYS_PER_MONTH = BigDecimal.valueOf(30);
    private static final BigDecimal MONTHS_PER_YEAR = BigDecimal.valueOf(12);
    // PostgreSQL compares words by this many characters.
    private static final int WORD_LENGTH = 10;

    private final String text;
    private BigDecimal months = BigDecimal.ZERO;
    private BigDecimal days = BigDecimal.ZERO;
    private BigDecimal micros = BigDecimal.ZERO;
    private final Set<Unit> seen = EnumSet.noneOf(Unit.class);

    private IntervalText(String text) {
        this.text = text;
    }

    static Interval parse(String text) {
        IntervalText parser = new IntervalText(text);
        String stripped = text.strip();
        if (stripped.startsWith("P")) {
            parser.iso(stripped);
        } else {
            parser.verbose(stripped.toLowerCase(Locale.ROOT));
        }
        return parser.finish();
    }

    private Interval finish() {
        try {

            return new Interval(
                    months.intValueExact(),
                    days.intValueExact(),
                    micros.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
        } catch (ArithmeticException e) {
            throw new SqlException(
                    ErrorCode.INTERVAL_FIELD_OVERFLOW,
                    "interval field value out of range: \"" + text + "\"");
        }
    }

    private void verbose(String lower) {
        Matcher field = FIELD.matcher(lower);
        BigDecimal number = null;
        boolean any = false;
        boolean ago = false;
        int at = 0;
        while (at < lower.length()) {
            field.region(at, lower.length());
            if (!field.lookingAt() || ago) {
                throw invalid();
            }
            at = field.end();
            if (field.group("ignored") != null) {
                continue;
            }
            any = true;
            if (field.group("number") != null) {
                if (number != null) {
                    throw invalid();
                }
                number = new BigDecimal(field.group("number").replaceAll("\\s", ""));
            } else if (field.group("word") != null) {
                ago = number == null && field.group("word").equals("ago");
                if (!ago) {
                    add(unit(field.group("word")), number);
                }
                number = null;
            } else {
                if (number != null) {
                    add(Unit.DAY, number);
                    number = null;
                }
                if (field.group("time") != null) {
                    time(field.group("time"));
                } else {
                    yearMonth(field.group("ym"));
                }
            }
        }
        if (number != null) {
            add(Unit.SECOND, number);
        }
        if (!any || (ago && seen.isEmpty())) {
            throw invalid();
        }
        if (ago) {
            months = months.negate();
            days = days.negate();
            micros = micros.negate();
        }
    }

    private Unit unit(String word) {
        String cut = word.length() > WORD_LENGTH ? word.substring(0, WORD_LENGTH) : word;
        for (Map.Entry<Unit, List<String>> entry : NAMES.entrySet()) {
            if (entry.getValue().contains(cut) || entry.getValue().contains(word)) {
                return entry.getKey();
            }
        }
        throw invalid();
    }

    private void time(String value) {
        boolean negative = value.startsWith("-");
        String unsigned = negative || value.startsWith("+") ? value.substring(1) : value;
        String[] fields = unsigned.split(":", -1);
        BigDecimal first = new BigDecimal(fields[0]);
        BigDecimal second = new BigDecimal(fields[1]);
        BigDecimal seconds;
        if (fields.length == 2 && fields[1].indexOf('.') >= 0) {
            seconds = first.multiply(BigDecimal.valueOf(60)).add(second);
            checkBelow60(second);
        } else {
            BigDecimal last = fields.length == 3 ? new BigDecimal(fields[2]) : BigDecimal.ZERO;
            checkBelow60(second);
            if (last.compareTo(BigDecimal.valueOf(60)) > 0) {
                throw outOfRange();
            }
            seconds =
                    first.multiply(BigDecimal.valueOf(3600))
                            .add(second.multiply(BigDecimal.valueOf(60)))
                            .add(last);
        }
        once(Unit.HOUR);
        once(Unit.MINUTE);
        once(Unit.SECOND);
        addMicros((negative ? seconds.negate() : seconds).multiply(MICROS_PER_SECOND));
    }

    private void checkBelow60(BigDecimal value) {
        if (value.compareTo(BigDecimal.valueOf(60)) >= 0) {
            throw outOfRange();
        }
    }

    private SqlException outOfRange() {
        return new SqlException(
                ErrorCode.INTERVAL_FIELD_OVERFLOW,
                "interval field value out of range: \"" + text + "\"");
    }

    private void yearMonth(String value) {
        boolean negative = value.startsWith("-");
        String unsigned = negative || value.startsWith("+") ? value.substring(1) : value;
        int dash = unsigned.indexOf('-');
        BigDecimal years = new BigDecimal(unsigned.substring(0, dash));
        BigDecimal part = new BigDecimal(unsigned.substring(dash + 1));
        if (part.compareTo(MONTHS_PER_YEAR) >= 0) {
            throw outOfRange();
        }
        once(Unit.YEAR);
        once(Unit.MONTH);
        BigDecimal total = years.multiply(MONTHS_PER_YEAR).add(part);
        months = months.add(negative ? total.negate() : total);
    }

    private void once(Unit unit) {
        if (!seen.add(unit)) {
            throw invalid();
        }
    }

    private void add(Unit unit, @Nullable BigDecimal number) {
        if (number == null) {
            throw invalid();
        }
        once(unit);
        addValue(unit, number);
    }

    private void addValue(Unit unit, BigDecimal number) {
        switch (unit) {
            case MICROSECOND -> addMicros(number);
            case MILLISECOND -> addMicros(number.multiply(BigDecimal.valueOf(1_000)));
            case SECOND -> addMicros(number.multiply(MICROS_PER_SECOND));
            case MINUTE ->
                    addMicros(number.multiply(MICROS_PER_SECOND.multiply(new BigDecimal(60))));
            case HOUR ->
                    addMicros(number.multiply(MICROS_PER_SECOND.multiply(new BigDecimal(3600))));
            case DAY -> addDays(number);
            case WEEK -> addDays(number.multiply(BigDecimal.valueOf(7)));
            case MONTH -> {
                BigDecimal whole = number.setScale(0, RoundingMode.DOWN);
                months = months.add(whole);
                addDays(number.subtract(whole).multiply(DAYS_PER_MONTH));
            }
            case YEAR -> addYears(number);
            case DECADE -> addYears(number.multiply(BigDecimal.TEN));
            case CENTURY -> addYears(number.multiply(BigDecimal.valueOf(100)));
            case MILLENNIUM -> addYears(number.multiply(BigDecimal.valueOf(1_000)));
        }
    }

    private void addMicros(BigDecimal value) {
        micros = micros.add(value.setScale(0, RoundingMode.HALF_EVEN));
    }

    private void addDays(BigDecimal value) {
        BigDecimal whole = value.setScale(0, RoundingMode.DOWN);
        days = days.add(whole);
        addMicros(value.subtract(whole).multiply(MICROS_PER_DAY));
    }

    private void addYears(BigDecimal value) {
        months = months.add(value.multiply(MONTHS_PER_YEAR).setScale(0, RoundingMode.HALF_EVEN));
    }

    /** PnYnMnWnDTnHnMnS. */
    private void iso(String value) {
        Matcher field = ISO.matcher(value);
        boolean time = false;
        int at = 1;
        if (at == value.length()) {
            throw invalid();
        }
        while (at < value.length()) {
            field.region(at, value.length());
            if (!field.lookingAt()) {
                throw invalid();
            }
            at = field.end();
            if (field.group("t") != null) {
                if (time) {
                    throw invalid();
                }
                time = true;
            } else {
                addValue(
                        isoUnit(field.group("unit").charAt(0), time),
                        new BigDecimal(field.group("value")));
            }
        }
    }

    private Unit isoUnit(char letter, boolean time) {
        Unit unit =
                switch (letter) {
                    case 'Y' -> time ? null : Unit.YEAR;
                    case 'M' -> time ? Unit.MINUTE : Unit.MONTH;
                    case 'W' -> time ? null : Unit.WEEK;
                    case 'D' -> time ? null : Unit.DAY;
                    case 'H' -> time ? Unit.HOUR : null;
                    default -> time ? Unit.SECOND : null;
                };
        if (unit == null) {
            throw invalid();
        }
        return unit;
    }

    private SqlException invalid() {
        return new SqlException(
                ErrorCode.INVALID_DATETIME_FORMAT,
                "invalid input syntax for type interval: \"" + text + "\"");
    }

    static String format(Interval interval) {
        StringBuilder out = new StringBuilder(40);
        boolean before = appendPart(out, interval.months() / 12, "year", false);
        before = appendPart(out, interval.months() % 12, "mon", before);
        before = appendPart(out, interval.days(), "day", before);
        long micros = interval.micros();
        if (micros == 0 && !out.isEmpty()) {
            return out.toString();
        }
        if (!out.isEmpty()) {
            out.append(' ');
        }
        if (micros < 0) {
            out.append('-');
        } else if (before) {
            out.append('+');
        }
        // Minus the smallest long is itself: divide before the sign is dropped.
        long seconds = Math.abs(micros / DateTimeText.MICROS_PER_SECOND);
        long hours = seconds / 3600;
        out.append(hours < 10 ? "0" : "").append(hours).append(':');
        DateTimeText.append2(out, (int) (seconds / 60 % 60));
        DateTimeText.append2(out.append(':'), (int) (seconds % 60));
        DateTimeText.appendFraction(out, (int) Math.abs(micros % DateTimeText.MICROS_PER_SECOND));
        return out.toString();
    }

    /** A part that follows a negative one shows its plus. */
    private static boolean appendPart(StringBuilder out, int value, String unit, boolean before) {
        if (value == 0) {
            return before;
        }
        if (!out.isEmpty()) {
            out.append(' ');
        }
        if (before && value > 0) {
            out.append('+');
        }
        out.append(value).append(' ').append(unit).append(value == 1 ? "" : "s");
        return value < 0;
    }
}
