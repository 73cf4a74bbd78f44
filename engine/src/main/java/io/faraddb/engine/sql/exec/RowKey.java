package io.faraddb.engine.sql.exec;

import io.faraddb.engine.type.KeyWriter;
import io.faraddb.engine.type.TypeKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values as bytes that are equal when the values are, for hash tables. */
public final class RowKey {

    private static final int BYTES_MAX = 1 << 28;

    private final byte[] bytes;
    private final int hash;

    private RowKey(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    public static KeyWriter writer() {
        return new KeyWriter(BYTES_MAX);
    }

    /** Nulls are equal to each other. */
    public static RowKey of(KeyWriter writer, TypeKind[] kinds, @Nullable Object[] values) {
        writer.reset();
        for (int i = 0; i < kinds.length; i++) {
            writer.nullable(kinds[i], values[i], false);
        }
        return new RowKey(writer.toBytes());
    }

    /** Null if a value is null: it equals nothing. */
    public static @Nullable RowKey ofValues(
            KeyWriter writer, TypeKind[] kinds, @Nullable Object[] values) {
        for (Object value : values) {
            if (value == null) {
                return null;
            }
        }
        return of(writer, kinds, values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
