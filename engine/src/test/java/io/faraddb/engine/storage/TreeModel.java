package io.faraddb.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a tree should hold, and random things to do to both. */
final class TreeModel {

    /** Makes keys that collide, share beginnings, or are of odd lengths. */
    enum Shape {
        DENSE_LONGS {
            @Override
            byte[] key(Random random, int distinct) {
                byte[] key = new byte[8];
                KeyOrder.LONG.set(key, 0, random.nextInt(distinct) ^ Long.MIN_VALUE);
                return key;
            }
        },
        SCATTERED {
            @Override
            byte[] key(Random random, int distinct) {
                byte[] key = new byte[16];
                new Random(random.nextInt(distinct)).nextBytes(key);
                return key;
            }
        },
        SHARED_BEGINNING {
            @Override
            byte[] key(Random random, int distinct) {
                int n = random.nextInt(distinct);
                return ("a customer of group " + n % 3 + " called " + n).getBytes(UTF_8);
            }
        },
        SHORT_AND_EMPTY {
            @Override
            byte[] key(Random random, int distinct) {
                byte[] key = new byte[random.nextInt(4)];
                for (int i = 0; i < key.length; i++) {
                    key[i] = (byte) (random.nextInt(20) - 10);
                }
                return key;
            }
        },
        ZEROS {
            @Override
            byte[] key(Random random, int distinct) {
                byte[] key = new byte[random.nextInt(40)];
                if (key.length > 0 && random.nextBoolean()) {
                    key[random.nextInt(key.length)] = (byte) random.nextInt(3);
                }
                return key;
            }
        },
        HIGHEST {
            @Override
            byte[] key(Random random, int distinct) {
                byte[] key = new byte[random.nextInt(40)];
                Arrays.fill(key, (byte) 0xFF);
                if (key.length > 0 && random.nextBoolean()) {
                    key[random.nextInt(key.length)] -= (byte) random.nextInt(3);
                }
                return key;
            }
        },
        LONG_KEYS {
            @Override
            byte[] key(Random random, int distinct) {
                byte[] key = new byte[100 + random.nextInt(random.nextInt(20) == 0 ? 8000 : 100)];
                key[key.length - 1 - random.nextInt(100)] = (byte) random.nextInt(distinct);
                return key;
            }
        };

        private static final java.nio.charset.Charset UTF_8 =
                java.nio.charset.StandardCharsets.UTF_8;

        abstract byte[] key(Random random, int distinct);
    }

    final Tree tree = new Tree();
    final NavigableMap<byte[], byte[]> map = new TreeMap<>(Arrays::compareUnsigned);
    private final Random random;
    private final Shape shape;
    private final int distinct;
    private final RowCursor found = new RowCursor();

    TreeModel(long seed, Shape shape, int distinct) {
        this.random = new Random(seed);
        this.shape = shape;
        this.distinct = distinct;
    }

    byte[] key() {
        return shape.key(random, distinct);
    }

    private byte[] value() {
        int dice = random.nextInt(1000);
        int length = random.nextInt(120);
        if (dice < 5) {
            length = random.nextInt(9000);
        } else if (dice == 999 && random.nextInt(20) == 0) {
            length = random.nextInt(1 << 20);
        }
        byte[] value = new byte[length];
        Arrays.fill(value, (byte) random.nextInt());
        return value;
    }

    /** One random write or look-up. */
    void step(int percentDeletes) {
        byte[] key = key();
        int dice = random.nextInt(100);
        if (dice < 20) {
            assertThat(tree.get(key, found)).isEqualTo(map.containsKey(key));
            if (map.containsKey(key)) {
                assertThat(found.toBytes()).isEqualTo(map.get(key));
            }
        } else if (dice < 20 + percentDeletes) {
            assertThat(tree.delete(key)).isEqualTo(map.remove(key) != null);
        } else {
            byte[] value = value();
            assertThat(tree.put(key, value)).isEqualTo(map.put(key, value) != null);
        }
    }

    void clearRange() {
        KeyRange range = range();
        for (byte[] key : in(map, range).keySet().toArray(byte[][]::new)) {
            assertThat(tree.delete(key)).isTrue();
            map.remove(key);
        }
    }

    KeyRange range() {
        byte @Nullable [] low = random.nextInt(4) == 0 ? null : key();
        byte @Nullable [] high = random.nextInt(4) == 0 ? null : key();
        if (random.nextInt(10) == 0) {
            high = low;
        }
        if (low != null && high != null && Arrays.compareUnsigned(low, high) > 0) {
            byte[] swap = low;
            low = high;
            high = swap;
        }
        return new KeyRange(low, random.nextBoolean(), high, random.nextBoolean());
    }

    static NavigableMap<byte[], byte[]> in(NavigableMap<byte[], byte[]> map, KeyRange range) {
        byte[] low = range.low();
        byte[] high = range.high();
        if (low != null && high != null) {
            if (Arrays.equals(low, high) && !(range.lowInclusive() && range.highInclusive())) {
                return new TreeMap<>(Arrays::compareUnsigned);
            }
            return map.subMap(low, range.lowInclusive(), high, range.highInclusive());
        }
        if (low != null) {
            return map.tailMap(low, range.lowInclusive());
        }
        return high != null ? map.headMap(high, range.highInclusive()) : map;
    }

    static void assertSame(
            TreeReader reader, NavigableMap<byte[], byte[]> map, KeyRange range, boolean down) {
        NavigableMap<byte[], byte[]> expected = in(map, range);
        Iterator<Map.Entry<byte[], byte[]>> entries =
                (down ? expected.descendingMap() : expected).entrySet().iterator();
        TreeCursor cursor = reader.cursor(range, down);
        while (entries.hasNext()) {
            Map.Entry<byte[], byte[]> entry = entries.next();
            if (!cursor.next()
                    || !Arrays.equals(cursor.key(), entry.getKey())
                    || !Arrays.equals(cursor.value(), entry.getValue())) {
                assertThat(cursor.key()).isEqualTo(entry.getKey());
                assertThat(cursor.value()).isEqualTo(entry.getValue());
                throw new AssertionError("the cursor ended too early");
            }
        }
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.next()).isFalse();
    }

    void assertSame() {
        assertThat(tree.rows()).isEqualTo(map.size());
        tree.audit();
        assertSame(tree, map, KeyRange.ALL, false);
        assertSame(tree, map, KeyRange.ALL, true);
    }

    void assertSameInSomeRange() {
        assertSame(tree, map, range(), random.nextBoolean());
    }
}
