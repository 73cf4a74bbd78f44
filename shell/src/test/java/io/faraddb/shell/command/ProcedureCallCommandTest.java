package io.faraddb.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcedureCallCommandTest {

    @Test
    void callQuotesWhatIsNoNumber() {
        assertThat(ProcedureCallCommand.call("vote", List.of("-5", "1.5", "it's", "null")))
                .isEqualTo("CALL vote(-5, 1.5, 'it''s', null)");
        assertThat(ProcedureCallCommand.call("x); DROP", List.of()))
                .isEqualTo("CALL \"x); DROP\"()");
    }
}
