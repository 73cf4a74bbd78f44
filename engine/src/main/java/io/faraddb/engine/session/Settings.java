package io.faraddb.engine.session;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.FormatSettings;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A session's settings, by PostgreSQL's names. A value that would change nothing is taken, one that
 * FaradDB can't follow is refused.
 */
final class Settings {

    private static final int CUSTOM_MAX = 1_000;

    private static final Set<String> REPORTED =
            Set.of(
                    "server_version",
                    "server_encoding",
                    "client_encoding",
                    "DateStyle",
                    "IntervalStyle",
                    "TimeZone",
                    "integer_datetimes",
                    "standard_conforming_strings",
                    "application_name",
                    "is_superuser",
                    "session_authorization",
                    "default_transaction_read_only",
                    "in_hot_standby");

    private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("server_version", "15.0 (FaradDB)");
        DEFAULTS.put("server_version_num", "150000");
        DEFAULTS.put("server_encoding", "UTF8");
        DEFAULTS.put("client_encoding", "UTF8");
        DEFAULTS.put("DateStyle", "ISO, MDY");
        DEFAULTS.put("IntervalStyle", "postgres");
        DEFAULTS.put("TimeZone", "UTC");
        DEFAULTS.put("integer_datetimes", "on");
        DEFAULTS.put("standard_conforming_strings", "on");
        DEFAULTS.put("application_name", "");
        DEFAULTS.put("is_superuser", "on");
        DEFAULTS.put("session_authorization", "");
        DEFAULTS.put("default_transaction_read_only", "off");
        DEFAULTS.put("in_hot_standby", "off");
        DEFAULTS.put("search_path", "\"$user\", public");
        DEFAULTS.put("statement_timeout", "0");
        DEFAULTS.put("lock_timeout", "0");
        DEFAULTS.put("idle_in_transaction_session_timeout", "60000");
        DEFAULTS.put("client_min_messages", "notice");
        DEFAULTS.put("extra_float_digits", "1");
        DEFAULTS.put("bytea_output", "hex");
        DEFAULTS.put("row_security", "on");
        DEFAULTS.put("synchronize_seqscans", "on");
        DEFAULTS.put("check_function_bodies", "on");
        DEFAULTS.put("default_transaction_isolation", "serializable");
        DEFAULTS.put("transaction_isolation", "serializable");
        DEFAULTS.put("transaction_read_only", "off");
        DEFAULTS.put("transaction_deferrable", "off");
        DEFAULTS.put("default_transaction_deferrable", "off");
        DEFAULTS.put("max_identifier_length", "63");
        DEFAULTS.put("max_index_keys", "32");
        DEFAULTS.put("block_size", "8192");
        DEFAULTS.put("synchronous_commit", "on");
        DEFAULTS.put("wal_level", "logical");
        DEFAULTS.put("lc_collate", "C");
        DEFAULTS.put("lc_ctype", "C");
        DEFAULTS.put("escape_string_warning", "on");
        DEFAULTS.put("farad.pipeline_order", "session");
    }

    private static final Set<String> READ_ONLY =
            Set.of(
                    "server_version",
                    "server_version_num",
                    "server_encoding",
                    "integer_datetimes",
                    "is_superuser",
                    "in_hot_standby",
                    "max_identifier_length",
                    "max_index_keys",
                    "block_size",
                    "wal_level",
                    "lc_collate",
                    "lc_ctype");

    private final Map<String, String> initial = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final FormatSettings.ObjectNames names;
    private final LongSupplier nowMicros;
    private volatile ZoneId zone = ZoneId.of("UTC");
    // Derived from the values, since every statement asks, on any thread.
    private volatile FormatSettings formats = FormatSettings.DEFAULT;
    private volatile boolean orderedByPartition;
    private volatile boolean readOnlyByDefault;
    private volatile long statementTimeoutMillis;

    /**
     * @param names what regclass and its like print
     * @param nowMicros what 'now' as a value's text means
     */
    Settings(String user, FormatSettings.ObjectNames names, LongSupplier nowMicros) {
        this.names = names;
        this.nowMicros = nowMicros;
        initial.putAll(DEFAULTS);
        initial.put("session_authorization", user);
        values.putAll(initial);
        derive();
    }

    /** At the start of a session: what the client asks for becomes what RESET goes back to. */
    void begin(Map<String, String> wanted) {
        wanted.forEach((name, value) -> {
            set(name, value);
            initial.put(name, get(name));
        });
    }

    /** As SHOW prints it; 42704 if there is none of that name. */
    String get(String name) {
        String value = find(name);
        if (value == null) {
            throw unknown(name);
        }
        return value;
    }

    @Nullable String find(String name) {
        return values.get(name.equalsIgnoreCase("time zone") ? "TimeZone" : name);
    }

    /** In order; a copy, since settings may change meanwhile. */
    List<String> names() {
        return List.copyOf(values.keySet());
    }

    ZoneId zone() {
        return zone;
    }

    /** What values' texts depend on. */
    FormatSettings formats() {
        return formats;
    }

    /** farad.pipeline_order: whether only statements of one partition keep their order. */
    boolean orderedByPartition() {
        return orderedByPartition;
    }

    /** default_transaction_read_only. */
    boolean readOnlyByDefault() {
        return readOnlyByDefault;
    }

    /** statement_timeout; 0 for none. */
    long statementTimeoutMillis() {
        return statementTimeoutMillis;
    }

    private void derive() {
        formats =
                new FormatSettings(
                        zone,
                        get("bytea_output").equals("escape"),
                        Integer.parseInt(get("extra_float_digits")),
                        names,
                        nowMicros);
        orderedByPartition = get("farad.pipeline_order").equals("partition");
        readOnlyByDefault = get("default_transaction_read_only").equals("on");
        statementTimeoutMillis = Long.parseLong(get("statement_timeout"));
    }

    private static SqlException unknown(String name) {
        return new SqlException(
                ErrorCode.UNDEFINED_OBJECT,
                "unrecognized configuration parameter \"" + name + "\"");
    }

    /**
     * Sets a value.
     *
     * @return the setting to report to the client; null if it is none of those
     */
    Session.@Nullable Setting set(String name, String value) {
        boolean known = values.containsKey(name);
        if (!known && (!name.contains(".") || values.size() > CUSTOM_MAX)) {
            throw unknown(name);
        }
        if (READ_ONLY.contains(name.toLowerCase(Locale.ROOT))) {
            if (value.equalsIgnoreCase(values.get(name))) {
                return null;
            }
            throw new SqlException(
                    ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "parameter \"" + name + "\" cannot be changed");
        }
        values.put(name, checked(name.toLowerCase(Locale.ROOT), value));
        derive();
        return reported(name);
    }

    /** Back to what the session began with. */
    Session.@Nullable Setting reset(String name) {
        String first = initial.get(name);
        if (first == null) {
            if (values.remove(name) == null && !name.contains(".")) {
                throw unknown(name);
            }
            return null;
        }
        return set(name, first);
    }

    List<Session.Setting> resetAll() {
        values.keySet().removeIf(name -> !initial.containsKey(name));
        values.putAll(initial);
        zone = ZoneId.of(get("TimeZone"));
        derive();
        return reported();
    }

    private Session.@Nullable Setting reported(String name) {
        for (String reported : REPORTED) {
            if (reported.equalsIgnoreCase(name)) {
                return new Session.Setting(reported, get(reported));
            }
        }
        return null;
    }

    List<Session.Setting> reported() {
        return DEFAULTS.keySet().stream()
                .filter(REPORTED::contains)
                .map(name -> new Session.Setting(name, get(name)))
                .toList();
    }

    Map<String, String> all() {
        return new TreeMap<>(values);
    }

    private String checked(String name, String value) {
        return switch (name) {
            case "client_encoding" -> encoding(value);
            case "timezone" -> zoneName(value);
            case "datestyle" -> dateStyle(value);
            case "intervalstyle" -> oneOf(name, value, "postgres");
            case "bytea_output" -> oneOf(name, value, "hex", "escape");
            case "standard_conforming_strings" -> oneOf(name, bool(name, value), "on");
            case "extra_float_digits" -> integer(name, value, -15, 3);
            case "farad.pipeline_order" -> oneOf(name, value, "session", "partition");
            case "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout" ->
                    Long.toString(millis(name, value));
            case "default_transaction_read_only",
                    "transaction_read_only",
                    "row_security",
                    "synchronize_seqscans",
                    "check_function_bodies",
                    "transaction_deferrable",
                    "default_transaction_deferrable",
                    "escape_string_warning" ->
                    bool(name, value);
            case "default_transaction_isolation", "transaction_isolation" -> isolation(value);
            default -> value;
        };
    }

    private static SqlException invalid(String name, String value) {
        return new SqlException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "invalid value for parameter \"%s\": \"%s\"".formatted(name, value));
    }

    private static String encoding(String value) {
        String plain = value.replace("'", "").replace("-", "").toUpperCase(Locale.ROOT);
        if (!plain.equals("UTF8") && !plain.equals("UNICODE")) {
            throw invalid("client_encoding", value).hint("FaradDB speaks UTF8 only.");
        }
        return "UTF8";
    }

    private String zoneName(String value) {
        try {
            zone = ZoneId.of(value.equalsIgnoreCase("utc") ? "UTC" : value, ZoneId.SHORT_IDS);
            return value;
        } catch (DateTimeException unknownZone) {
            throw invalid("TimeZone", value);
        }
    }

    private static String dateStyle(String value) {
        String upper = value.toUpperCase(Locale.ROOT).replace(" ", "");
        if (!upper.startsWith("ISO") && !upper.equals("MDY") && !upper.equals("DEFAULT")) {
            throw invalid("DateStyle", value).hint("FaradDB prints dates as ISO, MDY only.");
        }
        return "ISO, MDY";
    }

    private static String oneOf(String name, String value, String... allowed) {
        for (String candidate : allowed) {
            if (candidate.equalsIgnoreCase(value)) {
                return candidate;
            }
        }
        throw invalid(name, value).hint("Available values: " + String.join(", ", allowed) + ".");
    }

    private static String integer(String name, String value, int least, int most) {
        try {
            int number = Integer.parseInt(value.trim());
            if (number >= least && number <= most) {
                return Integer.toString(number);
            }
        } catch (NumberFormatException notNumber) {
            throw invalid(name, value);
        }
        throw invalid(name, value).hint("Valid values are " + least + " to " + most + ".");
    }

    static String bool(String name, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes", "1", "t" -> "on";
            case "off", "false", "no", "0", "f" -> "off";
            default ->
                    throw new SqlException(
                            ErrorCode.INVALID_PARAMETER_VALUE,
                            "parameter \"" + name + "\" requires a Boolean value");
        };
    }

    /** Every level gives serializable, and says so. */
    private static String isolation(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "read uncommitted", "read committed", "repeatable read", "serializable" ->
                    "serializable";
            default -> throw invalid("transaction_isolation", value);
        };
    }

    static long millis(String name, String value) {
        String text = value.trim().toLowerCase(Locale.ROOT);
        String digits = text.replaceAll("[a-z ]+$", "");
        long factor =
                switch (text.substring(digits.length()).trim()) {
                    case "", "ms" -> 1;
                    case "s" -> 1_000;
                    case "min" -> 60_000;
                    case "h" -> 3_600_000;
                    case "d" -> 86_400_000;
                    default -> throw invalid(name, value);
                };
        try {
            long amount = Math.multiplyExact(Long.parseLong(digits), factor);
            if (amount < 0 || amount > Integer.MAX_VALUE) {
                throw invalid(name, value);
            }
            return amount;
        } catch (NumberFormatException | ArithmeticException wrong) {
            throw invalid(name, value);
        }
    }
}
