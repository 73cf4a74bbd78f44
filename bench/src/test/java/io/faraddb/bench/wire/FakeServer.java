package io.faraddb.bench.wire;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Speaks as much of the PostgreSQL protocol as the driver uses, and lets everybody in. */
public final class FakeServer implements Closeable {

    private final ServerSocket socket;
    private final Script script;
    private final boolean byteByByte;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> queries = new CopyOnWriteArrayList<>();

    /** Answers a call; runs on the connection's thread, so it may wait. */
    @FunctionalInterface
    public interface Script {
        Answer answer(Call call) throws Exception;
    }

    /**
     * @param statement its name
     * @param values as they were sent
     */
    public record Call(String statement, List<byte[]> values) {
        public long number(int place) {
            byte[] value = values.get(place);
            return value.length == 4
                    ? ByteBuffer.wrap(value).getInt()
                    : ByteBuffer.wrap(value).getLong();
        }
    }

    /** What comes back. */
    public sealed interface Answer {
        /** A row of one value. */
        record Row(byte[] value) implements Answer {}

        record Tag(String tag) implements Answer {}

        record Failure(String sqlState, String message) implements Answer {}

        /** The connection is cut. */
        record Cut() implements Answer {}

        static Answer row(long number) {
            return new Row(ByteBuffer.allocate(8).putLong(number).array());
        }
    }

    /**
     * @param byteByByte whether each byte is sent alone, so that no frame arrives whole
     */
    public FakeServer(Script script, boolean byteByByte) throws IOException {
        this.script = script;
        this.byteByByte = byteByByte;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public Login login() {
        return new Login("127.0.0.1", socket.getLocalPort(), "farad", "admin", "word");
    }

    public List<String> queries() {
        return queries;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            in.readNBytes(in.readInt() - 4);
            send(out, frame('R', new byte[4]));
            send(out, frame('Z', new byte[] {'I'}));
            Call call = null;
            while (true) {
                int type = in.read();
                if (type < 0 || type == 'X') {
                    return;
                }
                ByteBuffer body = ByteBuffer.wrap(in.readNBytes(in.readInt() - 4));
                call = type == 'B' ? call(body) : call;
                byte[] answer = answer((char) type, body, call);
                if (answer == null) {
                    return;
                }
                send(out, answer);
            }
        } catch (Exception gone) {
            // The client or the test is.
        }
    }

    private byte @Nullable [] answer(char type, ByteBuffer body, @Nullable Call call)
            throws Exception {
        return switch (type) {
            case 'P' -> frame('1', new byte[0]);
            case 'B' -> frame('2', new byte[0]);
            case 'S' -> frame('Z', new byte[] {'I'});
            case 'Q' -> {
                queries.add(string(body));
                yield join(frame('C', text("SET")), frame('Z', new byte[] {'I'}));
            }
            case 'E' -> call == null ? null : bytes(script.answer(call));
            default -> throw new IOException("unexpected message " + type);
        };
    }

    private static byte @Nullable [] bytes(Answer answer) throws IOException {
        return switch (answer) {
            case Answer.Row(byte[] value) -> {
                ByteBuffer row = ByteBuffer.allocate(6 + value.length);
                row.putShort((short) 1).putInt(value.length).put(value);
                yield join(frame('D', row.array()), frame('C', text("SELECT 1")));
            }
            case Answer.Tag(String tag) -> frame('C', text(tag));
            case Answer.Failure(String state, String message) ->
                    frame('E', text("SERROR\0C" + state + "\0M" + message + "\0"));
            case Answer.Cut cut -> null;
        };
    }

    private static Call call(ByteBuffer body) {
        String portal = string(body);
        String statement = portal + string(body);
        int formats = body.getShort();
        body.position(body.position() + 2 * formats);
        List<byte[]> values = new ArrayList<>();
        for (int count = body.getShort(); count > 0; count--) {
            byte[] value = new byte[body.getInt()];
            body.get(value);
            values.add(value);
        }
        return new Call(statement, values);
    }

    private static String string(ByteBuffer body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte next = body.get(); next != 0; next = body.get()) {
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] frame(char type, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(type);
        out.writeInt(body.length + 4);
        out.write(body);
        return bytes.toByteArray();
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    private void send(OutputStream out, byte[] bytes) throws IOException {
        if (!byteByByte) {
            out.write(bytes);
            return;
        }
        for (byte each : bytes) {
            out.write(each);
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket client : open) {
            client.close();
        }
    }
}
