package io.faraddb.node.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.node.TestNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A client that reads and writes accounts all the time, so that pages have something to show. */
final class Load implements AutoCloseable {

    private final Connection connection;
    private final int accounts;
    private final Thread thread = Thread.ofPlatform().name("load").unstarted(this::run);
    private volatile boolean over;
    private volatile @Nullable SQLException failure;

    /**
     * @param accounts their ids begin with 1
     */
    Load(TestNode node, int accounts) throws SQLException {
        connection = node.connect();
        this.accounts = accounts;
        thread.start();
    }

    private void run() {
        try (PreparedStatement update =
                        connection.prepareStatement(
                                "update account set balance = balance + 1 where id = ?");
                PreparedStatement query =
                        connection.prepareStatement("select balance from account where id = ?");
                PreparedStatement call = connection.prepareStatement("call pay(?, 1)")) {
            for (long turn = 0; !over; turn++) {
                PreparedStatement next = turn % 10 == 0 ? call : turn % 3 == 0 ? update : query;
                next.setLong(1, 1 + turn % accounts);
                next.execute();
            }
        } catch (SQLException broken) {
            failure = broken;
        }
    }

    /** That all of it went well so far. */
    void check() {
        assertThat((Throwable) failure).isNull();
    }

    @Override
    public void close() throws SQLException {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
