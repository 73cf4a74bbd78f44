package io.faraddb.shell.connect;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads resources of a node's REST interface. */
public final class RestApi {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    /** The resource below {@code /api/v1/}. */
    public JsonNode get(Target target, String resource) throws InterruptedException {
        URI address = URI.create(target.httpUrl() + "/api/v1/" + resource);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address)
                        .timeout(ANSWER_MAX)
                        .header("Accept", "application/json");
        if (target.password() != null) {
            byte[] login =
                    (target.user() + ":" + target.password()).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
        }
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build()) {
            HttpResponse<String> response =
                    client.send(
                            request.build(),
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return answer(address, response.statusCode(), response.body());
        } catch (HttpTimeoutException e) {
            throw new ShellFailure(Exit.TIMED_OUT, address + " does not answer in time");
        } catch (IOException e) {
            throw new ShellFailure(
                    Exit.UNAVAILABLE,
                    "no node answers at " + target.httpUrl(),
                    "farad start runs one; --url says where another is");
        }
    }

    static JsonNode answer(URI address, int status, String body) {
        Exit exit =
                switch (status) {
                    case 200 -> Exit.OK;
                    case 401, 403 -> Exit.NOT_AUTHORISED;
                    case 409, 412 -> Exit.PARTIAL;
                    case 502, 503 -> Exit.UNAVAILABLE;
                    case 408, 504 -> Exit.TIMED_OUT;
                    default -> Exit.FAILED;
                };
        if (exit != Exit.OK) {
            throw new ShellFailure(exit, address + " answers with status " + status);
        }
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw new ShellFailure(Exit.FAILED, address + " does not answer in JSON");
        }
    }
}
