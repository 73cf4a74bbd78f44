package io.faraddb.shell.command;

import io.faraddb.bench.load.LoadOptions;
import io.faraddb.bench.load.LoadResult;
import io.faraddb.bench.load.LoadRun;
import io.faraddb.bench.load.Workload;
import io.faraddb.bench.wire.Login;
import io.faraddb.bench.wire.ServerFailure;
import io.faraddb.shell.bench.Summary;
import io.faraddb.shell.bench.SummaryText;
import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Cluster;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.connect.Target;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.print.Format;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.springframework.shell.core.command.CommandOption;
import tools.jackson.databind.json.JsonMapper;

/** {@code farad bench ...}: makes a load and checks what the database made of it. */
abstract class BenchCommand extends FaradCommand {

    private static final int CLIENTS = 8;
    private static final int IN_FLIGHT = 32;

    /** With a rate, the schedule and not the room in flight says when calls are sent. */
    private static final int IN_FLIGHT_WITH_RATE = 1_000;

    private static final Duration WARMUP = Duration.ofSeconds(5);
    private static final Duration DURATION = Duration.ofSeconds(20);

    private final TargetFinder finder;
    private final LongSupplier nanos;

    /**
     * @param nanos the clock that latencies are measured by
     */
    BenchCommand(
            Output output,
            String name,
            String description,
            List<CommandOption> options,
            TargetFinder finder,
            LongSupplier nanos) {
        super(output, "bench " + name, description, "", withTarget(all(options)));
        this.finder = finder;
        this.nanos = nanos;
    }

    private static CommandOption[] all(List<CommandOption> own) {
        List<CommandOption> all = new ArrayList<>(own);
        all.add(option(null, "clients", "N", "connections (" + CLIENTS + ")"));
        all.add(
                option(
                        null,
                        "in-flight",
                        "N",
                        "calls of each that wait for answers, at most (%d; %d with --rate)"
                                .formatted(IN_FLIGHT, IN_FLIGHT_WITH_RATE)));
        all.add(
                option(
                        null,
                        "rate",
                        "N",
                        "calls/s of all, sent when due (as fast as answers come)"));
        all.add(option(null, "duration", "TIME", "measured (20s)"));
        all.add(option(null, "warmup", "TIME", "before that (5s)"));
        all.add(option(null, "threads", "N", "that drive the clients (one for two cores)"));
        all.add(
                option(
                        null,
                        "order",
                        "ORDER",
                        "partition: calls overlap; session: not (partition)"));
        all.add(flag("text", "send numbers as text, not binary"));
        all.add(option(null, "seed", "N", "of the random choices (another one each time)"));
        all.add(option(null, "expect", "STATE,...", "SQLSTATEs that are no failure"));
        all.add(flag("json", "the summary as JSON; so does -o json"));
        all.add(option('o', "format", "FORMAT", "table or json (table)"));
        return all.toArray(CommandOption[]::new);
    }

    abstract Workload workload(Arguments arguments, Cluster cluster);

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        Format format = arguments.flag("json") ? Format.JSON : arguments.format();
        if (format == Format.CSV) {
            throw ShellFailure.usage("a load is told as table or json, not csv", null);
        }
        LoadOptions options = options(arguments);
        Cluster cluster = arguments.cluster(finder, out);
        Login login = login(cluster.target());
        Workload workload = workload(arguments, cluster);
        try (Connection connection = cluster.connect()) {
            workload.prepare(connection);
            LoadResult result =
                    new LoadRun(options, workload, nanos)
                            .run(login, second -> out.errors().println(SummaryText.line(second)));
            Summary summary =
                    Summary.of(
                            getName().substring("bench ".length()),
                            options,
                            result,
                            workload.outcomes(),
                            workload.check(connection, result),
                            expected(arguments));
            if (format == Format.JSON) {
                out.out().println(JsonMapper.shared().writeValueAsString(summary));
            } else {
                SummaryText.print(summary, out.out());
            }
            return summary.good() ? Exit.OK : Exit.FAILED;
        } catch (ServerFailure e) {
            throw new ShellFailure(Exit.ofState(e.sqlState()), String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            throw new ShellFailure(Exit.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private LoadOptions options(Arguments arguments) {
        double rate = arguments.decimal("rate", 0, LoadOptions.RATE_MAX);
        int clients = (int) arguments.number("clients", CLIENTS, LoadOptions.CLIENTS_MAX);
        int threads = Math.min(clients, (Runtime.getRuntime().availableProcessors() + 1) / 2);
        try {
            return new LoadOptions(
                    clients,
                    (int)
                            arguments.number(
                                    "in-flight",
                                    rate > 0 ? IN_FLIGHT_WITH_RATE : IN_FLIGHT,
                                    LoadOptions.IN_FLIGHT_MAX),
                    rate,
                    arguments.duration("warmup", WARMUP),
                    arguments.duration("duration", DURATION),
                    (int) arguments.number("threads", threads, LoadOptions.CLIENTS_MAX),
                    arguments.flag("text"),
                    sessionOrder(arguments),
                    arguments.number("seed", nanos.getAsLong() >>> 1, Long.MAX_VALUE));
        } catch (IllegalArgumentException e) {
            throw ShellFailure.usage(String.valueOf(e.getMessage()), null);
        }
    }

    private static boolean sessionOrder(Arguments arguments) {
        String order = arguments.option("order");
        if (order != null && !order.equals("partition") && !order.equals("session")) {
            throw ShellFailure.usage("--order is partition or session, not " + order, null);
        }
        return "session".equals(order);
    }

    private static Set<String> expected(Arguments arguments) {
        String states = arguments.option("expect");
        return states == null
                ? Set.of()
                : Arrays.stream(states.split(","))
                        .map(state -> state.strip().toUpperCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static Login login(Target target) {
        if (target.encrypted()) {
            throw ShellFailure.usage(
                    "the driver speaks without encryption", "leave ssl out of the URL");
        }
        String password = target.password();
        return new Login(
                target.host().replaceAll("[\\[\\]]", ""),
                target.port(),
                target.database(),
                target.user(),
                password == null ? "" : password);
    }
}
