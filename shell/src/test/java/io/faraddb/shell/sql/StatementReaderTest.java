package io.faraddb.shell.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementReaderTest {

    @Test
    void semicolonsEndStatements() {
        assertThat(statements("select 1; select 2;\n select\n3"))
                .containsExactly("select 1", "select 2", "select\n3");
    }

    @Test
    void semicolonsInQuotesAndCommentsDoNot() {
        assertThat(statements("select 'a;''b;', \"c;\" -- d;\n, 1 /* e; /* f; */ g; */;"))
                .containsExactly("select 'a;''b;', \"c;\" -- d;\n, 1 /* e; /* f; */ g; */");
        assertThat(statements("select E'a\\';b'; select $$a;b$$; select $t$;$$;$t$, $1;"))
                .containsExactly("select E'a\\';b'", "select $$a;b$$", "select $t$;$$;$t$, $1");
    }

    @Test
    void bodyOfProcedureIsPartOfItsStatement() {
        assertThat(
                        statements(
                                "create procedure p as begin select case when a then 1 end from t;"
                                        + " delete from t; end; begin; commit;"))
                .containsExactly(
                        "create procedure p as begin select case when a then 1 end from t;"
                                + " delete from t; end",
                        "begin",
                        "commit");
    }

    @Test
    void nothingButCommentsIsNoStatement() {
        assertThat(statements("; -- nothing\n;/* at all */;\n")).isEmpty();
    }

    @Test
    void statementIsPendingUntilItsSemicolon() {
        StatementReader reader = new StatementReader();
        assertThat(reader.add("select 'a")).isEmpty();
        assertThat(reader.pending()).isTrue();
        assertThat(reader.add("b';")).containsExactly("select 'a\nb'");
        assertThat(reader.pending()).isFalse();
    }

    @Test
    void caretPointsAtPosition() {
        assertThat(FailureReport.caret("select 1 +\n fro x", 13))
                .isEqualTo("LINE 2:  fro x\n         ^\n");
        assertThat(FailureReport.caret("selec", 1)).isEqualTo("LINE 1: selec\n        ^\n");
        assertThat(FailureReport.caret("select", 99))
                .isEqualTo("LINE 1: select\n              ^\n");
    }

    private static List<String> statements(String text) {
        StatementReader reader = new StatementReader();
        List<String> statements = new ArrayList<>();
        text.lines().forEach(line -> statements.addAll(reader.add(line)));
        String rest = reader.rest();
        if (rest != null) {
            statements.add(rest);
        }
        return statements;
    }
}
