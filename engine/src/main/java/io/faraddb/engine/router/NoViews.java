package io.faraddb.engine.router;

import io.faraddb.engine.error.InvariantViolation;
import io.faraddb.engine.ring.TokenRing;
import io.faraddb.engine.sql.exec.Views;
import io.faraddb.engine.storage.PartitionView;

/** For expressions that read no table. */
public final class NoViews implements Views {

    public static final NoViews INSTANCE = new NoViews();

    private NoViews() {}

    private static InvariantViolation noTable() {
        return new InvariantViolation("an expression without tables reads none");
    }

    @Override
    public TokenRing ring() {
        throw noTable();
    }

    @Override
    public PartitionView view(int partition) {
        throw noTable();
    }

    @Override
    public Views frozen() {
        return this;
    }

    @Override
    public int anyPartition() {
        throw noTable();
    }

    @Override
    public int partitionForNewRow() {
        throw noTable();
    }

    @Override
    public long nextRowId(int partition) {
        throw noTable();
    }
}
