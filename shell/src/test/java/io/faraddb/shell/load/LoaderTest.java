package io.faraddb.shell.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Files into a table that refuses what has the word bad in it. */
@Timeout(60)
class LoaderTest {

    private static final TableColumns TABLE = new TableColumns("t", List.of("id", "name"));

    @TempDir Path directory;
    private final List<String> rows = Collections.synchronizedList(new ArrayList<>());
    private final List<List<String>> columns = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger attempts = new AtomicInteger();
    private final StringWriter said = new StringWriter();
    private RejectedRows rejected;
    private boolean tellsLines;
    private @Nullable String oddState;

    @BeforeEach
    void rejectedRows() {
        rejected = new RejectedRows(directory.resolve("file"), 100);
    }

    @Test
    void csvRecordsGoAsTheyAre() throws Exception {
        assertThat(csv("\uFEFFID,Name\r\n1,\"a \"\"b\"\"\r\nc\"\r\n\r\n2,\r\n3,\"\"\r4,x", many()))
                .isEqualTo(4);
        assertThat(rows).containsExactlyInAnyOrder("1,\"a \"\"b\"\"\r\nc\"", "2,", "3,\"\"", "4,x");
        assertThat(columns).containsOnly(List.of("id", "name"));
        assertThat(rejected.file()).doesNotExist();
    }

    @Test
    void recordThatWouldEndACopyIsQuoted() throws Exception {
        TableColumns one = new TableColumns("t", List.of("name"));
        assertThat(load(csvSource("a\n\\.\n\nb\n", one, noHeader()))).isEqualTo(4);
        assertThat(rows).containsExactly("a", "\"\\.\"", "", "b");
    }

    @Test
    void rowsAtFaultAreFoundByHalves() throws Exception {
        assertThat(csv(lines(12_000), settings(5_000, 3))).isEqualTo(11_997);
        assertThat(rows).hasSize(11_997).doesNotHaveDuplicates();
        assertThat(rows).noneMatch(row -> row.contains("bad"));
        assertThat(rejectedLines())
                .startsWith("id,name")
                .containsExactlyInAnyOrder("id,name", "77,bad", "5077,bad", "10077,bad");
        assertThat(reasons())
                .containsExactlyInAnyOrder(
                        "line 79: no bad rows (23514): really",
                        "line 5079: no bad rows (23514): really",
                        "line 10079: no bad rows (23514): really");
    }

    @Test
    void rowsAtFaultAreFoundByTheLineThatTheServerTells() throws Exception {
        tellsLines = true;
        assertThat(csv(lines(12_000), settings(5_000, 1))).isEqualTo(11_997);
        assertThat(rejected.count()).isEqualTo(3);
        // Each of three batches fails, its row fails alone, what is before and behind goes.
        assertThat(attempts.get()).isEqualTo(3 * 4);
    }

    @Test
    void lineWithinAQuotedValueLeadsToItsRow() throws Exception {
        tellsLines = true;
        assertThat(csv("id,name\n1,\"a\nb\n\"\n2,\"c\n\nbad\nd\"\n3,e\n", many())).isEqualTo(2);
        assertThat(rejectedLines()).containsExactly("id,name", "2,\"c", "", "bad", "d\"");
        assertThat(reasons()).containsExactly("line 5: no bad rows (23514): really");
    }

    @Test
    void conflictIsTriedAgain() throws Exception {
        oddState = "40001";
        assertThat(csv("id,name\n1,a\n", many())).isEqualTo(1);
        assertThat(attempts.get()).isEqualTo(2);
    }

    @Test
    void unknownOutcomeEndsTheLoadAndIsNamed() {
        oddState = "08007";
        assertThatThrownBy(() -> csv("id,name\n1,a\n2,b\n", many()))
                .hasMessageContaining("nobody knows whether the rows of lines 2 to 3 are loaded")
                .extracting(failure -> ((ShellFailure) failure).exit())
                .isEqualTo(Exit.UNAVAILABLE);
        assertThat(attempts.get()).isEqualTo(1);
    }

