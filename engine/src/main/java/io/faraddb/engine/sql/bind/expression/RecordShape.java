package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.type.SqlType;
import java.util.List;

/** The fields of a record, which its type does not tell. */
public record RecordShape(List<String> names, List<SqlType> types) {

    /** The place of a field; -1 if there is none of that name. */
    public int indexOf(String name) {
        return names.indexOf(name);
    }
}
