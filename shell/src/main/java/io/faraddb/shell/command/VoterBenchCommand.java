package io.faraddb.shell.command;

import io.faraddb.bench.load.Workload;
import io.faraddb.bench.load.voter.VoterLoad;
import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Cluster;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.connect.TargetFinder;
import java.util.List;
import java.util.function.LongSupplier;

/** {@code farad bench voter}: votes by telephone, the example's procedure. */
final class VoterBenchCommand extends BenchCommand {

    VoterBenchCommand(Output output, TargetFinder finder, LongSupplier nanos) {
        super(
                output,
                "voter",
                "Call the voter example's procedure and check the votes",
                List.of(
                        option(
                                null,
                                "numbers",
                                "N",
                                "telephone numbers of each of 305 areas (10000000)")),
                finder,
                nanos);
    }

    @Override
    Workload workload(Arguments arguments, Cluster cluster) {
        long numbers =
                arguments.number(
                        "numbers", VoterLoad.NUMBERS_PER_AREA_MAX, VoterLoad.NUMBERS_PER_AREA_MAX);
        if (numbers == 0) {
            throw ShellFailure.usage("--numbers has to be 1 at least", null);
        }
        return new VoterLoad(
                (name, jar) -> {
                    var unused = cluster.rest().put("jars/" + name, jar);
                },
                (int) numbers);
    }
}
