package io.faraddb.node;

import io.faraddb.engine.error.Invariant;
import io.faraddb.node.config.DataDirectory;
import io.faraddb.node.config.FaradProperties;
import io.faraddb.node.engine.NodeEngine;
import io.faraddb.node.pgwire.PgPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells people and programs where the node listens, once it does. */
@Component
public final class ReadyReport {

    private final FaradProperties properties;
    private final DataDirectory directory;
    private final CertificateFile certificate;
    private final NodeEngine node;
    private final PgPort pg;
    private final WebServerApplicationContext web;

    public ReadyReport(
            FaradProperties properties,
            DataDirectory directory,
            CertificateFile certificate,
            NodeEngine node,
            PgPort pg,
            WebServerApplicationContext web) {
        this.properties = properties;
        this.directory = directory;
        this.certificate = certificate;
        this.node = node;
        this.pg = pg;
        this.web = web;
    }

    /** After all ports listen. */
    @EventListener
    public void ready(ApplicationReadyEvent event) {
        WebServer server = Invariant.notNull(web.getWebServer(), "a node has a web server");
        int httpPort = server.getPort();
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("pg", pg.port());
        ports.put("http", httpPort);
        try {
            certificate.write();
            directory.writeEndpoints(ports);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String host = properties.bind();
        String scheme = properties.tls().bundle() == null ? "http" : "https";
        String base = scheme + "://" + host + ":" + httpPort;
        StringBuilder text = new StringBuilder();
        String password = node.newAdminPassword();
        if (password != null) {
            text.append(
                    "The password of admin is %s, kept in %s\n"
                            .formatted(password, directory.path().resolve("admin.password")));
        }
        text.append(
                "FaradDB ready: node %s, %d partitions\n"
                        .formatted(
                                properties.node().name(),
                                node.engine().partitions().sites().size()));
        text.append("  SQL      psql -h %s -p %d -U admin farad\n".formatted(host, pg.port()));
        Path socket = pg.socketDirectory();
        if (socket != null) {
            text.append(
                    "  socket   psql -h %s -p %d -U admin farad\n".formatted(socket, pg.port()));
        }
        text.append("  console  %s/\n".formatted(base));
        text.append("  metrics  %s/actuator/prometheus\n".formatted(base));
        System.out.print(text);
        System.out.flush();
    }
}
