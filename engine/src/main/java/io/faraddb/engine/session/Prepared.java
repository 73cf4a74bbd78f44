package io.faraddb.engine.session;

import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that was parsed and planned. Immutable; may be used by other sessions of the engine.
 */
public interface Prepared {

    String sql();

    /** Whether there is no statement in it. */
    boolean empty();

    List<SqlType> parameters();

    /** Columns of its rows; null if it gives none. */
    @Nullable List<Field> fields();
}
