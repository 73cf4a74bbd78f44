package io.faraddb.engine.replication;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A cable from one member to another. Its port is the test's for as long as the test lasts,
 * whatever port the member behind it gets. When it is cut, bytes vanish and connections hang, as
 * they do when a network does not deliver.
 */
final class Relay implements AutoCloseable {

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile int targetPort;
    private volatile boolean cut;

    Relay() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("relay").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void connectTo(int port) {
        targetPort = port;
        closeSockets();
    }

    void cut() {
        cut = true;
    }

    /** Connections that were there while it was cut are gone. */
    void mend() {
        cut = false;
        closeSockets();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket from = server.accept();
                sockets.add(from);
                Thread.ofVirtual().start(() -> relay(from));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void relay(Socket from) {
        try (from;
                Socket to = new Socket()) {
            sockets.add(to);
            to.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
            Thread back = Thread.ofVirtual().start(() -> copy(to, from));
            copy(from, to);
            back.join();
        } catch (IOException e) {
            // Nobody is there: the connection ends.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!cut) {
                    out.write(buffer, 0, count);
                }
            }
        } catch (IOException e) {
            // The other end closed it.
        } finally {
            sockets.remove(to);
        }
    }

    private void closeSockets() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is closed already.
            }
        }
        sockets.clear();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // It takes no more connections either way.
        }
        closeSockets();
    }
}
