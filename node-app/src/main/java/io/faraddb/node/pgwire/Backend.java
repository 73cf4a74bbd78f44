package io.faraddb.node.pgwire;

import io.faraddb.engine.catalog.ScramVerifier;
import io.faraddb.engine.session.Session;
import io.faraddb.engine.session.SessionListener;
import io.faraddb.engine.site.SiteWaker;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the protocol needs of the engine. Called on event loops: nothing here waits. */
public interface Backend {

    /** What is known of a user's password; null if there is no such user. */
    @Nullable ScramVerifier verifier(String user);

    /** What no client knows and what stays as it is, for the salts of users who don't exist. */
    byte[] mockSecret();

    /**
     * Opens a session for somebody whose password was right.
     *
     * @param waker of sites that get work of the session
     * @throws io.faraddb.engine.error.SqlException if there is no such database or setting
     */
    Session open(Login login, SessionListener listener, SiteWaker waker);

    /**
     * Somebody who logs in.
     *
     * @param settings that the client asks for at the start
     */
    record Login(
            String user,
            String database,
            String remoteAddress,
            boolean encrypted,
            Map<String, String> settings) {}
}
