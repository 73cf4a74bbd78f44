package io.faraddb.node.pgwire;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.Session;
import io.faraddb.node.engine.EngineFailure;
import io.faraddb.node.pgwire.codec.BackendWriter;
import io.faraddb.node.pgwire.codec.FrontendMessage;
import io.faraddb.node.pgwire.codec.FrontendReader;
import io.faraddb.node.pgwire.connection.Connection;
import io.faraddb.node.pgwire.connection.PgMetrics;
import io.faraddb.node.pgwire.connection.PgServerConfig;
import io.faraddb.node.pgwire.scram.ScramExchange;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client that has not logged in: encryption, start-up parameters, password. Then a {@link
 * Connection} takes its place. Belongs to the connection's event loop.
 */
final class LoginHandler extends ChannelInboundHandlerAdapter {

    /** What comes next. */
    private enum Stage {
        /** A request for encryption, to cancel, or to start. */
        FIRST_PACKET,
        SASL_INITIAL_RESPONSE,
        SASL_RESPONSE,
        /** A session, or the end. */
        NOTHING
    }

    private static final byte TLS_HANDSHAKE = 0x16;
    private static final int NONCE_BYTES = 18;

    private final PgServer server;
    private final boolean local;
    private Stage stage = Stage.FIRST_PACKET;
    private boolean encrypted;
    private boolean left;
    private @Nullable ByteBuf received;
    private @Nullable ScheduledFuture<?> timer;
    private FrontendMessage.@Nullable Startup startup;
    private @Nullable ScramExchange exchange;

    /**
     * @param local whether the client came by the socket of this machine
     */
    LoginHandler(PgServer server, boolean local) {
        this.server = server;
        this.local = local;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        server.metrics().loginBegan();
        var unused =
                timer =
                        ctx.executor()
                                .schedule(
                                        () -> close(ctx),
                                        server.config().authenticationTimeout().toMillis(),
                                        TimeUnit.MILLISECONDS);
    }