    @Test
    void otherFailureEndsTheLoad() {
        oddState = "42501";
        assertThatThrownBy(() -> csv("id,name\n1,a\n2,b\n", many()))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void tooManyRejectedRowsEndTheLoad() {
        String all =
                IntStream.range(0, 5_000)
                        .mapToObj(i -> i + ",bad")
                        .collect(Collectors.joining("\n", "id,name\n", "\n"));
        assertThatThrownBy(() -> csv(all, settings(500, 4)))
                .hasMessageContaining("more than 100 rows are rejected")
                .extracting(failure -> ((ShellFailure) failure).exit())
                .isEqualTo(Exit.PARTIAL);
        assertThat(rejected.count()).isBetween(101L, 104L);
    }

    @Test
    void namesThatTheTableHasNotAreRefused() {
        assertThatThrownBy(() -> csv("id,surname\n1,x\n", many()))
                .isInstanceOf(ShellFailure.class)
                .hasMessageContaining("\"surname\"");
        assertThatThrownBy(() -> csv("id,ID\n1,x\n", many())).hasMessageContaining("twice");
        assertThatThrownBy(() -> csv("", many())).hasMessageContaining("empty");
        assertThatThrownBy(() -> csv("id,\n", many())).hasMessageContaining("each column");
        assertThatThrownBy(() -> csv("id,name\n1,\"x\n", many()))
                .hasMessageContaining("line 2 never ends");
    }

    @Test
    void columnsMayBeNamedOnTheCommandLine() throws Exception {
        LoadSettings named =
                new LoadSettings(List.of("name", "id"), true, ';', "-", false, 10, 1, 1);
        assertThat(csv("Any;Thing\nx;1\n", named)).isEqualTo(1);
        assertThat(columns).containsExactly(List.of("name", "id"));
        assertThat(load(csvSource("5,y\n", TABLE, noHeader()))).isEqualTo(1);
        assertThat(rows).containsExactly("x;1", "5,y");
    }

    @Test
    void valuesOfARecordAreReadByCopysRules() {
        assertThat(CsvRecord.values("a,,\"\",\"b\"\"c,\"x,NULL,\"NULL\"", ',', "NULL"))
                .isEqualTo(Arrays.asList("a", "", "", "b\"c,x", null, "NULL"));
        assertThat(CsvRecord.values("", ';', "")).containsExactly((String) null);
    }

    @Test
    void jsonIsAnArrayOrObjectsOneByOne() throws Exception {
        assertThat(json("[{\"id\":1,\"name\":null}, {\"ID\":1e2,\"name\":{\"a\":[1, true]}}]"))
                .isEqualTo(2);
        assertThat(json("{\"id\":3,\"name\":\"x\"}\n{\"name\":\"y\",\"id\":4.50}\n{\"id\":5}"))
                .isEqualTo(3);
        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "1,", "100,\"{\"\"a\"\":[1,true]}\"", "3,x", "y,4.50", "5");
        // What an object has not is left to the default.
        assertThat(columns).contains(List.of("id"), List.of("name", "id"));
    }

    @Test
    void jsonThatIsNoRowIsRejected() throws Exception {
        assertThat(json("[7, {\"id\":1,\"other\":2}, {\"id\":2}, {}, {\"id\":3,\"name\":\"bad\"}]"))
                .isEqualTo(1);
        assertThat(rejectedLines())
                .containsExactly(
                        "7", "{\"id\":1,\"other\":2}", "{}", "{\"id\":3,\"name\":\"bad\"}");
        assertThat(reasons())
                .containsExactly(
                        "line 1: not an object",
                        "line 2: the table has no column \"other\"",
                        "line 4: no values",
                        "line 5: no bad rows (23514): really");
    }

    @Test
    void propertiesMayBeChosen() throws Exception {
        LoadSettings chosen = new LoadSettings(List.of("id"), true, ',', "", false, 10, 1, 1);
        assertThat(
                        load(
                                new JsonBatches(
                                        stream("{\"id\":1,\"other\":2,\"name\":\"x\"}"),
                                        TABLE,
                                        chosen,
                                        rejected)))
                .isEqualTo(1);
        assertThat(rows).containsExactly("1");
    }

