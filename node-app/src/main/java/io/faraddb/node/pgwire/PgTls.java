package io.faraddb.node.pgwire;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLContext;

/** TLS for new connections; its certificate may be replaced while running. */
public final class PgTls {

    private static final String PROTOCOL_NAME = "postgresql";

    private volatile JdkSslContext context;

    public PgTls(SSLContext sslContext) {
        context = nettyContext(sslContext);
    }

    /** For connections from now on. */
    public void replace(SSLContext sslContext) {
        context = nettyContext(sslContext);
    }

    private static JdkSslContext nettyContext(SSLContext sslContext) {
        ApplicationProtocolConfig protocols =
                new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        PROTOCOL_NAME);
        return new JdkSslContext(
                sslContext,
                false,
                null,
                IdentityCipherSuiteFilter.INSTANCE,
                protocols,
                ClientAuth.NONE,
                new String[] {"TLSv1.3", "TLSv1.2"},
                false);
    }

    SslHandler newHandler(ByteBufAllocator allocator) {
        return context.newHandler(allocator);
    }
}
