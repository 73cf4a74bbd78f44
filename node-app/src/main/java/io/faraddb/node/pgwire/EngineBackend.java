package io.faraddb.node.pgwire;

import io.faraddb.engine.catalog.ScramVerifier;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.Session;
import io.faraddb.engine.session.SessionListener;
import io.faraddb.engine.site.SiteWaker;
import io.faraddb.node.engine.NodeEngine;
import org.jspecify.annotations.Nullable;

/** The node's engine as the protocol sees it. */
final class EngineBackend implements Backend {

    private static final String DATABASE = "farad";

    private final NodeEngine node;

    EngineBackend(NodeEngine node) {
        this.node = node;
    }

    @Override
    public @Nullable ScramVerifier verifier(String user) {
        return node.accounts().verifier(user);
    }

    @Override
    public byte[] mockSecret() {
        return node.accounts().mockSecret();
    }

    @Override
    public Session open(Login login, SessionListener listener, SiteWaker waker) {
        if (!login.database().equals(DATABASE)) {
            throw new SqlException(
                            ErrorCode.INVALID_CATALOG_NAME,
                            "database \"" + login.database() + "\" does not exist")
                    .hint("There is one database: farad.");
        }
        return node.engine().openSession(login.user(), login.settings(), listener, waker);
    }
}
