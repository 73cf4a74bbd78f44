package io.faraddb.engine.sql.function.time;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.number.Integers;
import io.faraddb.engine.type.Interval;

/** Arithmetic of intervals. */
final class Intervals {

    private static final int DAYS_PER_MONTH = 30;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final double LONG_LIMIT = 0x1p63;

    private Intervals() {}

    static SqlException outOfRange() {
        return Times.overflow("interval out of range");
    }

    private static int checkedInt(long value) {
        if (value != (int) value) {
            throw outOfRange();
        }
        return (int) value;
    }

    static Interval add(Interval a, Interval b) {
        long micros = a.micros() + b.micros();
        if (((a.micros() ^ micros) & (b.micros() ^ micros)) < 0) {
            throw outOfRange();
        }
        return new Interval(
                checkedInt((long) a.months() + b.months()),
                checkedInt((long) a.days() + b.days()),
                micros);
    }

    static Interval subtract(Interval a, Interval b) {
        long micros = a.micros() - b.micros();
        if (((a.micros() ^ b.micros()) & (a.micros() ^ micros)) < 0) {
            throw outOfRange();
        }
        return new Interval(
                checkedInt((long) a.months() - b.months()),
                checkedInt((long) a.days() - b.days()),
                micros);
    }

    static Interval negate(Interval a) {
        return subtract(new Interval(0, 0, 0), a);
    }

    static Interval multiply(Interval a, double factor) {
        return scaled(a.months() * factor, a.days() * factor, a.micros() * factor);
    }

    static Interval divide(Interval a, double divisor) {
        if (divisor == 0) {
            throw Integers.divisionByZero();
        }
        return scaled(a.months() / divisor, a.days() / divisor, a.micros() / divisor);
    }

    /** Carries fractions of months down to days and fractions of days down to seconds. */
    private static Interval scaled(double months, double days, double micros) {
        int wholeMonths = truncated(months);
        int wholeDays = truncated(days);
        double monthDays = rounded((months - wholeMonths) * DAYS_PER_MONTH);
        double seconds =
                rounded((days - wholeDays + monthDays - (int) monthDays) * SECONDS_PER_DAY);
        long dayCount = wholeDays;
        if (Math.abs(seconds) >= SECONDS_PER_DAY) {
            dayCount += (int) (seconds / SECONDS_PER_DAY);
            seconds -= (int) (seconds / SECONDS_PER_DAY) * (double) SECONDS_PER_DAY;
        }
        dayCount += (int) monthDays;
        double time = Math.rint(micros + seconds * Times.MICROS_PER_SECOND);
        if (Double.isNaN(time) || time < -LONG_LIMIT || time >= LONG_LIMIT) {
            throw outOfRange();
        }
        return new Interval(wholeMonths, checkedInt(dayCount), (long) time);
    }

    private static int truncated(double value) {
        if (Double.isNaN(value) || value > Integer.MAX_VALUE || value < Integer.MIN_VALUE) {
            throw outOfRange();
        }
        return (int) value;
    }

    private static double rounded(double value) {
        return Math.rint(value * Times.MICROS_PER_SECOND) / Times.MICROS_PER_SECOND;
    }

    /** Whole days out of the microseconds, both of one sign. */
    static Interval justifyHours(Interval a) {
        long days = a.days() + a.micros() / Times.MICROS_PER_DAY;
        long micros = a.micros() % Times.MICROS_PER_DAY;
        if (days > 0 && micros < 0) {
            micros += Times.MICROS_PER_DAY;
            days--;
        } else if (days < 0 && micros > 0) {
            micros -= Times.MICROS_PER_DAY;
            days++;
        }
        return new Interval(a.months(), checkedInt(days), micros);
    }

    /** Whole months of 30 days out of the days, both of one sign. */
    static Interval justifyDays(Interval a) {
        long months = (long) a.months() + a.days() / DAYS_PER_MONTH;
        int days = a.days() % DAYS_PER_MONTH;
        if (months > 0 && days < 0) {
            days += DAYS_PER_MONTH;
            months--;
        } else if (months < 0 && days > 0) {
            days -= DAYS_PER_MONTH;
            months++;
        }
        return new Interval(checkedInt(months), days, a.micros());
    }

    /** Both of the above, all parts of one sign. */
    static Interval justify(Interval a) {
        long days = a.days() + a.micros() / Times.MICROS_PER_DAY;
        long micros = a.micros() % Times.MICROS_PER_DAY;
        long months = a.months() + days / DAYS_PER_MONTH;
        days %= DAYS_PER_MONTH;
        if (months > 0 && (days < 0 || (days == 0 && micros < 0))) {
            days += DAYS_PER_MONTH;
            months--;
        } else if (months < 0 && (days > 0 || (days == 0 && micros > 0))) {
            days -= DAYS_PER_MONTH;
            months++;
        }
        if (days > 0 && micros < 0) {
            micros += Times.MICROS_PER_DAY;
            days--;
        } else if (days < 0 && micros > 0) {
            micros -= Times.MICROS_PER_DAY;
            days++;
        }
        return new Interval(checkedInt(months), (int) days, micros);
    }
}
