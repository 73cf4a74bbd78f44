package io.faraddb.engine.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.parse.ast.DataChange;
import io.faraddb.engine.sql.parse.ast.Definition;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.ProcedureStatement;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.sql.parse.ast.Statement;
import io.faraddb.engine.sql.parse.ast.UtilityStatement;
import io.faraddb.engine.sql.parse.lex.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SqlParserTest {

    // Files ------------------------------------------------------------------------------------

    static List<String> accepted() throws IOException {
        List<String> all = new ArrayList<>(statements("accepted.sql"));
        all.addAll(statements("accepted-voltdb.sql"));
        return all;
    }

    static List<String> refused() throws IOException {
        return pairs("refused.sqltest");
    }

    /** Lines that a line with dashes follows, joined with it by a newline. */
    static List<String> pairs(String file) throws IOException {
        List<String> pairs = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.startsWith("---- ")) {
                pairs.set(pairs.size() - 1, pairs.getLast() + "\n" + line.substring(5));
            } else if (!line.startsWith("--")) {
                pairs.add(line);
            }
        }
        return pairs;
    }

    private static List<String> statements(String file) throws IOException {
        List<String> statements = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.startsWith(" ")) {
                statements.set(statements.size() - 1, statements.getLast() + "\n" + line);
            } else if (!line.startsWith("--")) {
                statements.add(line);
            }
        }
        return statements;
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream in = SqlParserTest.class.getResourceAsStream("/sql/parse/" + file)) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void acceptsWhatPostgresqlAndVoltdbAccept(String sql) {
        assertThat(SqlParser.parseScript(sql)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void everyPrefixIsAcceptedOrRefusedWithAPosition(String sql) {
        for (int i = 0; i < sql.length(); i++) {
            try {
                SqlParser.parseScript(sql.substring(0, i));
            } catch (SqlException refused) {
                assertThat(refused.position()).as(refused.text()).isBetween(1, i + 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesInPostgresqlsWords(String pair) {
        String sql = pair.substring(0, pair.indexOf('\n'));
        SqlException refused =
                catchThrowableOfType(SqlException.class, () -> SqlParser.parseScript(sql));
        assertThat(refused).as(sql).isNotNull();
        String seen = refused.code().sqlState() + " " + refused.position() + " " + refused.text();
        assertThat(seen).isEqualTo(pair.substring(pair.indexOf('\n') + 1));
    }

    // Shapes -----------------------------------------------------------------------------------

    private static String shape(String expression) {
        return SqlParser.parseExpression(expression)
                .toString()
                .replaceAll("(, )?position=\\d+", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "a or b and c | a or (b and c)",
                "not a = b | not (a = b)",
                "not a is null | not (a is null)",
                "a = b is null | (a = b) is null",
                "a < b + c | a < (b + c)",
                "a + b * c ^ d | a + (b * (c ^ d))",
                "a ^ b ^ c | (a ^ b) ^ c",
                "a - b - c | (a - b) - c",
                "a || b = c || d | (a || b) = (c || d)",
                "a || b + c | a || (b + c)",
                "a between b and c and d | (a between b and c) and d",
                "a in (b) = c | (a in (b)) = c",
                "a like b || c | a like (b || c)",
                "a <> b or c like d and e | (a <> b) or ((c like d) and e)",
                "- a ^ b | (- a) ^ b",
                "- a::int | - (a::int)",
                "- a at time zone b | (- a) at time zone b",
                "a at time zone b + c | (a at time zone b) + c",
                "a collate x || b | (a collate x) || b",
                "@ a + b | @ (a + b)",
                "a -> b + c | a -> (b + c)",
                "a = any (b) and c | (a = any (b)) and c",
                "a is distinct from b and c | (a is distinct from b) and c",
                "a is distinct from b + c | a is distinct from (b + c)",
                "a or b or c | a or b or c",
                "- 5 | -5",
                "a=-5 | a = -5",
                "a operator(s.+) b * c | a operator(s.+) (b * c)",
            })
    void operatorsBindAsInPostgresql(String flat, String parenthesised) {
        assertThat(shape(flat)).isEqualTo(shape(parenthesised));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "a != b | a <> b",
                "a isnull | a is null",
                "some_f(A, \"B\") | SOME_F(a, \"B\")",
                "cast(a as varchar(3)) | a::character varying(3)",
                "date '2020-01-01' | '2020-01-01'::date",
                "double precision '1' | '1'::pg_catalog.float8",
                "extract(year from a) | pg_catalog.extract('year', a)",
                "substring(a from b for c) | pg_catalog.substring(a, b, c)",
                "trim(both 'x' from a) | pg_catalog.btrim(a, 'x')",
                "position(a in b) | pg_catalog.position(b, a)",
                "a at time zone 'UTC' | pg_catalog.timezone('UTC', a)",
                "x = some (a) | x = any (a)",
                "e'a\\n\\x41\\'b' | e'a\\012\\u0041''b'",
                "u&'\\0061b' | 'ab'",
                "$x$a'b$x$ | 'a''b'",
            })
    void spellingsMeanTheSame(String one, String other) {
        assertThat(shape(one)).isEqualTo(shape(other));
    }

    @Test
    void positionsCountCharactersFromTheBeginningOfTheText() {
        Query query =
                (Query) SqlParser.parseScript("select 1; select '😀', a + b").get(1).statement();
        Query.Select select = (Query.Select) query.body();
        Expression sum = select.items().get(1).expression();
        assertThat(sum).isInstanceOf(Expression.Binary.class);
        assertThat(sum.position()).isEqualTo(25);
        assertThat(select.items().get(1).position()).isEqualTo(23);
    }

    @Test
    void aScriptGivesEachStatementItsText() {
        List<ParsedStatement> script =
                SqlParser.parseScript(" ; select $2 ;; -- nothing\n insert into t values ($1);");
        assertThat(script)
                .extracting(ParsedStatement::text)
                .containsExactly("select $2", "insert into t values ($1)");
        assertThat(script).extracting(ParsedStatement::parameterCount).containsExactly(2, 1);
    }

    @Test
    void aTextWithoutAStatementIsEmpty() {
        assertThat(SqlParser.parseStatement(" -- ping\n ;")).isNull();
    }

    @Test
    void severalStatementsCannotBePrepared() {
        assertThatThrownBy(() -> SqlParser.parseStatement("select 1; select 2"))
                .isInstanceOf(SqlException.class)
                .hasMessageContaining("multiple commands");
    }

    @Test
    void namesFoldToLowerCaseUnlessQuoted() {
        Expression.ColumnReference reference =
                (Expression.ColumnReference) SqlParser.parseExpression("Ab.\"Cd\".\"e\"\"f\"");
        assertThat(reference.names()).containsExactly("ab", "Cd", "e\"f");
    }

    @Test
    void readsAnInsertWhole() {
        DataChange.Insert insert =
                (DataChange.Insert)
                        only(
                                "insert into t as x (a, b) values (1, default) on conflict (a)"
                                        + " do update set b = excluded.b where x.b > 1"
                                        + " returning *");
        assertThat(insert.columns())
                .extracting(DataChange.ColumnTarget::name)
                .containsExactly("a", "b");
        DataChange.OnConflict conflict = Objects.requireNonNull(insert.onConflict());
        assertThat(conflict.doNothing()).isFalse();
        assertThat(conflict.where()).isNotNull();
        assertThat(insert.returning()).hasSize(1);
    }

    @Test
    void readsAProceduresStatementsWithTheirTexts() {
        ProcedureStatement.CreateProcedure procedure =
                (ProcedureStatement.CreateProcedure)
                        only(
                                "create procedure p partition on table t column a parameter 1 as"
                                        + " begin select ?; delete from t where a = ? and b = ?;"
                                        + " end");
        ProcedureStatement.SqlBody body = (ProcedureStatement.SqlBody) procedure.body();
        assertThat(body.statements())
                .extracting(ProcedureStatement.BodyStatement::text)
                .containsExactly("select ?", "delete from t where a = ? and b = ?");
        assertThat(Objects.requireNonNull(procedure.partition()).parameter()).isEqualTo(1);
    }

    @Test
    void aClassNameKeepsItsCase() {
        ProcedureStatement.CreateProcedure procedure =
                (ProcedureStatement.CreateProcedure)
                        only("create procedure from class com.Example.VoteNow");
        assertThat(procedure.body())
                .isEqualTo(new ProcedureStatement.JavaBody("com.Example.VoteNow"));
        assertThat(procedure.name().name()).isEqualTo("VoteNow");
    }

    @Test
    void bothSyntaxesOfCopyGiveTheSameOptions() {
        UtilityStatement.Copy old = (UtilityStatement.Copy) only("copy t to stdout csv header");
        UtilityStatement.Copy current =
                (UtilityStatement.Copy) only("copy t to stdout with (format csv, header)");
        assertThat(old.options().toString().replaceAll("position=\\d+", ""))
                .isEqualTo(current.options().toString().replaceAll("position=\\d+", ""));
    }

    @Test
    void aCheckKeepsItsText() {
        Definition.CreateTable table =
                (Definition.CreateTable) only("create table t (a int, check ( a > 1  and a<9 ))");
        assertThat(((Definition.Check) table.constraints().getFirst()).text())
                .isEqualTo("a > 1  and a<9");
    }

    @ParameterizedTest
    @CsvSource({
        "create view v as select 1, CREATE VIEW",
        "create or replace function f() returns int as $$ ; $$ language sql, CREATE FUNCTION",
        "drop schema s, DROP SCHEMA",
        "alter sequence s restart, ALTER SEQUENCE",
        "lock table t, LOCK TABLE",
        "do $$ begin end $$, DO",
    })
    void whatIsMissingIsKnownByName(String sql, String name) {
        assertThat(((Statement.Unsupported) only(sql)).name()).isEqualTo(name);
    }

    private static Statement only(String sql) {
        return Objects.requireNonNull(SqlParser.parseStatement(sql)).statement();
    }

    // Limits -----------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "(,1,)",
                "- ,1,``",
                "not ,true,``",
                "``,1, + 1",
                "case when ,true, then 1 end",
                "(select ,1,)",
                "array[,1,]",
            })
    void nestingIsBounded(String open, String inner, String close) {
        String deep = "select " + open.repeat(100_000) + inner + close.repeat(100_000);
        SqlException refused =
                catchThrowableOfType(SqlException.class, () -> SqlParser.parseScript(deep));
        assertThat(refused.code()).isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX);
        String shallow = "select " + open.repeat(90) + inner + close.repeat(90);
        assertThat(SqlParser.parseScript(shallow)).hasSize(1);
    }

    @Test
    void unionsAreBounded() {
        SqlException refused =
                catchThrowableOfType(
                        SqlException.class,
                        () -> SqlParser.parseScript("select 1" + " union select 1".repeat(9_999)));
        assertThat(refused.code()).isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX);
    }

    @Test
    void longListsAreNotNesting() {
        String list = "1, ".repeat(50_000) + "1";
        assertThat(
                        SqlParser.parseScript(
                                "select a in (" + list + ") and a" + " and b".repeat(9_999)))
                .hasSize(1);
    }

    @Test
    void lengthIsBounded() {
        SqlException refused =
                catchThrowableOfType(
                        SqlException.class,
                        () -> SqlParser.parseScript(" ".repeat(SourceText.LENGTH_MAX + 1)));
        assertThat(refused.code()).isEqualTo(ErrorCode.PROGRAM_LIMIT_EXCEEDED);
    }

    @Test
    void parametersAreBounded() {
        assertThat(
                        Objects.requireNonNull(SqlParser.parseStatement("select $65535"))
                                .parameterCount())
                .isEqualTo(65_535);
        SqlException refused =
                catchThrowableOfType(
                        SqlException.class, () -> SqlParser.parseScript("select $65536"));
        assertThat(refused.code()).isEqualTo(ErrorCode.PROGRAM_LIMIT_EXCEEDED);
    }

    @Test
    void longNamesAreRefused() {
        String name = "a".repeat(63);
        assertThat(SqlParser.parseScript("select " + name)).hasSize(1);
        SqlException refused =
                catchThrowableOfType(
                        SqlException.class, () -> SqlParser.parseScript("select " + name + "b"));
        assertThat(refused.code()).isEqualTo(ErrorCode.NAME_TOO_LONG);
    }
}
