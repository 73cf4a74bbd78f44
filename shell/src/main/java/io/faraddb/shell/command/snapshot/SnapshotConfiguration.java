package io.faraddb.shell.command.snapshot;

import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.TargetFinder;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.shell.core.command.Command;

/** The commands of this package. */
@Configuration(proxyBeanMethods = false)
public class SnapshotConfiguration {

    @Bean
    Command snapshotCreate(Output output, TargetFinder finder, InstantSource clock) {
        return new SnapshotCreateCommand(output, finder, clock, Thread::sleep);
    }

    @Bean
    Command snapshotList(Output output, TargetFinder finder) {
        return new SnapshotListCommand(output, finder);
    }

    @Bean
    Command snapshotVerify(Output output, TargetFinder finder) {
        return new SnapshotVerifyCommand(output, finder);
    }

    @Bean
    Command snapshotDelete(Output output, TargetFinder finder) {
        return new SnapshotDeleteCommand(output, finder);
    }

    @Bean
    Command snapshotRestore(Output output, TargetFinder finder) {
        return new SnapshotRestoreCommand(output, finder);
    }
}
