package io.faraddb.node.rest;

import io.faraddb.console.cluster.Sample;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.node.history.HistoryRecorder;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.ObjectMapper;

/**
 * Samples as they come, as server-sent events. Each stream is written by its request's thread, so a
 * client that does not read delays nobody; it misses samples then, which history has.
 */
@RestController
@Tag(name = "cluster")
@RequestMapping("/api/v1/live")
public final class LiveController {

    /** Streams at a time; more are refused. Each holds a thread of the web server. */
    static final int STREAMS_MAX = 100;

    /** A client comes again after that; so one that may not come any more is found out. */
    private static final Duration STREAM_MAX = Duration.ofMinutes(10);

    private static final Duration QUIET_MAX = Duration.ofSeconds(5);
    private static final long RETRY_MILLIS = 1_000;

    private final HistoryRecorder history;
    private final ObjectMapper json;
    private final Semaphore places = new Semaphore(STREAMS_MAX);

    public LiveController(HistoryRecorder history, ObjectMapper json) {
        this.history = history;
        this.json = json;
    }

    /** An event "sample" a second, whose id is its time. */
    @Operation(summary = "Samples as they come, one a second, as server-sent events")
    @ApiResponse(
            responseCode = "200",
            description = "Events named sample",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = Sample.Live.class)))
    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void stream(HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (!places.tryAcquire()) {
            throw new SqlException(
                    ErrorCode.TOO_MANY_CONNECTIONS, STREAMS_MAX + " live streams are open");
        }
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setHeader("Cache-Control", "no-store");
            // A proxy that gathers answers would gather these for ever.
            response.setHeader("X-Accel-Buffering", "no");
            write(request.getSession(false), response.getOutputStream());
        } catch (IOException gone) {
            // The client went away, as clients of streams do.
        } finally {
            places.release();
        }
    }

    private void write(@Nullable HttpSession session, OutputStream out)
            throws IOException, InterruptedException {
        send("retry: " + RETRY_MILLIS, out);
        long end = System.nanoTime() + STREAM_MAX.toNanos();
        long after = 0;
        while (!history.over() && System.nanoTime() - end < 0 && stillLoggedIn(session)) {
            Sample.Live sample = history.awaitAfter(after, QUIET_MAX);
            if (sample == null) {
                // A comment: finds out whether the client is there.
                send(":", out);
            } else {
                after = sample.sample().time();
                String data = json.writeValueAsString(sample);
                send("id: " + after + "\nevent: sample\ndata: " + data, out);
            }
        }
    }

    private static void send(String event, OutputStream out) throws IOException {
        out.write((event + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Whether the session was not ended by another request. */
    private static boolean stillLoggedIn(@Nullable HttpSession session) {
        if (session == null) {
            return true;
        }
        try {
            return session.getCreationTime() > 0;
        } catch (IllegalStateException ended) {
            return false;
        }
    }
}
