package io.faraddb.console.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.console.sql.ShownAnswer.Cell;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShownAnswerTest {

    private static ShownAnswer.Failure failure(String sql, int position) {
        SqlAnswer.Failure told = new SqlAnswer.Failure("42601", "wrong", null, null, position);
        ShownAnswer.Failure shown =
                ShownAnswer.of(sql, new SqlAnswer(List.of(), List.of(), told, 0)).failure();
        assertThat(shown).isNotNull();
        return shown;
    }

    private static List<Cell> cells(List<@Nullable Object> row, String... types) {
        SqlAnswer.Result result =
                new SqlAnswer.Result(
                        "SELECT 1",
                        Arrays.stream(types).map(type -> new SqlAnswer.Column("c", type)).toList(),
                        List.of(row),
                        false);
        ShownAnswer shown =
                ShownAnswer.of("", new SqlAnswer(List.of(result), List.of(), null, 1_500));
        assertThat(shown.tookSeconds()).isEqualTo(0.0015);
        return shown.results().getFirst().rows().getFirst();
    }

    @Test
    void nullLooksOtherThanAnEmptyTextAndATextThatSaysNull() {
        assertThat(cells(Arrays.asList(null, "", "NULL"), "text", "text", "text"))
                .extracting(Cell::kind)
                .containsExactly("null", "empty", "text");
    }

    @Test
    void numbersAreKnownByTheirType() {
        assertThat(
                        cells(
                                List.of(1, "2.50", "3", "4"),
                                "bigint",
                                "numeric(10,2)",
                                "text",
                                "double precision"))
                .extracting(Cell::kind)
                .containsExactly("number", "number", "text", "number");
    }

    @Test
    void longValuesAreCutAndSaidToBe() {
        Cell cell =
                cells(List.of("x".repeat(ShownAnswer.VALUE_CHARACTERS_MAX + 1)), "text").getFirst();
        assertThat(cell.cut()).isTrue();
        assertThat(cell.text()).hasSize(ShownAnswer.VALUE_CHARACTERS_MAX);
    }

    @Test
    void thePlaceOfAMistakeIsMarkedInItsLine() {
        ShownAnswer.Failure shown = failure("select 1;\nselect wrong from t", 18);
        assertThat(shown.line()).isEqualTo(2);
        assertThat(shown.before()).isEqualTo("select ");
        assertThat(shown.mark()).isEqualTo("wrong");
        assertThat(shown.after()).isEqualTo(" from t");
        assertThat(shown.offset()).isEqualTo(17);
    }

    @Test
    void placesCountCharactersWhileBrowsersCountUnits() {
        ShownAnswer.Failure shown = failure("select '😀', x", 13);
        assertThat(shown.mark()).isEqualTo("x");
        assertThat(shown.offset()).isEqualTo(13);
    }

    @Test
    void aPlaceBehindTheTextMarksItsEnd() {
        ShownAnswer.Failure shown = failure("select (", 9);
        assertThat(shown.before()).isEqualTo("select (");
        assertThat(shown.mark()).isEqualTo(" ");
        assertThat(failure("", 7).line()).isEqualTo(1);
    }

    @Test
    void withoutAPlaceNothingIsMarked() {
        assertThat(failure("select 1", 0).line()).isZero();
    }
}
