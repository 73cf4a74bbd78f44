package io.faraddb.node;

import io.faraddb.node.config.FaradProperties;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.stereotype.Component;

/** Where the console, REST and actuator listen: as {@code farad.*} tells. */
@Component
public final class HttpPort
        implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> {

    private final FaradProperties properties;

    public HttpPort(FaradProperties properties) {
        this.properties = properties;
    }

    @Override
    public void customize(ConfigurableServletWebServerFactory factory) {
        factory.setPort(properties.http().port());
        try {
            factory.setAddress(InetAddress.getByName(properties.bind()));
        } catch (UnknownHostException unknown) {
            // The engine starts first and refuses it with a sentence.
            factory.setAddress(InetAddress.getLoopbackAddress());
        }
        String bundle = properties.tls().bundle();
        if (bundle != null) {
            factory.setSsl(Ssl.forBundle(bundle));
        }
    }
}
