package io.faraddb.bench.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is logged in. First {@link #prepare} and {@link #run}, which wait; then {@link
 * #call} any number of times, {@link #flush}, and {@link #read} when answers are there.
 */
public final class PgConnection implements Closeable {

    /** Connecting, and each answer before calls begin, take no longer. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    private static final int READ_BYTES = 1 << 16;
    private static final int NONCE_BYTES = 18;
    private static final int TEXT = 0;
    private static final int BINARY = 1;

    private final SocketChannel channel;
    private final MessageWriter writer = new MessageWriter();
    private final AnswerScanner scanner;
    private final boolean text;
    private byte[][] statements = {};

    private PgConnection(SocketChannel channel, boolean text) {
        this.channel = channel;
        this.text = text;
        this.scanner = new AnswerScanner(READ_BYTES, text);
    }

    /** A statement that is called again and again. */
    public record Statement(String sql, List<Type> parameters) {
        public Statement {
            parameters = List.copyOf(parameters);
        }
    }

    /** Types of parameters, with PostgreSQL's numbers for them. */
    public enum Type {
        LONG(20),
        INT(23),
        BYTES(17);

        private final int oid;

        Type(int oid) {
            this.oid = oid;
        }
    }

    /**
     * Connects and logs in.
     *
     * @param text whether numbers go as text, else binary
     */
    public static PgConnection open(Login login, boolean text) throws IOException {
        SocketChannel channel = SocketChannel.open();
        PgConnection connection = new PgConnection(channel, text);
        try {
            InetSocketAddress address = new InetSocketAddress(login.host(), login.port());
            channel.socket().connect(address, Math.toIntExact(WAIT_MAX.toMillis()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            connection.logIn(login);
            return connection;
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void logIn(Login login) throws IOException {
        byte[] drawn = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(drawn);
        String nonce = Base64.getEncoder().encodeToString(drawn);
        LoginExchange exchange =
                new LoginExchange(new ScramClient("", login.password(), nonce), writer);
        writer.startup(login.user(), login.database());
        await(exchange, exchange::isReady);
    }

    /** Prepares statements; {@link #call} takes their places in this list. */
    public void prepare(List<Statement> wanted) throws IOException {
        statements = new byte[wanted.size()][];
        for (int i = 0; i < statements.length; i++) {
            String name = "s" + i;
            statements[i] = name.getBytes(StandardCharsets.US_ASCII);
            Statement statement = wanted.get(i);
            writer.parse(
                    name,
                    statement.sql(),
                    statement.parameters().stream().mapToInt(type -> type.oid).toArray());
        }
        writer.sync();
        awaitReady();
    }

    /** Runs statements whose rows are of no interest. */
    public void run(String sql) throws IOException {
        writer.query(sql);
        awaitReady();
    }

    private void awaitReady() throws IOException {
        Outcome outcome = new Outcome();
        await(outcome, outcome::isReady);
    }

    /** Whether what is waited for is there. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(AnswerListener listener, Condition condition) throws IOException {
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            while (!condition.holds()) {
                boolean sent = flush();
                key.interestOps(
                        sent ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                if (selector.select(WAIT_MAX.toMillis()) == 0) {
                    throw new IOException("no answer within " + WAIT_MAX.toSeconds() + " s");
                }
                selector.selectedKeys().clear();
                if (read(listener) < 0 && !condition.holds()) {
                    throw new ClosedChannelException();
                }
            }
        }
    }

    /** Begins a call of a prepared statement; {@code long} and other values follow in order. */
    public void call(int statement) {
        writer.bind(statements[statement], text ? TEXT : BINARY);
    }

    public void longValue(long value) {
        if (text) {
            writer.decimalValue(value);
        } else {
            writer.longValue(value);
        }
    }

    public void intValue(int value) {
        if (text) {
            writer.decimalValue(value);
        } else {
            writer.intValue(value);
        }
    }

    public void bytesValue(byte[] value) {
        if (text) {
            writer.hexValue(value);
        } else {
            writer.value(value);
        }
    }

    /** Ends a call: it is a transaction of its own. */
    public void endCall() {
        writer.execute(text ? TEXT : BINARY);
    }

    /** Sends what the network takes; false if some has to wait. */
    public boolean flush() throws IOException {
        return writer.isEmpty() || writer.flush(channel);
    }

    /** Tells of the answers that are there; -1 if the server has closed the connection. */
    public int read(AnswerListener listener) throws IOException {
        return scanner.read(channel, listener);
    }

    /** Has a selector watch this connection. */
    public SelectionKey register(Selector selector, Object attachment) throws IOException {
        return channel.register(selector, SelectionKey.OP_READ, attachment);
    }

    @Override
    public void close() throws IOException {
        if (channel.isConnected() && channel.isOpen()) {
            try {
                writer.terminate();
                flush();
            } catch (IOException gone) {
                // Nobody is there to say goodbye to.
            }
        }
        channel.close();
    }

    /** Waits for one answer. */
    private static final class Outcome implements AnswerListener {
        private boolean ready;
        private @Nullable ServerFailure failure;

        boolean isReady() throws ServerFailure {
            if (ready && failure != null) {
                throw failure;
            }
            return ready;
        }

        @Override
        public void row(FirstValue first) {}

        @Override
        public void completed(long rows) {}

        @Override
        public void failed(String sqlState, String message) {
            failure = new ServerFailure(sqlState, message);
        }

        @Override
        public void ready() {
            ready = true;
        }
    }
}
