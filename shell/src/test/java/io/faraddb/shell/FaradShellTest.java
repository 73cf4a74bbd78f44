package io.faraddb.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The application as it starts. */
class FaradShellTest {

    @Test
    void exitCodeIsTheCommands() {
        assertThat(FaradShell.run(new String[] {"version"})).isZero();
        assertThat(FaradShell.run(new String[] {"nope"})).isEqualTo(2);
        assertThat(FaradShell.run(new String[] {"status", "--http-url", "http://127.0.0.1:1"}))
                .isEqualTo(3);
    }
}
