package io.faraddb.node.pgwire;

import io.faraddb.engine.session.Session;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Numbers of connections and the secrets that let another connection cancel them. */
final class CancelRegistry {

    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(int secret, Session session) {}

    /**
     * @return the secret that cancels it
     */
    int register(Session session) {
        int secret = random.nextInt();
        entries.put(session.backendId(), new Entry(secret, session));
        return secret;
    }

    void remove(Session session) {
        entries.remove(session.backendId());
    }

    /** Cancels what runs there; does nothing if the secret is wrong, and tells nobody. */
    void cancel(int backendId, int secret) {
        Entry entry = entries.get(backendId);
        if (entry != null && entry.secret() == secret) {
            entry.session().cancel();
        }
    }
}
