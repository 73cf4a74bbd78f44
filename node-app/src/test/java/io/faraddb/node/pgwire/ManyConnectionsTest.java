package io.faraddb.node.pgwire;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.node.TestNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of clients that mostly say nothing. */
@Tag("slow")
@Timeout(300)
class ManyConnectionsTest {

    private static final int CLIENTS = 3_000;
    private static final int EVERY = 100;

    @TempDir Path dataDir;

    @Test
    void idleClientsCostLittleAndAreServedWhenTheyWake() throws Exception {
        List<WireClient> clients = new ArrayList<>();
        try (TestNode node = TestNode.start(dataDir)) {
            node.run("create table seen (id int primary key)");
            int threads = Thread.activeCount();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(WireClient.loggedIn(node.pgPort(), "admin", node.password()));
            }
            assertThat(Thread.activeCount()).isLessThan(threads + EVERY);
            for (int i = 0; i < CLIENTS; i += EVERY) {
                clients.get(i).query("insert into seen values (" + i + ")").flush();
                assertThat(clients.get(i).typesUntilReady()).isEqualTo("CZI");
            }
            clients.getLast().query("select count(*) from seen").flush();
            assertThat(clients.getLast().untilReady().get(1).text())
                    .contains(String.valueOf(CLIENTS / EVERY));
        } finally {
            for (WireClient client : clients) {
                client.close();
            }
        }
    }
}