    private static void close(ChannelHandlerContext ctx) {
        var unused = ctx.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        server.metrics().received(bytes.readableBytes());
        ByteBuf before = received;
        ByteBuf all =
                before == null
                        ? bytes
                        : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), before, bytes);
        received = all;
        try {
            while (received == all && all.isReadable() && processNext(ctx, all)) {
                // As long as there are whole messages.
            }
        } catch (SqlException refused) {
            refuse(ctx, refused);
        }
        if (received == all && !all.isReadable()) {
            received = null;
            all.release();
        }
    }

    /** Whether there was a whole message. */
    private boolean processNext(ChannelHandlerContext ctx, ByteBuf bytes) {
        int available = bytes.readableBytes();
        int start = bytes.readerIndex();
        if (stage == Stage.NOTHING) {
            bytes.skipBytes(available);
            return false;
        }
        if (stage == Stage.FIRST_PACKET && !encrypted && bytes.getByte(start) == TLS_HANDSHAKE) {
            startTls(ctx, false);
            return false;
        }
        int header = stage == Stage.FIRST_PACKET ? 4 : FrontendReader.HEADER_BYTES;
        if (available < header) {
            return false;
        }
        int length = bytes.getInt(start + header - 4);
        if (length < 4 || length > PgServerConfig.LOGIN_MESSAGE_BYTES_MAX) {
            throw FrontendReader.violation("invalid length of startup packet");
        }
        int whole = header - 4 + length;
        if (available < whole) {
            return false;
        }
        byte type = bytes.getByte(start);
        ByteBuf body = bytes.slice(start + header, whole - header);
        bytes.readerIndex(start + whole);
        switch (stage) {
            case FIRST_PACKET -> first(ctx, FrontendReader.readFirst(body), bytes);
            case SASL_INITIAL_RESPONSE -> saslInitial(ctx, checked(type, body));
            case SASL_RESPONSE -> saslLast(ctx, checked(type, body));
            case NOTHING -> {}
        }
        return true;
    }

    private static ByteBuf checked(byte type, ByteBuf body) {
        if (type != FrontendReader.PASSWORD) {
            throw FrontendReader.violation(
                    "expected SASL response, got message type " + (type & 0xFF));
        }
        return body;
    }

    private void first(ChannelHandlerContext ctx, FrontendMessage.First message, ByteBuf rest) {
        switch (message) {
            case FrontendMessage.SslRequest request -> {
                if (encrypted) {
                    throw FrontendReader.violation("SSL is already in use");
                }
                if (local || server.tls() == null) {
                    // PostgreSQL does not encrypt what stays on the machine either.
                    write(ctx, 'N');
                } else if (rest.isReadable()) {
                    // Somebody in the middle may have put it there.
                    throw FrontendReader.violation("received unencrypted data after SSL request");
                } else {
                    startTls(ctx, true);
                }
            }
            case FrontendMessage.GssEncryptionRequest request -> write(ctx, 'N');
            case FrontendMessage.CancelRequest request -> {
                stage = Stage.NOTHING;
                server.cancels().cancel(request.backendId(), request.secret());
                close(ctx);
            }
            case FrontendMessage.Startup begun -> start(ctx, begun);
        }
    }

    private static void write(ChannelHandlerContext ctx, char answer) {
        var unused = ctx.writeAndFlush(ctx.alloc().buffer(1).writeByte(answer), ctx.voidPromise());
    }

    private void startTls(ChannelHandlerContext ctx, boolean answer) {
        PgTls tls = local ? null : server.tls();
        if (tls == null) {
            throw FrontendReader.violation("TLS is not configured");
        }
        ByteBuf bytes = Objects.requireNonNull(received);
        received = null;
        encrypted = true;
        if (answer) {
            write(ctx, 'S');
        }
        SslHandler handler = tls.newHandler(ctx.alloc());
        ctx.pipeline().addFirst("tls", handler);
        if (bytes.isReadable()) {
            // A client that begins with TLS at once: its first bytes are here already.
            ctx.pipeline().fireChannelRead(bytes);
        } else {
            bytes.release();
        }
    }

    private void start(ChannelHandlerContext ctx, FrontendMessage.Startup begun) {
        startup = begun;
        if (server.isDraining()) {
            server.metrics().reject(PgMetrics.Rejection.SHUTTING_DOWN);
            throw new SqlException(
                    ErrorCode.CANNOT_CONNECT_NOW, "the database system is shutting down");
        }
        if (!encrypted && !plainAllowed(ctx)) {
            server.metrics().reject(PgMetrics.Rejection.NOT_ENCRYPTED);
            throw new SqlException(
                            ErrorCode.INVALID_AUTHORIZATION,
                            "connections from other machines have to be encrypted")
                    .hint("Connect with sslmode=require.");
        }
        String user = begun.parameters().get("user");
        if (user == null || user.isEmpty()) {
            throw new SqlException(
                    ErrorCode.INVALID_AUTHORIZATION,
                    "no PostgreSQL user name specified in startup packet");
        }
        String replication = begun.parameters().getOrDefault("replication", "false");
        if (!List.of("false", "off", "no", "0").contains(replication)) {
            throw SqlException.unsupported("the replication protocol");
        }
        ByteBuf buffer = ctx.alloc().buffer();
        if (begun.minor() > 0 || !begun.extensions().isEmpty()) {
            BackendWriter.negotiateProtocolVersion(buffer, begun.extensions());
        }
        BackendWriter.authenticationSasl(buffer, ScramExchange.MECHANISM);
        exchange =
                ScramExchange.begin(
                        user,
                        server.backend().verifier(user),
                        server.backend().mockSecret(),
                        server.randomBase64(NONCE_BYTES));
        stage = Stage.SASL_INITIAL_RESPONSE;
        var unused = ctx.writeAndFlush(buffer, ctx.voidPromise());
    }

    private boolean plainAllowed(ChannelHandlerContext ctx) {
        return local
                || server.config().plainRemoteAllowed()
                || (ctx.channel().remoteAddress() instanceof InetSocketAddress remote
                        && remote.getAddress().isLoopbackAddress());
    }

    private void saslInitial(ChannelHandlerContext ctx, ByteBuf body) {
        FrontendMessage.SaslInitialResponse response = FrontendReader.readSaslInitialResponse(body);
        if (!response.mechanism().equals(ScramExchange.MECHANISM)) {
            throw FrontendReader.violation(
                    "client selected an invalid SASL authentication mechanism");
        }
        byte[] answer = Objects.requireNonNull(exchange).first(response.data());
        stage = Stage.SASL_RESPONSE;
        ByteBuf buffer = ctx.alloc().buffer();
        BackendWriter.authenticationSaslContinue(buffer, answer);
        var unused = ctx.writeAndFlush(buffer, ctx.voidPromise());
    }

    private void saslLast(ChannelHandlerContext ctx, ByteBuf body) {
        byte[] data = FrontendReader.readSaslResponse(body).data();
        byte[] answer = Objects.requireNonNull(exchange).last(data);
        server.metrics().login(answer != null);
        FrontendMessage.Startup begun = Objects.requireNonNull(startup);
        String user = begun.parameters().getOrDefault("user", "");
        if (answer == null) {
            throw new SqlException(
                    ErrorCode.INVALID_PASSWORD,
                    "password authentication failed for user \"" + user + "\"");
        }
        stage = Stage.NOTHING;
        if (!server.metrics().enter(server.config().connectionsMax())) {
            server.metrics().reject(PgMetrics.Rejection.TOO_MANY);
            throw new SqlException(
                            ErrorCode.TOO_MANY_CONNECTIONS, "sorry, too many clients already")
                    .hint("The limit is farad.pg.connections-max.");
        }
        ByteBuf buffer = ctx.alloc().buffer();
        BackendWriter.authenticationSaslFinal(buffer, answer);
        BackendWriter.authenticationOk(buffer);
        var unused = ctx.write(buffer, ctx.voidPromise());
        openSession(ctx, login(ctx, begun, user));
    }

    private Backend.Login login(
            ChannelHandlerContext ctx, FrontendMessage.Startup begun, String user) {
        Map<String, String> settings = new LinkedHashMap<>(begun.parameters());
        settings.keySet().removeAll(List.of("user", "database", "options", "replication"));
        settings.putAll(StartupOptions.parse(begun.parameters().getOrDefault("options", "")));
        return new Backend.Login(
                user,
                begun.parameters().getOrDefault("database", user),
                String.valueOf(ctx.channel().remoteAddress()),
                encrypted,
                settings);
    }

    private void openSession(ChannelHandlerContext ctx, Backend.Login login) {
        Connection[] self = new Connection[1];
        Connection connection =
                new Connection(
                        server.config(),
                        server.metrics(),
                        () -> {
                            server.metrics().leave();
                            server.removed(self[0]);
                        });
        self[0] = connection;
        Session session;
        try {
            session =
                    server.backend()
                            .open(login, connection, server.waker(ctx.channel().eventLoop()));
        } catch (RuntimeException e) {
            server.metrics().leave();
            throw e;
        }
        leave();
        int secret = server.cancels().register(session);
        ctx.pipeline().addLast("connection", connection);
        connection.begin(ctx.pipeline().context(connection), session);
        server.added(connection);
        ByteBuf rest = received;
        received = null;
        connection.writeGreeting(secret);
        ctx.pipeline().remove(this);
        if (rest != null) {
            connection.channelRead(ctx.pipeline().context(connection), rest.retain());
            rest.release();
        }
    }

    /** No longer one of those logging in. */
    private void leave() {
        if (!left) {
            left = true;
            server.metrics().loginEnded();
            ScheduledFuture<?> running = timer;
            if (running != null) {
                running.cancel(false);
            }
        }
    }

    private void refuse(ChannelHandlerContext ctx, SqlException error) {
        stage = Stage.NOTHING;
        ByteBuf buffer = ctx.alloc().buffer();
        BackendWriter.error(buffer, "FATAL", error);
        var unused = ctx.writeAndFlush(buffer).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        leave();
        ByteBuf bytes = received;
        received = null;
        if (bytes != null) {
            bytes.release();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof SqlException error) {
            refuse(ctx, error);
        } else if (cause instanceof java.io.IOException || encrypted) {
            // A port scan, or no TLS after all.
            close(ctx);
        } else {
            refuse(ctx, EngineFailure.toSql(cause));
        }
    }
}
