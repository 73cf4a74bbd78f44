package io.faraddb.engine.sql.bind;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.SqlTypeNames;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.TypeName;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.List;

/** Types as they are written, with their modifiers. */
public final class TypeResolver {

    private static final int LENGTH_MAX = 10_485_760;
    private static final int PRECISION_MAX = 1_000;

    private TypeResolver() {}

    /**
     * @throws SqlException 42704 if there is no such type
     */
    public static SqlType resolve(TypeName name) {
        SqlType type = SqlTypeNames.find(name.name().name());
        boolean internalChar =
                "\"char\"".equals(name.name().name())
                        || ("char".equals(name.name().name()) && name.name().parts().size() == 1);
        if (internalChar) {
            type = SqlType.INTERNAL_CHAR;
        }
        if (type == null || name.setOf()) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_OBJECT,
                            "type \"" + name.name().name() + "\" does not exist")
                    .at(name.position());
        }
        SqlType modified = modified(type, name);
        for (int i = 0; i < Math.min(1, name.arrayDimensions()); i++) {
            modified = SqlType.array(modified);
        }
        return modified;
    }

    private static SqlType modified(SqlType type, TypeName name) {
        List<Integer> modifiers = name.modifiers().stream().map(TypeResolver::modifier).toList();
        return switch (type.kind()) {
            case VARCHAR -> modifiers.isEmpty() ? type : SqlType.varchar(length(modifiers, name));
            case CHAR -> modifiers.isEmpty() ? type : SqlType.character(length(modifiers, name));
            case NUMERIC -> modifiers.isEmpty() ? type : numeric(modifiers, name);
            default -> {
                if (!modifiers.isEmpty()) {
                    throw unsupportedModifier(type, name);
                }
                yield type;
            }
        };
    }

    private static SqlException unsupportedModifier(SqlType type, TypeName name) {
        boolean temporal =
                type.kind() == TypeKind.TIME
                        || type.kind() == TypeKind.TIMESTAMP
                        || type.kind() == TypeKind.TIMESTAMPTZ
                        || type.kind() == TypeKind.INTERVAL;
        return temporal
                ? SqlException.unsupported("a precision of " + type)
                        .hint("Leave it out: microseconds are kept.")
                        .at(name.position())
                : new SqlException(
                                ErrorCode.SYNTAX_ERROR,
                                "type modifier is not allowed for type \"" + type + "\"")
                        .at(name.position());
    }

    private static int modifier(Expression expression) {
        if (expression instanceof Expression.NumberLiteral number) {
            try {
                return Integer.parseInt(number.digits());
            } catch (NumberFormatException fraction) {
                throw invalid(expression);
            }
        }
        throw invalid(expression);
    }

    private static SqlException invalid(Expression expression) {
        return new SqlException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "type modifiers must be simple constants or identifiers")
                .at(expression.position());
    }

    private static int length(List<Integer> modifiers, TypeName name) {
        int length = modifiers.getFirst();
        if (modifiers.size() > 1 || length < 1 || length > LENGTH_MAX) {
            throw new SqlException(
                            ErrorCode.INVALID_PARAMETER_VALUE,
                            "length for type " + name.name().name() + " must be 1 to " + LENGTH_MAX)
                    .at(name.position());
        }
        return length;
    }

    private static SqlType numeric(List<Integer> modifiers, TypeName name) {
        int precision = modifiers.getFirst();
        int scale = modifiers.size() > 1 ? modifiers.get(1) : 0;
        if (precision < 1 || precision > PRECISION_MAX || scale < 0 || scale > precision) {
            throw new SqlException(
                            ErrorCode.INVALID_PARAMETER_VALUE,
                            "NUMERIC precision %d must be between 1 and %d and its scale between"
                                            .formatted(precision, PRECISION_MAX)
                                    + " 0 and its precision")
                    .at(name.position());
        }
        return SqlType.numeric(precision, scale);
    }
}
