package io.faraddb.engine.schema;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.expression.WrittenTypes;
import io.faraddb.engine.sql.parse.ast.TypeName;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;

/** Types of columns as a definition writes them. */
final class DeclaredTypes {

    private DeclaredTypes() {}

    /**
     * @throws SqlException 42704 if there is no such type, 0A000 if columns can't have it
     */
    static SqlType of(TypeName name) {
        SqlType type = WrittenTypes.resolve(name);
        if (!type.kind().isColumnType()) {
            throw SqlException.unsupported("a column of type " + type).at(name.position());
        }
        boolean bareChar = type.kind() == TypeKind.CHAR && type.length() < 0;
        return bareChar ? SqlType.character(1) : type;
    }
}
