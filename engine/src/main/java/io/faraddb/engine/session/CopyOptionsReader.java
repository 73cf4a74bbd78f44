package io.faraddb.engine.session;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.CopyOptions.Format;
import io.faraddb.engine.session.CopyOptions.Header;
import io.faraddb.engine.sql.parse.ast.Definition.Option;
import io.faraddb.engine.sql.parse.ast.UtilityStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options of COPY and refuses what contradicts itself, as PostgreSQL's {@code
 * ProcessCopyOptions} does.
 */
final class CopyOptionsReader {

    private static final Set<String> NAMES =
            Set.of(
                    "format",
                    "freeze",
                    "delimiter",
                    "null",
                    "header",
                    "quote",
                    "escape",
                    "force_quote",
                    "force_not_null",
                    "force_null",
                    "encoding");

    private static final List<String> CSV_ONLY =
            List.of("quote", "escape", "force_quote", "force_not_null", "force_null");

    /** In the text format these begin an escape, or are one. */
    private static final String NO_DELIMITERS = "\\.abcdefghijklmnopqrstuvwxyz0123456789";

    private final UtilityStatement.Copy copy;
    private final Map<String, Option> given = new HashMap<>();

    private CopyOptionsReader(UtilityStatement.Copy copy) {
        this.copy = copy;
        for (Option option : copy.options()) {
            String name = option.name().toLowerCase(Locale.ROOT);
            if (!NAMES.contains(name)) {
                throw error(
                        ErrorCode.SYNTAX_ERROR, "option \"" + name + "\" not recognized", option);
            }
            if (given.put(name, option) != null) {
                throw error(ErrorCode.SYNTAX_ERROR, "conflicting or redundant options", option);
            }
        }
    }

    static CopyOptions read(UtilityStatement.Copy copy) {
        CopyOptionsReader reader = new CopyOptionsReader(copy);
        CopyOptions options = reader.options();
        reader.check(options);
        return options;
    }

    private CopyOptions options() {
        CopyOptions usual = CopyOptions.of(format());
        checkFormatAllows(usual.format());
        checkEncoding();
        char quote = character("quote", usual.quote());
        Option nothing = given.get("null");
        return new CopyOptions(
                usual.format(),
                character("delimiter", usual.delimiter()),
                nothing == null ? usual.nullText() : value(nothing),
                header(),
                quote,
                character("escape", quote),
                columns("force_quote"),
                columns("force_not_null"),
                columns("force_null"));
    }

    private Format format() {
        Option option = given.get("format");
        if (option == null) {
            return Format.TEXT;
        }
        String name = value(option);
        return switch (name) {
            case "text" -> Format.TEXT;
            case "csv" -> Format.CSV;
            case "binary" -> Format.BINARY;
            default ->
                    throw error(
                            ErrorCode.INVALID_PARAMETER_VALUE,
                            "COPY format \"" + name + "\" not recognized",
                            option);
        };
    }

    private Header header() {
        Option option = given.get("header");
        if (option == null) {
            return Header.NONE;
        }
        String value = option.value();
        return switch (value == null ? "on" : value.toLowerCase(Locale.ROOT)) {
            case "true", "on", "1" -> Header.PRESENT;
            case "false", "off", "0" -> Header.NONE;
            case "match" -> {
                if (!copy.from()) {
                    throw unsupported("cannot use \"match\" with HEADER in COPY TO", option);
                }
                yield Header.MATCH;
            }
            default ->
                    throw error(
                            ErrorCode.SYNTAX_ERROR,
                            "header requires a Boolean value or \"match\"",
                            option);
        };
    }

    private void checkEncoding() {
        Option option = given.get("encoding");
        if (option != null && !value(option).replace("-", "").equalsIgnoreCase("utf8")) {
            throw SqlException.unsupported("encoding " + option.value()).at(option.position());
        }
    }

    private char character(String name, char usual) {
        Option option = given.get(name);
        if (option == null) {
            return usual;
        }
        String value = value(option);
        if (value.length() != 1 || value.charAt(0) > 0x7F) {
            throw unsupported("COPY " + name + " must be a single one-byte character", option);
        }
        return value.charAt(0);
    }

    private Set<String> columns(String name) {
        Option option = given.get(name);
        return option == null ? Set.of() : Set.copyOf(option.values());
    }

    private static String value(Option option) {
        String value = option.value();
        if (value == null) {
            throw error(ErrorCode.SYNTAX_ERROR, option.name() + " requires a parameter", option);
        }
        return value;
    }

    private void checkFormatAllows(Format format) {
        if (format == Format.BINARY) {
            refuse("delimiter", ErrorCode.SYNTAX_ERROR, "cannot specify DELIMITER in BINARY mode");
            refuse("null", ErrorCode.SYNTAX_ERROR, "cannot specify NULL in BINARY mode");
            refuse("header", "cannot specify HEADER in BINARY mode");
        }
        for (String name : CSV_ONLY) {
            if (format != Format.CSV) {
                refuse(name, "COPY " + name.replace('_', ' ') + " available only in CSV mode");
            }
        }
        if (copy.from()) {
            refuse("force_quote", "COPY force quote only available using COPY TO");
        } else {
            refuse("force_not_null", "COPY force not null only available using COPY FROM");
            refuse("force_null", "COPY force null only available using COPY FROM");
        }
    }

    private void refuse(String name, String why) {
        refuse(name, ErrorCode.FEATURE_NOT_SUPPORTED, why);
    }

    private void refuse(String name, ErrorCode code, String why) {
        Option option = given.get(name);
        if (option != null) {
            throw error(code, why, option);
        }
    }

    private void check(CopyOptions options) {
        char delimiter = options.delimiter();
        String nothing = options.nullText();
        boolean csv = options.format() == Format.CSV;
        if (delimiter == '\r' || delimiter == '\n') {
            throw invalid("COPY delimiter cannot be newline or carriage return", "delimiter");
        }
        if (nothing.indexOf('\r') >= 0 || nothing.indexOf('\n') >= 0) {
            throw invalid("COPY null representation cannot use newline or carriage return", "null");
        }
        if (!csv && NO_DELIMITERS.indexOf(delimiter) >= 0) {
            throw invalid("COPY delimiter cannot be \"" + delimiter + "\"", "delimiter");
        }
        if (csv && delimiter == options.quote()) {
            throw invalid("COPY delimiter and quote must be different", "quote");
        }
        if (nothing.indexOf(delimiter) >= 0) {
            throw unsupported(
                    "COPY delimiter must not appear in the NULL specification", place("null"));
        }
        if (csv && nothing.indexOf(options.quote()) >= 0) {
            throw unsupported(
                    "CSV quote character must not appear in the NULL specification", place("null"));
        }
    }

    /** The option, or another that there is: one of them made the contradiction. */
    private @Nullable Option place(String name) {
        Option option = given.get(name);
        return option != null || given.isEmpty() ? option : given.values().iterator().next();
    }

    private SqlException invalid(String message, String name) {
        return error(ErrorCode.INVALID_PARAMETER_VALUE, message, place(name));
    }

    private static SqlException unsupported(String message, @Nullable Option option) {
        return error(ErrorCode.FEATURE_NOT_SUPPORTED, message, option);
    }

    private static SqlException error(ErrorCode code, String message, @Nullable Option option) {
        SqlException error = new SqlException(code, message);
        return option == null ? error : error.at(option.position());
    }
}
