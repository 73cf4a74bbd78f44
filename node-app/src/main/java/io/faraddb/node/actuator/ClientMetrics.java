package io.faraddb.node.actuator;

import io.faraddb.node.engine.NodeEngine;
import io.faraddb.node.pgwire.PgPort;
import io.faraddb.node.pgwire.connection.PgMetrics;
import io.faraddb.node.security.LoginCounts;
import io.faraddb.node.security.LoginCounts.Way;
import java.util.Locale;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Clients: connections, what they move, log-ins. */
@Component
@Order(6)
final class ClientMetrics implements MetricSource {

    private static final String PROTOCOL = "protocol";
    private static final String POSTGRESQL = "postgresql";

    private final NodeEngine node;
    private final PgPort pg;
    private final LoginCounts http;

    ClientMetrics(NodeEngine node, PgPort pg, LoginCounts http) {
        this.node = node;
        this.pg = pg;
        this.http = http;
    }

    @Override
    public void tell(Scrape scrape) {
        PgMetrics port = pg.metrics();
        scrape.gauge(
                "farad_sessions",
                "Sessions that are open, of clients of every kind",
                node.engine().sessionStats().openSessions());
        connections(scrape, port);
        String bytes = "Bytes to and from clients";
        scrape.counter("farad_client_bytes_total", bytes, port.bytesReceived(), "direction", "in");
        scrape.counter("farad_client_bytes_total", bytes, port.bytesSent(), "direction", "out");
        scrape.counter(
                "farad_client_stalled_total",
                "Connections cut off because the client did not read",
                port.stalled());
        logins(scrape, "scram", port.loginsPassed(), port.loginsFailed());
        for (Way way : Way.values()) {
            logins(
                    scrape,
                    way.name().toLowerCase(Locale.ROOT),
                    http.get(way, true),
                    http.get(way, false));
        }
    }

    private static void connections(Scrape scrape, PgMetrics port) {
        String help = "Connections of clients: open, or still logging in";
        scrape.gauge(
                "farad_client_connections",
                help,
                port.loggedIn(),
                PROTOCOL,
                POSTGRESQL,
                "state",
                "open");
        scrape.gauge(
                "farad_client_connections",
                help,
                port.loggingIn(),
                PROTOCOL,
                POSTGRESQL,
                "state",
                "login");
        for (PgMetrics.Rejection reason : PgMetrics.Rejection.values()) {
            scrape.counter(
                    "farad_client_connections_rejected_total",
                    "Connections that were refused",
                    port.rejected(reason),
                    "reason",
                    reason.name().toLowerCase(Locale.ROOT));
        }
    }

    private static void logins(Scrape scrape, String method, long passed, long failed) {
        String help = "Checks of a password: scram, form (the console's), basic (each request)";
        scrape.counter("farad_auth_total", help, passed, "method", method, "result", "success");
        scrape.counter("farad_auth_total", help, failed, "method", method, "result", "failure");
    }
}
