package io.faraddb.shell.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementRunnerTest {

    @Test
    void remarksSayWhatWasDone() {
        assertThat(StatementRunner.remark("insert into t values (1)", 1)).isEqualTo("INSERT 1");
        assertThat(StatementRunner.remark("CREATE TABLE t (id int)", 0)).isEqualTo("CREATE TABLE");
        assertThat(StatementRunner.remark("begin;", 0)).isEqualTo("BEGIN");
    }

    @Test
    void remarksPassOverComments() {
        assertThat(StatementRunner.remark("-- two\n -- lines\nDROP TABLE t", 0))
                .isEqualTo("DROP TABLE");
        assertThat(StatementRunner.remark("/* one\nmore */ DELETE FROM t", 2))
                .isEqualTo("DELETE 2");
        assertThat(StatementRunner.remark("-- nothing", 0)).isEmpty();
    }
}
