package io.faraddb.engine.ring;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.InvariantViolation;
import io.faraddb.engine.type.KeyWriter;
import io.faraddb.engine.type.TypeKind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ring of tokens that names a key's partition.
 *
 * <p>16384 tokens lie evenly over the signed 32-bit hashes; a hash belongs to the greatest token
 * that is not greater. The first token is the least integer, so nothing wraps. Hashes are those of
 * VoltDB's clients: integers by their 8 little-endian bytes, strings by UTF-8, null in partition 0.
 */
public final class TokenRing {

    public static final int TOKENS = 16384;

    private static final int HASHES_PER_TOKEN_BITS = 18;

    private final int partitions;

    /**
     * @param partitions at least 1, at most {@link #TOKENS}
     */
    public TokenRing(int partitions) {
        Invariant.check(partitions > 0 && partitions <= TOKENS, "partitions in 1..%d", TOKENS);
        this.partitions = partitions;
    }

    public int partitions() {
        return partitions;
    }

    /** The token at a place on the ring, ascending. */
    public int token(int place) {
        return Integer.MIN_VALUE + (place << HASHES_PER_TOKEN_BITS);
    }

    /** Who owns the token at a place on the ring. */
    public int partitionOfToken(int place) {
        return place % partitions;
    }

    private int partitionOfHash(int hash) {
        return partitionOfToken((hash - Integer.MIN_VALUE) >>> HASHES_PER_TOKEN_BITS);
    }

    /**
     * The partition of a value of a partitioning column.
     *
     * @param kind of the column
     * @param value as {@link TypeKind} documents it
     */
    public int partitionOf(TypeKind kind, @Nullable Object value) {
        if (value == null) {
            return 0;
        }
        return partitionOfHash(
                switch (value) {
                    case Long number -> Murmur3.hash(number);
                    case String text -> Murmur3.hash(utf8(kind, text));
                    case byte[] bytes -> Murmur3.hash(bytes);
                    case Boolean truth -> Murmur3.hash(truth ? 1 : 0);
                    case Double number -> Murmur3.hash(Double.doubleToLongBits(number + 0.0));
                    case Float number -> Murmur3.hash(Double.doubleToLongBits(number + 0.0));
                    case BigDecimal number ->
                            Murmur3.hash(
                                    new KeyWriter()
                                            .value(TypeKind.NUMERIC, number, false)
                                            .toBytes());
                    case UUID id ->
                            Murmur3.hash(new KeyWriter().value(TypeKind.UUID, id, false).toBytes());
                    default -> throw new InvariantViolation("a partitioning column of that class");
                });
    }

    private static byte[] utf8(TypeKind kind, String text) {
        String counted = kind == TypeKind.CHAR ? text.stripTrailing() : text;
        return counted.getBytes(StandardCharsets.UTF_8);
    }
}
