package io.faraddb.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL's load driver, as it comes. */
@Tag("slow")
@Timeout(300)
class PgbenchIT {

    private static final int ACCOUNTS = 100_000;
    private static final int CLIENTS = 4;
    private static final int TRANSACTIONS = 100;

    @TempDir Path directory;

    @Test
    void initialisesAndLosesNothing() throws IOException {
        Path pgbench = OutsideProgram.find("pgbench", "postgresql");
        try (RunningNode node = new RunningNode(directory)) {
            assertThat(pgbench(pgbench, node, "-i", "-s", "1")).contains("done in");
            assertThat(node.rows("SELECT count(*), sum(abalance) FROM pgbench_accounts"))
                    .containsExactly(ACCOUNTS + ",0");
            // All of them meet at the one branch.
            transactions(pgbench, node, "--max-tries=1000");
            transactions(pgbench, node, "-M", "prepared", "--max-tries=1000");
            int done = 2 * CLIENTS * TRANSACTIONS;
            List<String> sums =
                    node.rows(
                            "SELECT count(*), sum(delta) = (SELECT sum(bbalance) FROM"
                                    + " pgbench_branches), sum(delta) = (SELECT sum(tbalance) FROM"
                                    + " pgbench_tellers), sum(delta) = (SELECT sum(abalance) FROM"
                                    + " pgbench_accounts) FROM pgbench_history");
            assertThat(sums).containsExactly(done + ",t,t,t");
            for (String mode : List.of("simple", "extended", "prepared")) {
                transactions(pgbench, node, "-S", "-M", mode);
            }
            assertThat(node.rows("SELECT count(*) FROM pgbench_history"))
                    .containsExactly(Integer.toString(done));
        }
    }

    private void transactions(Path pgbench, RunningNode node, String... options)
            throws IOException {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "-n",
                                "-c",
                                Integer.toString(CLIENTS),
                                "-t",
                                Integer.toString(TRANSACTIONS)));
        all.addAll(List.of(options));
        assertThat(pgbench(pgbench, node, all.toArray(String[]::new)))
                .contains(
                        "number of transactions actually processed: %1$d/%1$d"
                                .formatted(CLIENTS * TRANSACTIONS))
                .contains("number of failed transactions: 0");
    }

    private String pgbench(Path pgbench, RunningNode node, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(pgbench.toString()));
        command.addAll(List.of(options));
        Installation.Ran ran = Installation.run(directory, node.clientEnvironment(), command);
        assertThat(ran.exit()).as(ran.errors()).isZero();
        return ran.out() + ran.errors();
    }
}
