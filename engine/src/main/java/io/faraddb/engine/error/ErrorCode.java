package io.faraddb.engine.error;

/**
 * Every error a client can meet, by SQLSTATE.
 *
 * <p>Source: PostgreSQL 15, Appendix A. FaradDB adds no class of its own.
 */
public enum ErrorCode {
    /** Of notices that tell of nothing wrong. */
    SUCCESSFUL_COMPLETION("00000", Category.USER),
    PROTOCOL_VIOLATION("08P01", Category.USER),
    TRANSACTION_RESOLUTION_UNKNOWN("08007", Category.RETRYABLE),
    CONNECTION_FAILURE("08006", Category.RETRYABLE),
    FEATURE_NOT_SUPPORTED("0A000", Category.USER),
    CARDINALITY_VIOLATION("21000", Category.USER),
    DATA_EXCEPTION("22000", Category.USER),
    STRING_DATA_RIGHT_TRUNCATION("22001", Category.USER),
    NUMERIC_VALUE_OUT_OF_RANGE("22003", Category.USER),
    NULL_VALUE_NOT_ALLOWED("22004", Category.USER),
    INVALID_DATETIME_FORMAT("22007", Category.USER),
    DATETIME_FIELD_OVERFLOW("22008", Category.USER),
    INVALID_TIME_ZONE_DISPLACEMENT("22009", Category.USER),
    DIVISION_BY_ZERO("22012", Category.USER),
    SUBSTRING_ERROR("22011", Category.USER),
    INTERVAL_FIELD_OVERFLOW("22015", Category.USER),
    INVALID_REGULAR_EXPRESSION("2201B", Category.USER),
    INVALID_ROW_COUNT_IN_LIMIT("2201W", Category.USER),
    INVALID_ROW_COUNT_IN_OFFSET("2201X", Category.USER),
    INVALID_ARGUMENT_FOR_LOGARITHM("2201E", Category.USER),
    INVALID_ARGUMENT_FOR_POWER("2201F", Category.USER),
    INVALID_ARGUMENT_FOR_WIDTH_BUCKET("2201G", Category.USER),
    CHARACTER_NOT_IN_REPERTOIRE("22021", Category.USER),
    INVALID_PARAMETER_VALUE("22023", Category.USER),
    INVALID_USE_OF_ESCAPE_CHARACTER("2200C", Category.USER),
    INVALID_ESCAPE_SEQUENCE("22025", Category.USER),
    ARRAY_SUBSCRIPT_ERROR("2202E", Category.USER),
    INVALID_TEXT_REPRESENTATION("22P02", Category.USER),
    INVALID_BINARY_REPRESENTATION("22P03", Category.USER),
    BAD_COPY_FILE_FORMAT("22P04", Category.USER),
    UNTRANSLATABLE_CHARACTER("22P05", Category.USER),
    NOT_NULL_VIOLATION("23502", Category.USER),
    FOREIGN_KEY_VIOLATION("23503", Category.USER),
    UNIQUE_VIOLATION("23505", Category.USER),
    CHECK_VIOLATION("23514", Category.USER),
    INVALID_CURSOR_STATE("24000", Category.USER),
    ACTIVE_SQL_TRANSACTION("25001", Category.USER),
    READ_ONLY_SQL_TRANSACTION("25006", Category.USER),
    NO_ACTIVE_SQL_TRANSACTION("25P01", Category.USER),
    IN_FAILED_SQL_TRANSACTION("25P02", Category.USER),
    IDLE_IN_TRANSACTION_SESSION_TIMEOUT("25P03", Category.RETRYABLE),
    INVALID_SQL_STATEMENT_NAME("26000", Category.USER),
    INVALID_AUTHORIZATION("28000", Category.USER),
    INVALID_PASSWORD("28P01", Category.USER),
    DEPENDENT_OBJECTS_STILL_EXIST("2BP01", Category.USER),
    INVALID_CURSOR_NAME("34000", Category.USER),
    EXTERNAL_ROUTINE_EXCEPTION("38000", Category.USER),
    INVALID_CATALOG_NAME("3D000", Category.USER),
    INVALID_SCHEMA_NAME("3F000", Category.USER),
    SERIALIZATION_FAILURE("40001", Category.RETRYABLE),
    SYNTAX_ERROR("42601", Category.USER),
    INSUFFICIENT_PRIVILEGE("42501", Category.USER),
    CANNOT_COERCE("42846", Category.USER),
    GROUPING_ERROR("42803", Category.USER),
    WINDOWING_ERROR("42P20", Category.USER),
    DATATYPE_MISMATCH("42804", Category.USER),
    INDETERMINATE_DATATYPE("42P18", Category.USER),
    AMBIGUOUS_PARAMETER("42P08", Category.USER),
    INVALID_RECURSION("42P19", Category.USER),
    INVALID_FOREIGN_KEY("42830", Category.USER),
    INVALID_NAME("42602", Category.USER),
    RESERVED_NAME("42939", Category.USER),
    INVALID_COLUMN_DEFINITION("42611", Category.USER),
    NAME_TOO_LONG("42622", Category.USER),
    UNDEFINED_COLUMN("42703", Category.USER),
    UNDEFINED_FUNCTION("42883", Category.USER),
    UNDEFINED_TABLE("42P01", Category.USER),
    UNDEFINED_PARAMETER("42P02", Category.USER),
    UNDEFINED_OBJECT("42704", Category.USER),
    DUPLICATE_COLUMN("42701", Category.USER),
    DUPLICATE_CURSOR("42P03", Category.USER),
    DUPLICATE_FUNCTION("42723", Category.USER),
    DUPLICATE_PREPARED_STATEMENT("42P05", Category.USER),
    DUPLICATE_TABLE("42P07", Category.USER),
    DUPLICATE_ALIAS("42712", Category.USER),
    DUPLICATE_OBJECT("42710", Category.USER),
    AMBIGUOUS_COLUMN("42702", Category.USER),
    AMBIGUOUS_FUNCTION("42725", Category.USER),
    INVALID_COLUMN_REFERENCE("42P10", Category.USER),
    INVALID_TABLE_DEFINITION("42P16", Category.USER),
    INVALID_OBJECT_DEFINITION("42P17", Category.USER),
    WRONG_OBJECT_TYPE("42809", Category.USER),
    INSUFFICIENT_RESOURCES("53000", Category.RESOURCE),
    DISK_FULL("53100", Category.RESOURCE),
    OUT_OF_MEMORY("53200", Category.RESOURCE),
    TOO_MANY_CONNECTIONS("53300", Category.RESOURCE),
    CONFIGURATION_LIMIT_EXCEEDED("53400", Category.RESOURCE),
    PROGRAM_LIMIT_EXCEEDED("54000", Category.USER),
    STATEMENT_TOO_COMPLEX("54001", Category.USER),
    TOO_MANY_COLUMNS("54011", Category.USER),
    TOO_MANY_ARGUMENTS("54023", Category.USER),
    OBJECT_NOT_IN_PREREQUISITE_STATE("55000", Category.USER),
    OBJECT_IN_USE("55006", Category.USER),
    LOCK_NOT_AVAILABLE("55P03", Category.RETRYABLE),
    QUERY_CANCELED("57014", Category.USER),
    ADMIN_SHUTDOWN("57P01", Category.RETRYABLE),
    CANNOT_CONNECT_NOW("57P03", Category.RETRYABLE),
    IO_ERROR("58030", Category.INTERNAL),
    DATA_CORRUPTED("XX001", Category.INTERNAL),
    INTERNAL_ERROR("XX000", Category.INTERNAL);

    /** Who can do something about an error. */
    public enum Category {
        /** The statement or its data is wrong. */
        USER,
        /** The same statement may succeed later. */
        RETRYABLE,
        /** A named limit or a full disk is in the way. */
        RESOURCE,
        /** A defect or a broken machine. */
        INTERNAL
    }

    private final String sqlState;
    private final Category category;

    ErrorCode(String sqlState, Category category) {
        this.sqlState = sqlState;
        this.category = category;
    }

    /** Five characters, as the protocol's C field carries them. */
    public String sqlState() {
        return sqlState;
    }

    public Category category() {
        return category;
    }
}
