package io.faraddb.engine.schema;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.parse.ast.Definition;
import java.util.Locale;
import java.util.Set;

/** Options of WITH (...) in definitions. */
final class SchemaOptions {

    /** Settings of PostgreSQL's storage on disk, which has no counterpart: said in a notice. */
    private static final Set<String> HARMLESS = Set.of("fillfactor", "autovacuum_enabled");

    private SchemaOptions() {}

    static boolean harmless(Definition.Option option) {
        return HARMLESS.contains(option.name());
    }

    static void requireHarmless(Definition.Option option) {
        if (!harmless(option)) {
            throw new SqlException(
                            ErrorCode.INVALID_PARAMETER_VALUE,
                            "unrecognized parameter \"" + option.name() + "\"")
                    .at(option.position());
        }
    }

    static boolean truth(Definition.Option option) {
        String value = option.value();
        if (value == null) {
            return true;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0" -> false;
            default ->
                    throw new SqlException(
                                    ErrorCode.INVALID_PARAMETER_VALUE,
                                    "invalid value for boolean option \"%s\": %s"
                                            .formatted(option.name(), value))
                            .at(option.position());
        };
    }
}
