package io.faraddb.shell.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.shell.connect.ShellFailure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderTest {

    @TempDir Path directory;
    private final Table table = new Table();
    private RejectedRows rejected;

    @BeforeEach
    void rejectedRows() {
        rejected = new RejectedRows(directory.resolve("rejected.csv"));
    }

    @Test
    void csvValuesKeepQuotesLineEndsAndNulls() throws Exception {
        assertThat(csv("ID,Name\r\n1,\"a \"\"b\"\"\r\nc\"\r\n\r\n2,\r\n3,\"\"\r\n")).isEqualTo(3);
        assertThat(table.rows).containsExactly("1,\"a \"\"b\"\"\r\nc\"", "2,", "3,\"\"");
        assertThat(table.columns).containsExactly("id", "name");
        assertThat(rejected.count()).isZero();
        assertThat(rejected.file()).doesNotExist();
    }

    @Test
    void rowsAtFaultAreRejectedAndTheOthersLoaded() throws Exception {
        String lines =
                IntStream.range(0, 12_000)
                        .mapToObj(i -> i + "," + (i % 5_000 == 77 ? "bad" : "good"))
                        .collect(Collectors.joining("\n"));
        assertThat(csv("id,name\n" + lines + "\n5\n")).isEqualTo(11_997);
        assertThat(table.rows).hasSize(11_997).noneMatch(row -> row.contains("bad"));
        assertThat(rejectedLines())
                .containsExactlyInAnyOrder(
                        "rejected_line,rejected_reason,id,name",
                        "79,no bad rows,77,bad",
                        "5079,no bad rows,5077,bad",
                        "10079,no bad rows,10077,bad",
                        "12002,1 values for 2 columns,5,");
    }

    @Test
    void namesThatTheTableHasNotAreRefused() {
        assertThatThrownBy(() -> csv("id,surname\n1,x\n"))
                .isInstanceOf(ShellFailure.class)
                .hasMessageContaining("\"surname\"");
        assertThatThrownBy(() -> csv("")).hasMessageContaining("empty");
        assertThatThrownBy(() -> csv("id,name\n1,\"x\n")).hasMessageContaining("line 2 never ends");
    }

    @Test
    void jsonIsAnArrayOrObjectsOneByOne() throws Exception {
        assertThat(json("[{\"id\":1,\"name\":null}, {\"id\":1e2,\"name\":{\"a\":[1, true]}}]"))
                .isEqualTo(2);
        assertThat(json("{\"id\":3,\"name\":\"x\"}\n{\"name\":\"y\",\"id\":4.50}\n")).isEqualTo(2);
        assertThat(table.rows)
                .containsExactly("1,", "100,\"{\"\"a\"\":[1,true]}\"", "3,x", "4.50,y");
    }

    @Test
    void jsonThatIsNoRowIsRejected() throws Exception {
        assertThat(json("[7, {\"id\":1,\"other\":2}, {\"id\":2}]")).isEqualTo(1);
        assertThat(rejectedLines())
                .containsExactly(
                        "rejected_line,rejected_reason,value",
                        "1,not an object,7",
                        "rejected_line,rejected_reason,id,other",
                        "2,\"the table has no column \"\"other\"\"\",1,2");
    }

    @Test
    void whatIsNotJsonFails() {
        assertThatThrownBy(() -> json("[{\"id\":1}, {id}]"))
                .isInstanceOf(ShellFailure.class)
                .hasMessageContaining("after object");
    }

    @Test
    void tableNamesThatAreNotPlainAreQuoted() {
        assertThat(TableTarget.tableName("public.my table; x")).isEqualTo("public.\"my table; x\"");
    }

    private long csv(String text) throws Exception {
        return load(new CsvRows(new StringReader(text)));
    }

    private long json(String text) throws Exception {
        return load(new JsonRows(new StringReader(text)));
    }

    private long load(SourceRows rows) throws Exception {
        return new Loader(table, rejected, (loaded, bad) -> {}).load(rows);
    }

    private List<String> rejectedLines() throws IOException {
        rejected.close();
        return Files.readAllLines(rejected.file());
    }

    /** Refuses every COPY that has a bad row. */
    private static final class Table implements Loader.CopyTarget {

        private final List<String> rows = new ArrayList<>();
        private List<String> columns = List.of();

        @Override
        public List<String> columns() {
            return List.of("id", "name");
        }

        @Override
        public @Nullable String copy(List<String> names, String csv) {
            columns = names;
            if (csv.contains("bad")) {
                return "no bad rows";
            }
            rows.addAll(List.of(csv.split("\n(?=[0-9])|\n$")));
            return null;
        }
    }
}
