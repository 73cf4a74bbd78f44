package io.faraddb.node.pgwire;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.node.TestNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sites that are asleep see all that comes to them in one round of an event loop. */
@Timeout(60)
class RoundWakerTest {

    private static final int ROUNDS = 20;

    private static TestNode node;

    @BeforeAll
    static void start(@TempDir Path dataDir) throws Exception {
        node = TestNode.start(dataDir);
        node.run("create table hits (id int primary key, seen int)");
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
    }

    private static WireClient client() throws Exception {
        return WireClient.loggedIn(node.pgPort(), "admin", node.password());
    }

    @Test
    void aPipelineOfMoreThanARoundTakes() throws Exception {
        int inserts = 100;
        try (WireClient client = client()) {
            client.parse("put", "upsert into hits values ($1::int, 1)").sync().flush();
            assertThat(client.typesUntilReady()).isEqualTo("1ZI");
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < inserts; i++) {
                    client.bind("", "put", String.valueOf(i)).execute("", 0).sync();
                }
                client.flush();
                for (int i = 0; i < inserts; i++) {
                    assertThat(client.typesUntilReady()).isEqualTo("2CZI");
                }
            }
        }
    }

    @Test
    void oneStatementOfEachOfManyClients() throws Exception {
        List<WireClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                clients.add(client());
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < clients.size(); i++) {
                    clients.get(i).query("upsert into hits values (" + i + ", 2)").flush();
                }
                for (WireClient client : clients) {
                    assertThat(client.typesUntilReady()).isEqualTo("CZI");
                }
            }
        } finally {
            for (WireClient client : clients) {
                client.close();
            }
        }
    }
}
