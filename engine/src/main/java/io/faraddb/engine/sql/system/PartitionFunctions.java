package io.faraddb.engine.sql.system;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.ring.PartitionKeys;
import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;

/**
 * Where values live: {@code partition_key(value)} is an integer that falls on the same partition as
 * the value. A table that is partitioned by such an integer keeps one row for each partition, which
 * a procedure of one partition can read and write beside the rows of its own.
 */
public final class PartitionFunctions implements FunctionSource {

    private final PartitionKeys keys;

    public PartitionFunctions(PartitionKeys keys) {
        this.keys = keys;
    }

    @Override
    public void define(Definitions to) {
        to.typed("partition_key(any) -> int4 lenient", (types, result) -> body(types.getFirst()));
    }

    private Function.Body body(SqlType type) {
        // A literal that nothing else is known of is text.
        TypeKind kind = type.kind() == TypeKind.UNKNOWN ? TypeKind.TEXT : type.kind();
        if (!kind.isColumnType()) {
            throw new SqlException(
                            ErrorCode.WRONG_OBJECT_TYPE,
                            "no table is partitioned by values of type " + type)
                    .hint("Cast the value to the type of the partitioning column.");
        }
        return (arguments, calls) -> keys.of(kind, arguments[0]);
    }
}
