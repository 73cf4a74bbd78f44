package io.faraddb.engine.sql.optimize;

import io.faraddb.engine.sql.bind.Relation;
import java.util.List;
import org.apache.calcite.plan.RelOptAbstractTable;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * A relation that Calcite takes as it is: a table with its filters, or anything it does not see.
 */
final class BoundTable extends RelOptAbstractTable {

    private final Relation relation;
    private final double rows;
    private final List<ImmutableBitSet> keys;

    /**
     * @param number unlike that of any other in the query, so that two are never taken for one
     * @param keys places of columns that no two rows have the same of
     */
    BoundTable(
            Relation relation,
            int number,
            RelDataType rowType,
            double rows,
            List<ImmutableBitSet> keys) {
        super(null, "r" + number, rowType);
        this.relation = relation;
        this.rows = rows;
        this.keys = List.copyOf(keys);
    }

    Relation relation() {
        return relation;
    }

    @Override
    public double getRowCount() {
        return rows;
    }

    @Override
    public boolean isKey(ImmutableBitSet columns) {
        return keys.stream().anyMatch(columns::contains);
    }

    @Override
    public List<ImmutableBitSet> getKeys() {
        return keys;
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> wanted) {
        return wanted.isInstance(this) ? wanted.cast(this) : super.unwrap(wanted);
    }
}
