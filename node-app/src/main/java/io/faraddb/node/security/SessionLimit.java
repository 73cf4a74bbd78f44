package io.faraddb.node.security;

import org.apache.catalina.session.ManagerBase;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** How many people may be logged in at a time. */
@Component
public final class SessionLimit
        implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** Sessions; a further log-in fails. Each ends half an hour after its last request. */
    static final int SESSIONS_MAX = 1_000;

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getManager() instanceof ManagerBase sessions) {
                sessions.setMaxActiveSessions(SESSIONS_MAX);
            }
        });
    }
}
