package io.faraddb.node.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.node.TestNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stream of samples: what comes, when it ends, how many there may be. */
@Timeout(60)
class LiveTest {

    private static final String ADDRESS = "/api/v1/live";
    private static final int STREAMS_MAX = 100;

    @TempDir static Path dataDir;

    private static TestNode node;

    @BeforeAll
    static void start() throws IOException {
        node = TestNode.start(dataDir);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /** An open stream, read line by line or not at all. */
    private record Stream(Socket socket, BufferedReader lines) implements AutoCloseable {

        private static final int RECEIVED_BYTES_MAX = 4_096;

        /** With what stands in one header of the request. */
        static Stream open(TestNode node, String header, String value) throws IOException {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(RECEIVED_BYTES_MAX);
            socket.connect(new java.net.InetSocketAddress("127.0.0.1", node.httpPort()));
            String request = "GET %s HTTP/1.1\r\nHost: node\r\nConnection: close\r\n%s: %s\r\n\r\n";
            socket.getOutputStream()
                    .write(
                            request.formatted(ADDRESS, header, value)
                                    .getBytes(StandardCharsets.US_ASCII));
            return new Stream(
                    socket,
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.UTF_8)));
        }

        static Stream open(TestNode node) throws IOException {
            HttpRequest request = node.request(ADDRESS).build();
            String password = request.headers().firstValue("Authorization").orElseThrow();
            return open(node, "Authorization", password);
        }

        String status() throws IOException {
            return String.valueOf(lines.readLine());
        }

        /** The next line of an event that begins with something. */
        String next(String prefix) throws IOException {
            String line = lines.readLine();
            while (line != null && !line.startsWith(prefix)) {
                line = lines.readLine();
            }
            assertThat(line).as("%s before the end of the stream", prefix).isNotNull();
            return line;
        }

        void awaitEnd() throws IOException {
            while (lines.readLine() != null) {
                // What was still under way.
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void samplesComeAsEventsThatAreNumberedByTheirTime() throws IOException {
        try (Stream stream = Stream.open(node)) {
            assertThat(stream.next("Content-Type:")).contains("text/event-stream");
            assertThat(stream.next("retry:")).isEqualTo("retry: 1000");
            String first = stream.next("id:");
            assertThat(stream.next("event:")).isEqualTo("event: sample");
            assertThat(stream.next("data:"))
                    .contains("\"readsPerSecond\":", "\"partitions\":[{\"id\":0");
            assertThat(stream.next("id:")).isNotEqualTo(first);
        }
    }

    @Test
    void aStreamEndsWithItsSession() throws IOException {
        try (Visitor admin = Visitor.loggedIn(node);
                Stream stream = Stream.open(node, "Cookie", admin.cookies())) {
            stream.next("data:");
            admin.post("/logout", Map.of());
            stream.awaitEnd();
        }
    }

    /** The node sees the end of a stream when it next has something to say there. */
    private static Stream place() throws IOException {
        while (true) {
            Stream stream = Stream.open(node);
            String status = stream.status();
            if (status.contains("200")) {
                return stream;
            }
            assertThat(status).contains("503");
            stream.close();
        }
    }

    /** None of the hundred reads; who comes for something else is served all the same. */
    @Test
    void thereAreAHundredPlacesAndWhoComesLaterIsTold() throws IOException {
        List<Stream> streams = new ArrayList<>();
        try {
            for (int i = 0; i < STREAMS_MAX; i++) {
                streams.add(place());
            }
            HttpResponse<String> refused = node.get(ADDRESS);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body())
                    .contains("\"sqlState\":\"53300\"", "100 live streams are open");
            assertThat(refused.headers().firstValue("Content-Type"))
                    .hasValue("application/problem+json");
            assertThat(node.get("/api/v1/status").statusCode()).isEqualTo(200);
            streams.getFirst().next("data:");
        } finally {
            for (Stream stream : streams) {
                stream.close();
            }
        }
        awaitPlace();
    }

    /** A stream whose client has gone is found out by the next sample. */
    private static void awaitPlace() throws IOException {
        boolean served = false;
        while (!served) {
            try (Stream stream = Stream.open(node)) {
                served = stream.status().contains("200");
            }
        }
    }

    /** Requests that run may take a minute to end; streams would all take it. */
    @Test
    void aNodeThatStopsWaitsForNoStream(@TempDir Path otherDir) throws IOException {
        TestNode other = TestNode.start(otherDir);
        try (Stream read = Stream.open(other);
                Stream unread = Stream.open(other)) {
            read.next("data:");
            assertThat(unread.status()).contains("200");
            long since = System.nanoTime();
            other.close();
            assertThat(Duration.ofNanos(System.nanoTime() - since))
                    .isLessThan(Duration.ofSeconds(10));
            read.awaitEnd();
        }
    }
}
