package io.faraddb.node;

import io.faraddb.node.config.CommandLine;
import io.faraddb.node.config.DataDirectory;
import io.faraddb.node.config.FaradProperties;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts a node. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan(basePackageClasses = FaradProperties.class)
public final class FaradApplication {

    private static final String DATA_DIR = "farad.data-dir";
    private static final String DATA_DIR_VARIABLE = "FARAD_DATA_DIR";
    private static final String DATA_DIR_DEFAULT = "farad-data";

    /** Exits with what went wrong, if anything. */
    public static void main(String[] arguments) {
        try {
            start(CommandLine.parse(arguments));
        } catch (Throwable failure) {
            System.exit(StartReport.report(failure, System.err));
        }
    }

    /** Runs until it is closed. */
    static ConfigurableApplicationContext start(CommandLine commandLine) {
        Map<String, String> properties = new LinkedHashMap<>(commandLine.properties());
        // Before anything else: it is where the log is written, and another node may have it.
        DataDirectory directory = DataDirectory.open(dataDir(properties));
        properties.put(DATA_DIR, directory.path().toString());
        SpringApplication application = new SpringApplication(FaradApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.addInitializers(
                context -> context.getBeanFactory().registerSingleton("dataDirectory", directory));
        return application.run(new CommandLine(properties).springArguments());
    }

    private static Path dataDir(Map<String, String> properties) {
        String given = properties.get(DATA_DIR);
        if (given == null) {
            given = System.getenv(DATA_DIR_VARIABLE);
        }
        return Path.of(given == null ? DATA_DIR_DEFAULT : given);
    }
}
