package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The types of a statement's parameters, found out while it is bound. */
public final class Parameters {

    private final List<SqlType> types;
    private final BitSet literals = new BitSet();

    /**
     * @param known types that the client gave; unknown for those to infer
     */
    public Parameters(List<SqlType> known) {
        this.types = new ArrayList<>(known);
    }

    /** What is known of a parameter's type. */
    SqlType type(int index) {
        while (types.size() <= index) {
            types.add(SqlType.UNKNOWN);
        }
        return types.get(index);
    }

    /** Settles a parameter's type. */
    void infer(int index, SqlType type, int position) {
        SqlType known = type(index);
        if (known.kind() == TypeKind.UNKNOWN) {
            types.set(index, type);
        } else if (!known.equals(type)) {
            throw new SqlException(
                            ErrorCode.AMBIGUOUS_PARAMETER,
                            "inconsistent types deduced for parameter $" + (index + 1))
                    .detail(known + " versus " + type)
                    .at(position);
        }
    }

    /** Says that a parameter is a literal that was lifted out of the text. */
    void markLiteral(int index) {
        literals.set(index);
    }

    /**
     * All types, for the bound statement. Literals that nothing else is known of are text.
     *
     * @param count how many parameters there are at least
     * @throws SqlException 42P18 if one stayed unknown
     */
    public List<SqlType> settled(int count) {
        for (int i = 0; i < Math.max(count, types.size()); i++) {
            if (type(i).kind() == TypeKind.UNKNOWN) {
                if (!literals.get(i)) {
                    throw new SqlException(
                            ErrorCode.INDETERMINATE_DATATYPE,
                            "could not determine data type of parameter $" + (i + 1));
                }
                types.set(i, SqlType.TEXT);
            }
        }
        return List.copyOf(types);
    }
}
