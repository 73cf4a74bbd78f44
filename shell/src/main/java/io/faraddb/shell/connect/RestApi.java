package io.faraddb.shell.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/**
 * A node's REST interface. Speaks through {@link HttpURLConnection}, which is loaded in a quarter
 * of the time that the newer client takes: commands run once.
 */
public final class RestApi {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

    /** Verifying a snapshot reads all of it. */
    private static final Duration ANSWER_MAX = Duration.ofMinutes(10);

    private static final int ANSWER_BYTES_MAX = 64 << 20;
    private static final String JSON = "application/json";

    private final Target target;
    private final @Nullable PrintWriter trace;

    /**
     * @param trace where each call is told, if anywhere
     */
    RestApi(Target target, @Nullable PrintWriter trace) {
        this.target = target;
        this.trace = trace;
    }

    /** The resource below {@code /api/v1/}. */
    public JsonNode get(String resource) {
        return call("GET", resource, null, JSON);
    }

    /** Posts a document, or nothing. */
    public JsonNode post(String resource, @Nullable JsonNode body) {
        byte[] bytes = body == null ? new byte[0] : JsonMapper.shared().writeValueAsBytes(body);
        return call("POST", resource, bytes, JSON);
    }

    /** Puts a file. */
    public JsonNode put(String resource, byte[] body) {
        return call("PUT", resource, body, "application/octet-stream");
    }

    public void delete(String resource) {
        var unused = call("DELETE", resource, null, JSON);
    }

    private JsonNode call(
            String method, String resource, byte @Nullable [] body, String contentType) {
        URI address = URI.create(target.httpUrl() + "/api/v1/" + resource);
        tell("> " + method + " " + address);
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(Math.toIntExact(CONNECT_MAX.toMillis()));
            connection.setReadTimeout(Math.toIntExact(ANSWER_MAX.toMillis()));
            connection.setInstanceFollowRedirects(false);
            if (connection instanceof HttpsURLConnection encrypted
                    && target.certificate() != null) {
                PinnedCertificate.of(target.certificate()).apply(encrypted);
            }
            connection.setRequestMethod(method);
            connection.setRequestProperty("Accept", JSON);
            if (target.password() != null) {
                connection.setRequestProperty("Authorization", basic(target.password()));
            }
            if (body != null) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", contentType);
                connection.setFixedLengthStreamingMode(body.length);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body);
                }
            }
            int status = connection.getResponseCode();
            tell("< " + status);
            return RestAnswer.of(method + " " + address, status, read(connection, status));
        } catch (SocketTimeoutException e) {
            throw new ShellFailure(Exit.TIMED_OUT, address + " does not answer in time");
        } catch (IOException e) {
            throw new ShellFailure(
                    Exit.UNAVAILABLE,
                    "no node answers at " + target.httpUrl() + ": " + e.getMessage(),
                    "farad start runs one; --url and --http-url say where another is");
        }
    }

    private void tell(String line) {
        if (trace != null) {
            trace.println(line);
            trace.flush();
        }
    }

    private String basic(String password) {
        byte[] login = (target.user() + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(login);
    }

    private static String read(HttpURLConnection connection, int status) throws IOException {
        try (InputStream in =
                status >= HttpURLConnection.HTTP_BAD_REQUEST
                        ? connection.getErrorStream()
                        : connection.getInputStream()) {
            if (in == null) {
                return "";
            }
            byte[] bytes = in.readNBytes(ANSWER_BYTES_MAX);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** An answer's meaning. */
    static final class RestAnswer {

        /** Of Tomcat's words to whoever does not encrypt. */
        private static final String REQUIRES_TLS = "requires TLS";

        private RestAnswer() {}

        /**
         * The document, or a failure with what the node says of it (RFC 9457).
         *
         * @param call for messages
         */
        static JsonNode of(String call, int status, String body) {
            JsonNode document = parse(body);
            if (status / 100 == 2) {
                if (document == null) {
                    throw new ShellFailure(Exit.FAILED, call + " is not answered in JSON");
                }
                return document;
            }
            String state = text(document, "sqlState");
            String detail = text(document, "detail");
            Exit exit = exit(status, state);
            if (exit == Exit.NOT_AUTHORISED && state == null) {
                throw new ShellFailure(
                        exit,
                        status == HttpURLConnection.HTTP_FORBIDDEN
                                ? "the user may not do this"
                                : "wrong user or password",
                        "--user and --password-file say who");
            }
            if (document == null && body.contains(REQUIRES_TLS)) {
                throw new ShellFailure(
                        Exit.FAILED,
                        call + " needs an encrypted connection",
                        "--http-url https://HOST:PORT, with JAVA_TOOL_OPTIONS="
                                + "-Djavax.net.ssl.trustStore=FILE if Java does not trust the"
                                + " certificate by itself");
            }
            String message = detail == null ? call + " is answered with status " + status : detail;
            throw new ShellFailure(
                    exit,
                    state == null ? message : message + " (" + state + ")",
                    text(document, "hint"),
                    status);
        }

        private static Exit exit(int status, @Nullable String state) {
            Exit byState = state == null ? Exit.FAILED : Exit.ofState(state);
            if (byState != Exit.FAILED) {
                return byState;
            }
            return switch (status) {
                case 401, 403 -> Exit.NOT_AUTHORISED;
                case 409, 412 -> Exit.PARTIAL;
                case 502, 503 -> Exit.UNAVAILABLE;
                case 408, 504 -> Exit.TIMED_OUT;
                default -> Exit.FAILED;
            };
        }

        private static @Nullable JsonNode parse(String body) {
            try {
                return body.isBlank() ? NullNode.getInstance() : JsonMapper.shared().readTree(body);
            } catch (JacksonException e) {
                return null;
            }
        }

        private static @Nullable String text(@Nullable JsonNode document, String name) {
            return document == null ? null : document.path(name).asString(null);
        }
    }
}
