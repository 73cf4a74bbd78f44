package io.faraddb.engine.sql.function.library;

import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Types as the resolution of names looks at them. */
final class Types {

    private Types() {}

    /** Without modifiers, its own and its elements'. */
    static SqlType bare(SqlType type) {
        SqlType element = type.element();
        return element == null ? type.unmodified() : SqlType.array(bare(element));
    }

    static List<SqlType> bare(List<SqlType> types) {
        List<SqlType> bare = new ArrayList<>(types.size());
        for (SqlType type : types) {
            bare.add(bare(type));
        }
        return bare;
    }
}
