package io.faraddb.shell;

import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.PasswordPrompt;
import io.faraddb.shell.connect.TargetFinder;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What commands have of their process: its output, its surroundings, its clock. */
@Configuration(proxyBeanMethods = false)
class ProcessConfiguration {

    @Bean
    Output output() {
        return Output.standard();
    }

    @Bean
    TargetFinder targetFinder() {
        return new TargetFinder(System.getenv(), Path.of(""), new PasswordPrompt());
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }
}
