package io.faraddb.engine.session;

import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.parse.ast.SessionStatement;
import io.faraddb.engine.sql.parse.ast.Statement;
import io.faraddb.engine.sql.parse.ast.UtilityStatement;
import io.faraddb.engine.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of commands that give rows. */
final class CommandFields {

    static final List<Field> EXPLAIN = List.of(Field.computed("QUERY PLAN", SqlType.TEXT));

    static final List<Field> SHOW_ALL =
            List.of(
                    Field.computed("name", SqlType.TEXT),
                    Field.computed("setting", SqlType.TEXT),
                    Field.computed("description", SqlType.TEXT));

    private CommandFields() {}

    /** Null for a command that gives no rows. */
    static @Nullable List<Field> of(Statement statement) {
        return switch (statement) {
            case UtilityStatement.Explain explain -> EXPLAIN;
            case SessionStatement.ShowVariable show -> show(show.name());
            default -> null;
        };
    }

    private static List<Field> show(@Nullable String name) {
        return name == null ? SHOW_ALL : List.of(Field.computed(name, SqlType.TEXT));
    }
}
