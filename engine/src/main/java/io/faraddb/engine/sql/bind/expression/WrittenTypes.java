package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.SqlTypeNames;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.TypeName;
import io.faraddb.engine.type.SqlType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Types as they are written, with what stands in parentheses behind them. */
public final class WrittenTypes {

    /** Characters that a varchar(n) or char(n) may be declared for, as in PostgreSQL. */
    public static final int LENGTH_MAX = 10_485_760;

    public static final int PRECISION_MAX = 1_000;

    /** Digits of a second that a time keeps. */
    private static final int SECOND_DIGITS = 6;

    /** Types of PostgreSQL's and VoltDB's that FaradDB has not got. */
    private static final Set<String> UNSUPPORTED =
            Set.of(
                    "aclitem",
                    "bigserial",
                    "bit",
                    "box",
                    "cidr",
                    "circle",
                    "geography",
                    "geography_point",
                    "inet",
                    "int2vector",
                    "int4range",
                    "int8range",
                    "json",
                    "jsonb",
                    "jsonpath",
                    "line",
                    "lseg",
                    "macaddr",
                    "macaddr8",
                    "money",
                    "numrange",
                    "oidvector",
                    "path",
                    "pg_lsn",
                    "pg_snapshot",
                    "point",
                    "polygon",
                    "regcollation",
                    "regconfig",
                    "regdictionary",
                    "regoper",
                    "regoperator",
                    "regprocedure",
                    "regrole",
                    "serial",
                    "serial2",
                    "serial4",
                    "serial8",
                    "smallserial",
                    "daterange",
                    "timetz",
                    "tsquery",
                    "tsrange",
                    "tstzrange",
                    "tsvector",
                    "txid_snapshot",
                    "varbit",
                    "xid8",
                    "xml");

    private WrittenTypes() {}

    /** A type by its name in pg_type or VoltDB's; null if there is none. */
    private static @Nullable SqlType find(String name) {
        return switch (name) {
            // CHAR without quotes arrives as bpchar.
            case "char" -> SqlType.INTERNAL_CHAR;
            case "tinyint" -> SqlType.SMALLINT;
            case "varbinary" -> SqlType.BYTEA;
            // SQL's spellings that are no names in pg_type.
            case "boolean", "int", "integer", "smallint", "bigint", "real", "float" -> null;
            case "decimal", "double precision", "character varying", "character" -> null;
            default -> SqlTypeNames.find(name);
        };
    }

    /**
     * The type that was written.
     *
     * @throws SqlException 42704 if there is none of that name, 0A000 if FaradDB has not got it
     */
    public static SqlType resolve(TypeName written) {
        QualifiedName name = written.name();
        String schema = name.schema();
        SqlType type =
                schema == null || schema.equals("pg_catalog") || schema.equals("information_schema")
                        ? find(name.name())
                        : null;
        if (type == null) {
            if (UNSUPPORTED.contains(name.name())) {
                throw SqlException.unsupported("type " + name.name()).at(written.position());
            }
            throw new SqlException(
                            ErrorCode.UNDEFINED_OBJECT, "type \"" + name + "\" does not exist")
                    .at(written.position());
        }
        if (written.setOf()) {
            throw SqlException.unsupported("SETOF").at(written.position());
        }
        SqlType modified = modified(type, written);
        // PostgreSQL does not tell arrays of one dimension from those of several.
        return written.arrayDimensions() == 0 ? modified : SqlType.array(modified);
    }

    private static SqlType modified(SqlType type, TypeName written) {
        if (written.intervalFields() != null) {
            throw SqlException.unsupported("interval " + written.intervalFields())
                    .at(written.position());
        }
        List<Expression> modifiers = written.modifiers();
        if (modifiers.isEmpty()) {
            return type;
        }
        return switch (type.kind()) {
            case VARCHAR -> SqlType.varchar(length(written));
            case CHAR -> SqlType.character(length(written));
            case NUMERIC -> numeric(written);
            case TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> {
                if (only(written) < SECOND_DIGITS) {
                    throw SqlException.unsupported(
                                    type.kind().sqlName() + " of fewer digits than microseconds")
                            .at(written.position());
                }
                yield type;
            }
            case BYTEA -> {
                if (written.name().name().equals("varbinary")) {
                    throw SqlException.unsupported("varbinary with a length")
                            .hint("Use bytea, and a CHECK on length() if it matters.")
                            .at(written.position());
                }
                throw noModifier(written);
            }
            default -> throw noModifier(written);
        };
    }

    private static SqlException noModifier(TypeName written) {
        return new SqlException(
                        ErrorCode.SYNTAX_ERROR,
                        "type modifier is not allowed for type \"" + written.name().name() + "\"")
                .at(written.position());
    }

    private static int length(TypeName written) {
        int length = only(written);
        String name = written.name().name().equals("bpchar") ? "char" : "varchar";
        if (length < 1) {
            throw invalid(written, "length for type " + name + " must be at least 1");
        }
        if (length > LENGTH_MAX) {
            throw invalid(written, "length for type " + name + " cannot exceed " + LENGTH_MAX);
        }
        return length;
    }

    private static SqlType numeric(TypeName written) {
        List<Expression> modifiers = written.modifiers();
        if (modifiers.size() > 2) {
            throw invalid(written, "invalid NUMERIC type modifier");
        }
        int precision = number(modifiers.get(0), written);
        int scale = modifiers.size() > 1 ? number(modifiers.get(1), written) : 0;
        if (precision < 1 || precision > PRECISION_MAX) {
            throw invalid(
                    written,
                    "NUMERIC precision " + precision + " must be between 1 and " + PRECISION_MAX);
        }
        if (scale < 0 || scale > precision) {
            throw invalid(
                    written,
                    "NUMERIC scale " + scale + " must be between 0 and precision " + precision);
        }
        return SqlType.numeric(precision, scale);
    }

    private static int only(TypeName written) {
        if (written.modifiers().size() != 1) {
            throw invalid(written, "invalid type modifier");
        }
        return number(written.modifiers().getFirst(), written);
    }

    private static int number(Expression modifier, TypeName written) {
        if (modifier instanceof Expression.NumberLiteral literal) {
            try {
                return Integer.parseInt(literal.digits());
            } catch (NumberFormatException notWhole) {
                throw invalid(written, "type modifiers must be simple constants or identifiers");
            }
        }
        throw invalid(written, "type modifiers must be simple constants or identifiers");
    }

    private static SqlException invalid(TypeName written, String message) {
        return new SqlException(ErrorCode.INVALID_PARAMETER_VALUE, message).at(written.position());
    }
}
