package io.faraddb.engine.session;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a session tells its front end beside results. Called on threads of the engine. */
public interface SessionListener {

    /**
     * @param severity NOTICE, WARNING, INFO
     */
    void notice(String severity, SqlException notice);

    /** A reported setting has a new value. */
    void settingChanged(Session.Setting setting);

    /**
     * COPY FROM STDIN begins: called on a virtual thread, may block until the client has sent all.
     *
     * @param table name of the table that they go to, for errors
     * @param fields the columns that come
     * @param sink takes each row
     * @throws SqlException when the data is bad or the client gives up; all of it is rolled back
     */
    void copyIn(String table, List<Field> fields, CopyOptions options, RowSink sink);

    /** Takes rows of values as {@link io.faraddb.engine.type.TypeKind} documents them. */
    interface RowSink {
        void row(@Nullable Object[] values);
    }
}
