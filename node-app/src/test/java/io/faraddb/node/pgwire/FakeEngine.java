package io.faraddb.node.pgwire;

import io.faraddb.engine.catalog.ScramVerifier;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.Session;
import io.faraddb.engine.session.SessionListener;
import io.faraddb.engine.site.SiteWaker;
import io.faraddb.node.pgwire.connection.PgServerConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An engine that knows a dozen statements and completes them on its own thread. */
final class FakeEngine implements Backend, AutoCloseable {

    static final String USER = "admin";
    static final String PASSWORD = "päss\u00A0word";

    private static final ScramVerifier VERIFIER =
            ScramVerifier.of(PASSWORD, "0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    final ExecutorService thread = Executors.newSingleThreadExecutor();
    final List<@Nullable Object[]> copied = Collections.synchronizedList(new ArrayList<>());
    final List<FakeSession> sessions = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, CountDownLatch> latches = new ConcurrentHashMap<>();

    /** A server with room for ten clients, which have time. */
    static PgServerConfig config(int port, PgServerConfig.@Nullable SocketPlace socket) {
        Duration patience = Duration.ofSeconds(20);
        return new PgServerConfig(
                "127.0.0.1", port, socket, 1, 10, patience, 1 << 20, 64 << 10, patience, false);
    }

    /** What "wait NAME" waits for. */
    CountDownLatch latch(String name) {
        return latches.computeIfAbsent(name, unused -> new CountDownLatch(1));
    }

    @Override
    public @Nullable ScramVerifier verifier(String user) {
        return user.equals(USER) ? VERIFIER : null;
    }

    @Override
    public byte[] mockSecret() {
        return new byte[] {1, 2, 3};
    }

    @Override
    public Session open(Login login, SessionListener listener, SiteWaker waker) {
        if (!login.database().equals("farad")) {
            throw new SqlException(
                    ErrorCode.INVALID_CATALOG_NAME,
                    "database \"" + login.database() + "\" does not exist");
        }
        if (login.settings().containsKey("nonsense")) {
            throw new SqlException(
                    ErrorCode.UNDEFINED_OBJECT,
                    "unrecognized configuration parameter \"nonsense\"");
        }
        FakeSession session = new FakeSession(this, listener, login);
        sessions.add(session);
        return session;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
