package io.faraddb.console.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CsvTextTest {

    private static SqlAnswer.Result rows(List<?>... rows) {
        return new SqlAnswer.Result(
                "SELECT",
                List.of(new SqlAnswer.Column("a", "text"), new SqlAnswer.Column("b", "text")),
                Stream.of(rows).<List<@Nullable Object>>map(ArrayList::new).toList(),
                false);
    }

    private static SqlAnswer answer(SqlAnswer.Result... results) {
        return new SqlAnswer(List.of(results), List.of(), null, 0);
    }

    @Test
    void nullIsNothingAndAnEmptyTextIsQuoted() {
        assertThat(CsvText.of(answer(rows(Arrays.asList(null, ""), Arrays.asList(1, true)))))
                .isEqualTo("a,b\r\n,\"\"\r\n1,t\r\n");
    }

    @Test
    void whatWouldBreakALineIsQuoted() {
        assertThat(CsvText.of(answer(rows(List.of("x,y", "say \"z\""), List.of("l\n", "\r")))))
                .isEqualTo("a,b\r\n\"x,y\",\"say \"\"z\"\"\"\r\n\"l\n\",\"\r\"\r\n");
    }

    @Test
    void theLastResultWithColumnsCounts() {
        SqlAnswer.Result none = new SqlAnswer.Result("INSERT 0 1", List.of(), List.of(), false);
        assertThat(CsvText.of(answer(rows(List.of("1", "2")), rows(List.of("3", "4")), none)))
                .isEqualTo("a,b\r\n3,4\r\n");
        assertThat(CsvText.of(answer(none))).isEmpty();
    }
}
