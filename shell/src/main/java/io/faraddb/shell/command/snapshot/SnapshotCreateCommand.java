package io.faraddb.shell.command.snapshot;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.cli.Pause;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.RestApi;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.print.Format;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code farad snapshot create}: takes one and waits until it is on disk. */
final class SnapshotCreateCommand extends FaradCommand {

    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

    private final TargetFinder finder;
    private final InstantSource clock;
    private final Pause pause;

    SnapshotCreateCommand(Output output, TargetFinder finder, InstantSource clock, Pause pause) {
        super(
                output,
                "snapshot create",
                "Take a snapshot, which stays until it is deleted",
                "",
                withTarget(
                        option(null, "label", "TEXT", "says what it is for"),
                        flag("no-wait", "return when it has begun"),
                        option(null, "timeout", "TIME", "how long to wait for its end (1h)"),
                        format()));
        this.finder = finder;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        Format format = arguments.format();
        Duration timeout = arguments.duration("timeout", TIMEOUT);
        RestApi rest = arguments.cluster(finder, out).rest();
        String label = arguments.option("label");
        JsonNode body =
                JsonMapper.shared().createObjectNode().put("label", label == null ? "" : label);
        JsonNode snapshot = rest.post(Snapshots.RESOURCE, body);
        if (!arguments.flag("no-wait")) {
            snapshot = await(snapshot, rest, timeout, out);
        }
        Snapshots.print(snapshot, format, out);
        return Exit.OK;
    }

    private JsonNode await(JsonNode begun, RestApi rest, Duration timeout, Output out)
            throws InterruptedException {
        Instant start = clock.instant();
        Instant told = start;
        JsonNode snapshot = begun;
        String resource = Snapshots.resource(begun.path("id").asString());
        while (snapshot.path("state").asString("").equals("writing")) {
            Instant now = clock.instant();
            if (Duration.between(start, now).compareTo(timeout) > 0) {
                throw new ShellFailure(
                        Exit.TIMED_OUT,
                        "the snapshot is not yet on disk; it goes on being written",
                        "farad snapshot list tells when it is complete");
            }
            if (Duration.between(told, now).compareTo(BETWEEN_LINES) >= 0) {
                told = now;
                tell(snapshot.path("progress"), out);
            }
            pause.of(BETWEEN_LOOKS);
            snapshot = rest.get(resource);
        }
        if (!snapshot.path("state").asString("").equals("complete")) {
            throw new ShellFailure(
                    Exit.FAILED,
                    "the snapshot failed: " + snapshot.path("error").asString("no reason is told"));
        }
        return snapshot;
    }

    private static void tell(JsonNode progress, Output out) {
        long rows = progress.path("rows").asLong();
        long all = progress.path("rowsTotal").asLong();
        out.errors()
                .println(
                        String.format(
                                Locale.ROOT,
                                "%,d%s rows, %,d bytes",
                                rows,
                                all == 0 ? "" : String.format(Locale.ROOT, " of %,d", all),
                                progress.path("bytes").asLong()));
    }
}
