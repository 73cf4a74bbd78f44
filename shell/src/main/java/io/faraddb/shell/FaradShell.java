package io.faraddb.shell;

import io.faraddb.shell.command.CommandConfiguration;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Import;

/** The farad command: one command with arguments, a prompt without. */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import({ProcessConfiguration.class, CommandConfiguration.class})
public class FaradShell {

    /** Runs the command of the arguments and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String[] arguments) {
        SpringApplication application = new SpringApplication(FaradShell.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setLazyInitialization(true);
        application.setRegisterShutdownHook(false);
        // Options are the commands', not Spring's.
        application.setAddCommandLineProperties(false);
        return SpringApplication.exit(application.run(arguments));
    }
}
