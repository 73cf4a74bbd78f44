package io.faraddb.engine.sql.parse;

import io.faraddb.engine.sql.parse.ast.Expression.LiteralKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A statement with its literals lifted out: what the plan cache looks up, and the values that go
 * with this execution.
 *
 * <p>In the {@link #key} a placeholder that names the literal's kind stands for each literal, so
 * that equal keys have equal plans. Literals that shape a plan stay in the text: positions in ORDER
 * BY and GROUP BY, modifiers of types, strings behind a type's name or before a cast to {@code
 * regclass}. {@link SqlParser#parseLifted} reads the original text with these literals as {@link
 * io.faraddb.engine.sql.parse.ast.Expression.LiftedLiteral}s; should the binder then refuse it, the
 * original text is bound as it is, for its own plan or its own error.
 */
public final class StatementText {

    /** Statements with more literals keep them and are not worth a place in the cache. */
    public static final int LITERALS_MAX = 1_000;

    private static final int TYPICAL_LITERALS = 8;

    private final String original;
    private String key = "";

    // One entry for each place in the text.
    private int placeCount;
    private int[] offsets = new int[TYPICAL_LITERALS];
    private int[] indexes = new int[TYPICAL_LITERALS];
    private boolean[] negative = new boolean[TYPICAL_LITERALS];

    // One entry for each literal; equal ones may share it.
    private int count;
    private Object[] values = new Object[TYPICAL_LITERALS];
    private LiteralKind[] kinds = new LiteralKind[TYPICAL_LITERALS];

    StatementText(String original) {
        this.original = original;
    }

    /**
     * Lifts a statement's literals; null for statements that are none of SELECT, VALUES, INSERT,
     * UPSERT, UPDATE, DELETE, CALL and WITH, for texts that are too long, with several statements
     * or with parameters, and for what only the parser can tell.
     */
    public static @Nullable StatementText of(String sql) {
        return new LiteralLifter(sql).lift();
    }

    /** The text with placeholders. */
    public String key() {
        return key;
    }

    public String original() {
        return original;
    }

    /** How many literals were lifted. */
    public int count() {
        return count;
    }

    public LiteralKind kind(int index) {
        return kinds[index];
    }

    /** A Long, a BigDecimal or a String, by the literal's kind. */
    public Object value(int index) {
        return values[index];
    }

    /** Places in the text; not fewer than literals. */
    int placeCount() {
        return placeCount;
    }

    /** The place that a token at an offset is; -1 when it was not lifted. */
    int placeAt(int offset) {
        return Math.max(-1, Arrays.binarySearch(offsets, 0, placeCount, offset));
    }

    /** The literal of a place. */
    int indexOf(int place) {
        return indexes[place];
    }

    /** Whether the minus before a number was lifted with it. */
    boolean isNegative(int place) {
        return negative[place];
    }

    // For the lifter ---------------------------------------------------------------------------

    void setKey(String newKey) {
        key = newKey;
    }

    /** Forgets all literals. */
    void clear() {
        placeCount = 0;
        count = 0;
    }

    /**
     * Adds a literal at an offset and returns its index.
     *
     * @param share whether an equal literal that is there already stands for this one
     */
    int add(int offset, LiteralKind kind, Object value, boolean minus, boolean share) {
        if (placeCount == offsets.length) {
            offsets = Arrays.copyOf(offsets, placeCount * 2);
            indexes = Arrays.copyOf(indexes, placeCount * 2);
            negative = Arrays.copyOf(negative, placeCount * 2);
        }
        int index = share ? find(kind, value) : -1;
        if (index < 0) {
            index = append(kind, value);
        }
        offsets[placeCount] = offset;
        indexes[placeCount] = index;
        negative[placeCount] = minus;
        placeCount++;
        return index;
    }

    private int append(LiteralKind kind, Object value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
            kinds = Arrays.copyOf(kinds, count * 2);
        }
        values[count] = value;
        kinds[count] = kind;
        return count++;
    }

    private int find(LiteralKind kind, Object value) {
        for (int i = 0; i < count; i++) {
            if (kinds[i] == kind && values[i].equals(value)) {
                return i;
            }
        }
        return -1;
    }
}
