package io.faraddb.node.pgwire;

import io.faraddb.engine.session.Session;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Numbers of connections and the secrets that let another connection cancel them. */
final class CancelRegistry {

    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(int secret, Session session) {}

    /** A number that no open connection has. */
    int newBackendId() {
        while (true) {
            int id = last.incrementAndGet() & Integer.MAX_VALUE;
            if (id != 0 && !entries.containsKey(id)) {
                return id;
            }
        }
    }

    /**
     * @return the secret that cancels it
     */
    int register(int backendId, Session session) {
        int secret = random.nextInt();
        entries.put(backendId, new Entry(secret, session));
        return secret;
    }

    void remove(int backendId) {
        entries.remove(backendId);
    }

    /** Cancels what runs there; does nothing if the secret is wrong, and tells nobody. */
    void cancel(int backendId, int secret) {
        Entry entry = entries.get(backendId);
        if (entry != null && entry.secret() == secret) {
            entry.session().cancel();
        }
    }
}
