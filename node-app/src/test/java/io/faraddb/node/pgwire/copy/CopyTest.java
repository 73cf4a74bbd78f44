package io.faraddb.node.pgwire.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.CopyOptions;
import io.faraddb.engine.session.CopyOptions.Format;
import io.faraddb.engine.session.CopyOptions.Header;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.type.FormatSettings;
import io.faraddb.engine.type.SqlType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CopyTest {

    private static final CopyOptions TEXT = CopyOptions.of(Format.TEXT);
    private static final CopyOptions CSV = CopyOptions.of(Format.CSV);
    private static final CopyOptions BINARY = CopyOptions.of(Format.BINARY);
    private static final List<Field> FIELDS =
            List.of(
                    Field.computed("a", SqlType.INTEGER),
                    Field.computed("b", SqlType.varchar(12)),
                    Field.computed("c", SqlType.NUMERIC));

    private static List<List<@Nullable Object>> read(CopyOptions options, byte[]... chunks) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        Iterator<byte[]> source = Arrays.asList(chunks).iterator();
        new CopyReader(
                        () -> source.hasNext() ? source.next() : null,
                        options,
                        "t",
                        FIELDS,
                        FormatSettings.DEFAULT)
                .read(row -> rows.add(Arrays.asList(row)));
        return rows;
    }

    private static List<List<@Nullable Object>> read(CopyOptions options, String data) {
        return read(options, data.getBytes(StandardCharsets.UTF_8));
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    @Test
    void readsText() {
        assertThat(read(TEXT, "1\ta\\tb\\\\\\x41\\101\t\\N\n2\t\\N\t1.50\n\\.\nrest"))
                .containsExactly(
                        row(1L, "a\tb\\AA", null), row(2L, null, new java.math.BigDecimal("1.50")));
        assertThat(read(TEXT, "1\tno end\t2"))
                .containsExactly(row(1L, "no end", new java.math.BigDecimal("2")));
        assertThat(read(TEXT, "1\ta\t2\r\n2\tb\t\\N\\.\r\nrest"))
                .containsExactly(row(1L, "a", new java.math.BigDecimal("2")), row(2L, "b", null));
        assertThat(read(TEXT, "")).isEmpty();
    }

    @Test
    void readsCsv() {
        assertThat(read(CSV, "1,\"a,\"\"b\"\"\nc\",\n2,\"\",3\n3,x\"y,z\"w,\n\\.\n"))
                .containsExactly(
                        row(1L, "a,\"b\"\nc", null),
                        row(2L, "", new java.math.BigDecimal("3")),
                        row(3L, "xy,zw", null));
        CopyOptions header =
                new CopyOptions(
                        Format.CSV,
                        ';',
                        "NULL",
                        Header.PRESENT,
                        '\'',
                        '\\',
                        Set.of(),
                        Set.of(),
                        Set.of());
        assertThat(read(header, "a;b;c\n1;'it\\'s';NULL\n")).containsExactly(row(1L, "it's", null));
    }

    @Test
    void columnsMayDecideWhatIsNull() {
        CopyOptions options =
                new CopyOptions(
                        Format.CSV,
                        ',',
                        "x",
                        Header.MATCH,
                        '"',
                        '"',
                        Set.of(),
                        Set.of("b"),
                        Set.of("c"));
        assertThat(read(options, "a,b,c\nx,x,\"x\"\n1,\"x\",x\n"))
                .containsExactly(row(null, "x", null), row(1L, "x", null));
        assertError(options, "a,b\n", "COPY t, line 1: \"a,b\"");
        assertError(options, "a,c,b\n", "COPY t, line 1: \"a,c,b\"");
    }

    @Test
    void linesEndAsTheFirstOneDoes() {
        assertThat(read(CSV, "1,a,\r2,b,\r")).hasSize(2);
        assertThat(read(CSV, "1,a,\r\n2,\"b\n\",\r\n")).hasSize(2);
        assertError(CSV, "1,a,\n2,b,\r\n", "COPY t, line 2");
        assertError(TEXT, "1\ta\t\\N\r\n2\tb\n", "COPY t, line 2");
        assertError(TEXT, "1\ta\t\\N\r2\tb\n", "COPY t, line 2");
        assertError(TEXT, "1\t\\.x\t\\N\n", "COPY t, line 1");
    }

    @Test
    void errorsTellLineAndColumn() {
        assertError(TEXT, "1\ta\t2\nx\tb\t3\n", "COPY t, line 2, column a: \"x\"");
        assertError(TEXT, "1\ta\n", "COPY t, line 1: \"1\ta\"");
        assertError(CSV, "1,a,2,3\n", "COPY t, line 1: \"1,a,2,3\"");
        assertError(CSV, "1,\"a\nb", "COPY t, line 2");
        assertError(
                TEXT,
                "1\tmuch too long for it\t2\n",
                "COPY t, line 1, column b: \"much too long for it\"");
    }

    @Test
    void errorsOfARowTellItsLine() {
        CopyReader reader =
                new CopyReader(
                        Arrays.asList("1,a,2\n2,b,3\n".getBytes(StandardCharsets.UTF_8), null)
                                        .iterator()
                                ::next,
                        CSV,
                        "t",
                        FIELDS,
                        FormatSettings.DEFAULT);
        assertThatThrownBy(() ->
                        reader.read(row -> {
                            if (row[0] instanceof Long number && number == 2) {
                                throw new SqlException(ErrorCode.UNIQUE_VIOLATION, "twice");
                            }
                        }))
                .isInstanceOfSatisfying(
                        SqlException.class,
                        e -> assertThat(e.context()).isEqualTo("COPY t, line 2: \"2,b,3\""));
    }

    private static void assertError(CopyOptions options, String data, String context) {
        assertThatThrownBy(() -> read(options, data))
                .isInstanceOfSatisfying(
                        SqlException.class, e -> assertThat(e.context()).isEqualTo(context));
    }

    @Test
    void everyFormatReadsWhatItWroteWhereverItIsCut() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        rows.add(new Object[] {1L, "plain", new java.math.BigDecimal("1.0")});
        rows.add(new Object[] {null, null, null});
        rows.add(new Object[] {-5L, "", new java.math.BigDecimal("-12345.678")});
        rows.add(new Object[] {2L, "a,b\"c'd\ne", new java.math.BigDecimal("0")});
        rows.add(new Object[] {3L, "\t\\\r\b\u000B", null});
        rows.add(new Object[] {4L, "\\N", null});
        rows.add(new Object[] {5L, "\\.", null});
        rows.add(new Object[] {6L, "ä€😀", null});
        Random random = new Random(3);
        for (CopyOptions options : List.of(TEXT, CSV, BINARY)) {
            ByteBuf buffer = Unpooled.buffer();
            CopyWriter writer = new CopyWriter(options, FIELDS, FormatSettings.DEFAULT);
            writer.header(buffer);
            rows.forEach(row -> writer.row(buffer, row));
            writer.trailer(buffer);
            byte[] all = new byte[buffer.readableBytes()];
            buffer.readBytes(all);
            List<byte[]> chunks = new ArrayList<>();
            int at = 0;
            while (at < all.length) {
                int end = Math.min(all.length, at + random.nextInt(4));
                chunks.add(Arrays.copyOfRange(all, at, end));
                at = end;
            }
            assertThat(read(options, chunks.toArray(byte[][]::new)))
                    .containsExactlyElementsOf(rows.stream().map(Arrays::asList).toList());
        }
    }

    @Test
    void garbageIsRefusedNotSwallowed() {
        Random random = new Random(4);
        for (int i = 0; i < 3_000; i++) {
            byte[] data = new byte[random.nextInt(60)];
            random.nextBytes(data);
            for (CopyOptions options : List.of(TEXT, CSV, BINARY)) {
                try {
                    read(options, data);
                } catch (SqlException expected) {
                    assertThat(expected.text()).isNotEmpty();
                }
            }
        }
    }
}
