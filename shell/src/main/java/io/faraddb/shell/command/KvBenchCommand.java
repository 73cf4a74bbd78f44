package io.faraddb.shell.command;

import io.faraddb.bench.load.Workload;
import io.faraddb.bench.load.kv.KvLoad;
import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Cluster;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.connect.TargetFinder;
import java.util.List;
import java.util.function.LongSupplier;

/** {@code farad bench kv}: gets and puts by key. */
final class KvBenchCommand extends BenchCommand {

    private static final long KEYS = 100_000;
    private static final double READ_SHARE = 0.9;
    private static final int VALUE_BYTES = 100;

    KvBenchCommand(Output output, TargetFinder finder, LongSupplier nanos) {
        super(
                output,
                "kv",
                "Get and put rows by key and check them",
                List.of(
                        option(null, "keys", "N", "rows (" + KEYS + ")"),
                        option(
                                null,
                                "read-share",
                                "SHARE",
                                "gets among the calls, from 0 to 1 (" + READ_SHARE + ")"),
                        option(
                                null,
                                "value-bytes",
                                "N",
                                "of each row, 8 at least (" + VALUE_BYTES + ")")),
                finder,
                nanos);
    }

    @Override
    Workload workload(Arguments arguments, Cluster cluster) {
        long keys = arguments.number("keys", KEYS, KvLoad.KEYS_MAX);
        long bytes = arguments.number("value-bytes", VALUE_BYTES, KvLoad.VALUE_BYTES_MAX);
        if (keys == 0 || bytes < KvLoad.VALUE_BYTES_MIN) {
            throw ShellFailure.usage(
                    "there has to be a key, and room for it in its value: 8 bytes", null);
        }
        return new KvLoad(keys, arguments.decimal("read-share", READ_SHARE, 1), (int) bytes);
    }
}
