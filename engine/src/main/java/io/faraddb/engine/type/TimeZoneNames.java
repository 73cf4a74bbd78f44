package io.faraddb.engine.type;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Zones by name in any case, and PostgreSQL's usual abbreviations. */
final class TimeZoneNames {

    /** Hours of abbreviations, as in PostgreSQL's default set. */
    private static final Map<String, Double> ABBREVIATIONS =
            Map.ofEntries(
                    Map.entry("z", 0.0),
                    Map.entry("zulu", 0.0),
                    Map.entry("utc", 0.0),
                    Map.entry("ut", 0.0),
                    Map.entry("uct", 0.0),
                    Map.entry("gmt", 0.0),
                    Map.entry("wet", 0.0),
                    Map.entry("west", 1.0),
                    Map.entry("bst", 1.0),
                    Map.entry("cet", 1.0),
                    Map.entry("met", 1.0),
                    Map.entry("cest", 2.0),
                    Map.entry("mest", 2.0),
                    Map.entry("eet", 2.0),
                    Map.entry("eest", 3.0),
                    Map.entry("sast", 2.0),
                    Map.entry("eat", 3.0),
                    Map.entry("msk", 3.0),
                    Map.entry("msd", 4.0),
                    Map.entry("ist", 2.0),
                    Map.entry("idt", 3.0),
                    Map.entry("pkt", 5.0),
                    Map.entry("npt", 5.75),
                    Map.entry("ict", 7.0),
                    Map.entry("wib", 7.0),
                    Map.entry("hkt", 8.0),
                    Map.entry("sgt", 8.0),
                    Map.entry("awst", 8.0),
                    Map.entry("jst", 9.0),
                    Map.entry("kst", 9.0),
                    Map.entry("acst", 9.5),
                    Map.entry("acdt", 10.5),
                    Map.entry("aest", 10.0),
                    Map.entry("aedt", 11.0),
                    Map.entry("nzst", 12.0),
                    Map.entry("nzdt", 13.0),
                    Map.entry("brt", -3.0),
                    Map.entry("art", -3.0),
                    Map.entry("nst", -3.5),
                    Map.entry("ndt", -2.5),
                    Map.entry("ast", -4.0),
                    Map.entry("adt", -3.0),
                    Map.entry("est", -5.0),
                    Map.entry("edt", -4.0),
                    Map.entry("cst", -6.0),
                    Map.entry("cdt", -5.0),
                    Map.entry("mst", -7.0),
                    Map.entry("mdt", -6.0),
                    Map.entry("pst", -8.0),
                    Map.entry("pdt", -7.0),
                    Map.entry("akst", -9.0),
                    Map.entry("akdt", -8.0),
                    Map.entry("hst", -10.0));

    private TimeZoneNames() {}

    /** Made on first use: half a thousand names. */
    private static final class Regions {
        static final Map<String, String> BY_LOWER_NAME = read();

        private static Map<String, String> read() {
            Map<String, String> names = new HashMap<>();
            for (String id : ZoneId.getAvailableZoneIds()) {
                names.put(id.toLowerCase(Locale.ROOT), id);
            }
            return Map.copyOf(names);
        }
    }

    static @Nullable ZoneOffset abbreviation(String lowerName) {
        Double hours = ABBREVIATIONS.get(lowerName);
        return hours == null ? null : ZoneOffset.ofTotalSeconds((int) (hours * 3600));
    }

    static @Nullable ZoneId region(String lowerName) {
        String id = Regions.BY_LOWER_NAME.get(lowerName);
        return id == null ? null : ZoneId.of(id);
    }

    /** A region, an abbreviation, or a signed number of hours or hours and minutes. */
    static @Nullable ZoneId find(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        ZoneId region = region(lower);
        if (region != null) {
            return region;
        }
        ZoneOffset abbreviation = abbreviation(lower);
        if (abbreviation != null) {
            return abbreviation;
        }
        boolean number =
                !lower.isEmpty() && lower.chars().allMatch(c -> "+-:.0123456789".indexOf(c) >= 0);
        if (!number) {
            return null;
        }
        try {
            if (lower.indexOf(':') > 0) {
                char first = lower.charAt(0);
                return ZoneOffset.of(first == '+' || first == '-' ? lower : "+" + lower);
            }
            return ZoneOffset.ofTotalSeconds((int) Math.round(Double.parseDouble(lower) * 3600));
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }
}
