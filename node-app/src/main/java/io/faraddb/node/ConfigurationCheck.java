package io.faraddb.node;

import io.faraddb.node.config.BindCheck;
import io.faraddb.node.config.FaradProperties;
import io.faraddb.node.config.StartFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/**
 * Tells whether a node would start with a configuration file, without starting one: {@code farad
 * config validate} runs this.
 */
public final class ConfigurationCheck {

    private ConfigurationCheck() {}

    @EnableConfigurationProperties(FaradProperties.class)
    static class Bound {}

    /** Checks the file of the argument; exits with 0 if it is right, 1 if not. */
    public static void main(String[] arguments) {
        // Spring would warn of what is told below in a sentence.
        LoggingSystem.get(ConfigurationCheck.class.getClassLoader()).beforeInitialize();
        System.exit(check(Path.of(arguments[0]), System.out, System.err));
    }

    static int check(Path file, PrintStream out, PrintStream errors) {
        if (!Files.isRegularFile(file)) {
            errors.println("farad: there is no file " + file);
            return 1;
        }
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext()) {
            context.setEnvironment(environment(file));
            context.register(Bound.class);
            context.refresh();
            BindCheck.check(context.getBean(FaradProperties.class));
            out.println(file + " is right");
            return 0;
        } catch (IOException | RuntimeException wrong) {
            StartFailure told = StartReport.explain(wrong);
            errors.println("farad: " + file + ": " + told.getMessage());
            return 1;
        }
    }

    /** Of nothing but the file: what this process was told is not what a node would be. */
    private static StandardEnvironment environment(Path file) throws IOException {
        PropertySourceLoader loader =
                file.toString().endsWith(".properties")
                        ? new PropertiesPropertySourceLoader()
                        : new YamlPropertySourceLoader();
        List<PropertySource<?>> loaded = loader.load(file.toString(), new FileSystemResource(file));
        StandardEnvironment environment =
                new StandardEnvironment() {
                    @Override
                    protected void customizePropertySources(MutablePropertySources sources) {
                        loaded.forEach(sources::addLast);
                    }
                };
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
