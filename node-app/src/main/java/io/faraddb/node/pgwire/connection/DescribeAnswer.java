package io.faraddb.node.pgwire.connection;

import io.faraddb.engine.session.Prepared;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.node.pgwire.codec.BackendWriter;
import java.util.List;

/**
 * Tells the shape of a statement or of a portal's rows.
 *
 * @param withParameters for a statement
 */
record DescribeAnswer(Prepared prepared, boolean withParameters, short[] formats)
        implements Answer {

    @Override
    public Progress write(Output out) {
        if (withParameters) {
            BackendWriter.parameterDescription(out.buffer(), prepared.parameters());
        }
        List<Field> fields = prepared.fields();
        if (fields == null) {
            BackendWriter.noData(out.buffer());
        } else {
            BackendWriter.rowDescription(out.buffer(), fields, formats);
        }
        return Progress.DONE;
    }
}