    @Test
    void objectsOfManyKindsDoNotFillMemory() throws Exception {
        TableColumns wide =
                new TableColumns("w", IntStream.range(0, 40).mapToObj(i -> "c" + i).toList());
        String objects =
                IntStream.range(0, 400)
                        .mapToObj(i -> "{\"c%d\":%d}".formatted(i % 40, i))
                        .collect(Collectors.joining("\n"));
        assertThat(load(new JsonBatches(stream(objects), wide, many(), rejected))).isEqualTo(400);
        assertThat(rows).hasSize(400).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotJsonFails() {
        assertThatThrownBy(() -> json("[{\"id\":1}, {id}]"))
                .isInstanceOf(ShellFailure.class)
                .hasMessageContaining("after object");
    }

    @Test
    void packedFilesAreUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("plain".getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(directory.resolve("f"), packed.toByteArray());
        try (InputFile input = new InputFile(file)) {
            assertThat(new String(input.stream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("plain");
            assertThat(input.bytesRead()).isEqualTo(input.bytes());
        }
        for (String text : List.of("", "x", "plain")) {
            Files.writeString(file, text);
            try (InputFile input = new InputFile(file)) {
                assertThat(input.stream().readAllBytes()).asString().isEqualTo(text);
            }
        }
    }

    @Test
    void progressTellsShareSpeedAndTimeLeft() {
        List<Instant> times = new ArrayList<>(List.of(Instant.EPOCH, Instant.ofEpochSecond(10)));
        LoadProgress progress =
                new LoadProgress(new PrintWriter(said), true, times::removeFirst, () -> 250, 1_000);
        progress.at(5_000, 2);
        assertThat(said.toString())
                .isEqualTo(
                        "\r[######                  ]  25 %  5,000 rows  500 rows/s  ETA 0:30"
                                + "  2 rejected\033[K");
        times.addAll(List.of(Instant.EPOCH, Instant.ofEpochSecond(1), Instant.ofEpochSecond(6)));
        said.getBuffer().setLength(0);
        LoadProgress lines =
                new LoadProgress(
                        new PrintWriter(said), false, times::removeFirst, () -> 1_000, 1_000);
        lines.at(1, 0);
        lines.at(6_000, 0);
        lines.end();
        assertThat(said.toString()).isEqualTo("100 %  6,000 rows  1,000 rows/s  ETA 0:00\n");
    }

    @Test
    void tableNamesThatAreNotPlainAreQuoted() {
        assertThat(TableColumns.sqlName("public.my table; x")).isEqualTo("public.\"my table; x\"");
        assertThat(TableColumns.list(List.of("a", "b\"c"))).isEqualTo("(\"a\", \"b\"\"c\")");
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> i + "," + (i % 5_000 == 77 ? "bad" : "good"))
                .collect(Collectors.joining("\n", "id,name\n", "\n"));
    }

    private static LoadSettings many() {
        return settings(1_000, 1);
    }

    private static LoadSettings settings(int batch, int parallel) {
        return new LoadSettings(List.of(), true, ',', "", false, batch, parallel, 100);
    }

    private static LoadSettings noHeader() {
        return new LoadSettings(List.of(), false, ',', "", false, 1_000, 1, 100);
    }

    private long csv(String text, LoadSettings settings) throws Exception {
        return load(csvSource(text, TABLE, settings), settings);
    }

    private CsvBatches csvSource(String text, TableColumns table, LoadSettings settings)
            throws IOException {
        CsvBatches batches = new CsvBatches(stream(text), table, settings);
        rejected.header(batches.header());
        return batches;
    }

    private long json(String text) throws Exception {
        return load(new JsonBatches(stream(text), TABLE, many(), rejected));
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private long load(BatchSource source) throws Exception {
        return load(source, many());
    }

    private long load(BatchSource source, LoadSettings settings) throws Exception {
        LoadProgress progress =
                new LoadProgress(new PrintWriter(said), false, InstantSource.system(), () -> 0, 1);
        Loader loader = new Loader(Table::new, settings, rejected, progress);
        loader.load(source);
        return loader.loaded();
    }

    private List<String> rejectedLines() throws IOException {
        rejected.close();
        return Files.readAllLines(rejected.file());
    }

    private List<String> reasons() throws IOException {
        rejected.close();
        return Files.readAllLines(rejected.reasons());
    }

    private final class Table implements RowTarget {

        @Override
        public void write(Batch batch) throws SQLException {
            attempts.incrementAndGet();
            String odd = oddState;
            if (odd != null) {
                oddState = null;
                throw new SQLException("odd", odd);
            }
            String sent =
                    new String(
                            batch.bytes(), batch.offset(), batch.length(), StandardCharsets.UTF_8);
            if (sent.contains("bad")) {
                long line = sent.substring(0, sent.indexOf("bad")).lines().count();
                String where = tellsLines ? "WCOPY t, line " + line + ": ...\0" : "";
                throw new PSQLException(
                        new ServerErrorMessage("SERROR\0C23514\0Mno bad rows\0Dreally\0" + where));
            }
            columns.add(batch.columns());
            for (int i = 0; i < batch.rows(); i++) {
                rows.add(batch.record(i));
            }
        }

        @Override
        public void close() {}
    }
}
