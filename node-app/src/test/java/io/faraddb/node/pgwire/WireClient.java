package io.faraddb.node.pgwire;

import io.faraddb.engine.catalog.ScramVerifier;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A client that sends what a test wants, byte by byte if need be. */
final class WireClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;

    /** Of a client that came by the port. */
    final Socket socket;

    private final DataInputStream in;
    private final OutputStream to;
    private final Closeable connection;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    int backendId;
    int secret;

    /** A message of the server. */
    record Message(char type, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        ByteBuffer buffer() {
            return ByteBuffer.wrap(body);
        }

        /** A field of an error. */
        String field(char code) {
            for (String field : text().split("\0")) {
                if (!field.isEmpty() && field.charAt(0) == code) {
                    return field.substring(1);
                }
            }
            return "";
        }
    }

    WireClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        to = socket.getOutputStream();
        connection = socket;
    }

    /** A client that comes by a Unix-domain socket. */
    WireClient(Path file) throws IOException {
        socket = new Socket();
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file));
        in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        to = Channels.newOutputStream(channel);
        connection = channel;
    }

    static WireClient loggedIn(int port) throws IOException {
        return loggedIn(port, FakeEngine.USER, FakeEngine.PASSWORD);
    }

    static WireClient loggedIn(int port, String user, String password) throws IOException {
        return new WireClient(port).logIn(user, password);
    }

    WireClient logIn(String user, String password) throws IOException {
        startup(0, "user", user, "database", "farad");
        authenticate(password);
        untilReady();
        return this;
    }

    void startup(int minor, String... parameters) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(ByteBuffer.allocate(4).putInt(3 << 16 | minor).array());
        for (String parameter : parameters) {
            body.writeBytes(string(parameter));
        }
        body.write(0);
        raw(ByteBuffer.allocate(4).putInt(body.size() + 4).array());
        raw(body.toByteArray());
    }

    /** Takes part in SCRAM up to AuthenticationOk or an error. */
    Message authenticate(String password) throws IOException {
        Message offer = read();
        if (offer.type() != 'R') {
            return offer;
        }
        String bare = "n=,r=clientnonce";
        byte[] first = ("n,," + bare).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream initial = new ByteArrayOutputStream();
        initial.writeBytes(string("SCRAM-SHA-256"));
        initial.writeBytes(ByteBuffer.allocate(4).putInt(first.length).array());
        initial.writeBytes(first);
        send('p', initial.toByteArray());
        flush();
        Message challenge = read();
        if (challenge.type() != 'R') {
            return challenge;
        }
        String serverFirst = challenge.text().substring(4);
        String[] parts = serverFirst.split(",");
        byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
        int iterations = Integer.parseInt(parts[2].substring(2));
        String withoutProof = "c=biws," + parts[0];
        byte[] all =
                (bare + "," + serverFirst + "," + withoutProof).getBytes(StandardCharsets.UTF_8);
        byte[] clientKey =
                ScramVerifier.hmac(
                        salted(password, salt, iterations),
                        "Client Key".getBytes(StandardCharsets.US_ASCII));
        byte[] proof = ScramVerifier.hmac(ScramVerifier.sha256(clientKey), all);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        String last = withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
        send('p', last.getBytes(StandardCharsets.UTF_8));
        flush();
        Message end = read();
        return end.type() == 'R' ? read() : end;
    }

    private static byte[] salted(String password, byte[] salt, int iterations) {
        String prepared = Normalizer.normalize(password, Normalizer.Form.NFKC);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(prepared.toCharArray(), salt, iterations, 256))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] string(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    void raw(byte[] bytes) throws IOException {
        to.write(bytes);
        to.flush();
    }

    WireClient send(char type, byte[]... parts) {
        int length = 4;
        for (byte[] part : parts) {
            length += part.length;
        }
        out.write(type);
        out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return this;
    }

    WireClient query(String sql) {
        return send('Q', string(sql));
    }

    WireClient parse(String name, String sql, int... oids) {
        ByteBuffer types = ByteBuffer.allocate(2 + 4 * oids.length).putShort((short) oids.length);
        for (int oid : oids) {
            types.putInt(oid);
        }
        return send('P', string(name), string(sql), types.array());
    }

    /** Values as text. */
    WireClient bind(String portal, String statement, String... values) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {0, 0});
        body.writeBytes(ByteBuffer.allocate(2).putShort((short) values.length).array());
        for (String value : values) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            body.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
            body.writeBytes(bytes);
        }
        body.writeBytes(new byte[] {0, 0});
        return send('B', string(portal), string(statement), body.toByteArray());
    }

    WireClient describe(char kind, String name) {
        return send('D', new byte[] {(byte) kind}, string(name));
    }

    WireClient close(char kind, String name) {
        return send('C', new byte[] {(byte) kind}, string(name));
    }

    WireClient execute(String portal, int rowsMax) {
        return send('E', string(portal), ByteBuffer.allocate(4).putInt(rowsMax).array());
    }

    WireClient sync() {
        return send('S');
    }

    /** Sends what was collected. */
    WireClient flush() throws IOException {
        raw(out.toByteArray());
        out.reset();
        return this;
    }

    /** Sends what was collected in pieces of one byte. */
    WireClient trickle() throws IOException {
        for (byte b : out.toByteArray()) {
            raw(new byte[] {b});
        }
        out.reset();
        return this;
    }

    Message read() throws IOException {
        char type = (char) in.readUnsignedByte();
        byte[] body = new byte[in.readInt() - 4];
        in.readFully(body);
        if (type == 'K') {
            ByteBuffer key = ByteBuffer.wrap(body);
            backendId = key.getInt();
            secret = key.getInt();
        }
        return new Message(type, body);
    }

    /** The answer to a request for encryption. */
    char readByte() throws IOException {
        return (char) in.readUnsignedByte();
    }

    /** All messages up to ReadyForQuery. */
    List<Message> untilReady() throws IOException {
        List<Message> messages = new ArrayList<>();
        do {
            messages.add(read());
        } while (messages.getLast().type() != 'Z');
        return messages;
    }

    /** Types of all messages up to ReadyForQuery, with its status. */
    String typesUntilReady() throws IOException {
        StringBuilder types = new StringBuilder();
        for (Message message : untilReady()) {
            types.append(message.type());
            if (message.type() == 'Z') {
                types.append((char) message.body()[0]);
            }
        }
        return types.toString();
    }

    boolean isClosedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (EOFException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
