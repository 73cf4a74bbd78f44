package io.faraddb.shell.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PrinterTest {

    private static final List<Column> COLUMNS =
            List.of(
                    Column.number("id"),
                    Column.text("name"),
                    new Column("ok", Column.Kind.BOOLEAN),
                    new Column("doc", Column.Kind.JSON));
    private static final List<List<@Nullable String>> ROWS =
            List.of(
                    Arrays.asList("1", "it's, \"x\"", "t", "{\"a\": 1}"),
                    Arrays.asList("-20", "", "f", null),
                    Arrays.asList("NaN", "two\nlines", null, "[]"),
                    Arrays.asList(null, null, null, null));

    @Test
    void tablesAreAlignedAndCounted() throws Exception {
        assertThat(print(Format.TABLE, COLUMNS, ROWS))
                .isEqualTo(
                        """
                         id  |   name    | ok |   doc
                        -----+-----------+----+----------
                           1 | it's, "x" | t  | {"a": 1}
                         -20 |           | f  |
                         NaN | two      +|    | []
                             | lines     |    |
                             |           |    |
                        (4 rows)
                        """);
    }

    @Test
    void valuesMayHaveALineEach() throws Exception {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        Printer.vertical().print(COLUMNS, RowSource.of(ROWS.subList(1, 3)), out);
        out.flush();
        assertThat(text.toString())
                .isEqualTo(
                        """
                        -[ RECORD 1 ]-
                        id   | -20
                        name |
                        ok   | f
                        doc  |
                        -[ RECORD 2 ]-
                        id   | NaN
                        name | two
                             | lines
                        ok   |
                        doc  | []
                        (2 rows)
                        """);
    }

    @Test
    void wideCharactersTakeTwoColumns() throws Exception {
        assertThat(
                        print(
                                Format.TABLE,
                                List.of(Column.text("a"), Column.text("b")),
                                List.of(List.of("漢字", "x"))))
                .isEqualTo("  a   | b\n------+---\n 漢字 | x\n(1 row)\n");
    }

    @Test
    void csvTellsNullFromEmpty() throws Exception {
        assertThat(print(Format.CSV, COLUMNS, ROWS))
                .isEqualTo(
                        """
                        id,name,ok,doc
                        1,"it's, ""x""\",t,"{""a"": 1}"
                        -20,"",f,
                        NaN,"two
                        lines",,[]
                        ,,,
                        """);
    }

    @Test
    void jsonKeepsTypes() throws Exception {
        assertThat(print(Format.JSON, COLUMNS, ROWS))
                .isEqualTo(
                        """
                        [
                        {"id":1,"name":"it's, \\"x\\"","ok":true,"doc":{"a": 1}},
                        {"id":-20,"name":"","ok":false,"doc":null},
                        {"id":"NaN","name":"two\\nlines","ok":null,"doc":[]},
                        {"id":null,"name":null,"ok":null,"doc":null}
                        ]
                        """);
    }

    @Test
    void jsonEscapesControlCharacters() throws Exception {
        assertThat(
                        print(
                                Format.JSON,
                                List.of(Column.text("a")),
                                List.of(List.of("\u0001\u001f\\"))))
                .isEqualTo("[\n{\"a\":\"\\u0001\\u001f\\\\\"}\n]\n");
    }

    @Test
    void noRowsAreATableToo() throws Exception {
        List<Column> columns = List.of(Column.text("a"));
        assertThat(print(Format.TABLE, columns, List.of())).isEqualTo(" a\n---\n(0 rows)\n");
        assertThat(print(Format.CSV, columns, List.of())).isEqualTo("a\n");
        assertThat(print(Format.JSON, columns, List.of())).isEqualTo("[\n]\n");
    }

    @Test
    void objectsOfAnAnswerAreRows() {
        JsonTable table =
                JsonTable.of(
                        JsonMapper.shared()
                                .readTree(
                                        "[{\"id\":1,\"on\":[\"a\",\"b\"]},{\"id\":2,\"x\":null}]"));
        assertThat(table.columns())
                .containsExactly(Column.number("id"), Column.text("on"), Column.text("x"));
        assertThat(table.rows())
                .containsExactly(Arrays.asList("1", "a, b", null), Arrays.asList("2", null, null));
    }

    @Test
    void measuredNumbersOfAnAnswerAreShort() {
        JsonTable table =
                JsonTable.of(
                        JsonMapper.shared()
                                .readTree(
                                        "[{\"a\":4.1850403046705953E-4,\"b\":2500.0,\"c\":1e9}]"));
        assertThat(table.rows()).containsExactly(List.of("0.0004185", "2500", "1000000000"));
    }

    private static String print(
            Format format, List<Column> columns, List<? extends List<@Nullable String>> rows)
            throws Exception {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        format.printer().print(columns, RowSource.of(rows), out);
        out.flush();
        return text.toString();
    }
}
