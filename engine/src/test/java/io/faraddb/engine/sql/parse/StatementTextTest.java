package io.faraddb.engine.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.sql.parse.ast.Expression.LiteralKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTextTest {

    private static StatementText lift(String sql) {
        return Objects.requireNonNull(StatementText.of(sql), sql);
    }

    private static List<Object> values(StatementText text) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < text.count(); i++) {
            values.add(text.value(i));
        }
        return values;
    }

    static List<String> lifted() throws IOException {
        return SqlParserTest.pairs("lifted.sqltest");
    }

    @ParameterizedTest
    @MethodSource("lifted")
    void literalsBecomePlaceholders(String pair) {
        String sql = pair.substring(0, pair.indexOf('\n'));
        assertThat(lift(sql).key()).isEqualTo(pair.substring(pair.indexOf('\n') + 1));
    }

    @Test
    void valuesComeInOrderWithTheirKinds() {
        StatementText text = lift("select 1, -2, 2147483648, -2147483648, 1.50, 'it''s', 1e3");
        assertThat(values(text))
                .containsExactly(
                        1L,
                        -2L,
                        2147483648L,
                        -2147483648L,
                        new BigDecimal("1.50"),
                        "it's",
                        new BigDecimal("1000"));
        assertThat(text.kind(2)).isEqualTo(LiteralKind.BIGINT);
        assertThat(text.kind(3)).isEqualTo(LiteralKind.INTEGER);
    }

    @Test
    void equalLiteralsStayEqualWhereGroupsAreMatched() {
        StatementText text = lift("select a + 1, b || 'x' from t group by a + 1, b || 'x', c + 2");
        assertThat(values(text)).containsExactly(1L, "x", 2L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (a int default 5)",
                "set x = 5",
                "explain select 5",
                "select 1; select 2",
                "select $1, 2",
                "select ?, 2",
                "select e'a', 2",
                "select 'abc",
                "select 12a",
                "select 1.2.3",
                "select 'a' 'b'",
                "",
            })
    void otherTextsAreLeftAlone(String sql) {
        assertThat(StatementText.of(sql)).isNull();
    }

    @Test
    void manyLiteralsAreLeftAlone() {
        String list = "1,".repeat(StatementText.LITERALS_MAX);
        assertThat(StatementText.of("select a in (" + list + "1)")).isNull();
    }

    @Test
    void aLiteralThatTheTreeSwallowsIsNotLifted() {
        assertThat(SqlParser.parseLifted(lift("select extract('year' from a)"))).isNull();
    }

    static List<String> accepted() throws IOException {
        return SqlParserTest.accepted();
    }

    /** Putting the values back into the lifted tree gives the tree of the original text. */
    @ParameterizedTest
    @MethodSource("accepted")
    void liftedTreesAreTheTreesOfTheText(String sql) {
        StatementText text = StatementText.of(sql);
        ParsedStatement lifted = text == null ? null : SqlParser.parseLifted(text);
        if (lifted == null || text == null) {
            return;
        }
        String tree = lifted.statement().toString();
        for (int i = 0; i < text.count(); i++) {
            String literal =
                    text.kind(i) == LiteralKind.STRING
                            ? "StringLiteral[value=" + text.value(i)
                            : "NumberLiteral[digits=" + text.value(i);
            tree = tree.replace("LiftedLiteral[index=" + i + ", kind=" + text.kind(i), literal);
        }
        String plain = Objects.requireNonNull(SqlParser.parseStatement(sql)).statement().toString();
        assertThat(normal(tree)).isEqualTo(normal(plain));
    }

    /** Numbers are compared by value. */
    private static String normal(String tree) {
        return java.util.regex.Pattern.compile("digits=([-0-9.eE+]+)")
                .matcher(tree)
                .replaceAll(match ->
                        "digits="
                                + new BigDecimal(match.group(1))
                                        .stripTrailingZeros()
                                        .toPlainString());
    }
}
