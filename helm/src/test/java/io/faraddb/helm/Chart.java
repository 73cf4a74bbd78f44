package io.faraddb.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart, as Helm renders it. */
final class Chart {

    static final Path DIRECTORY = Path.of("farad").toAbsolutePath();

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private Chart() {}

    static String render(Map<String, String> values) {
        return render(DIRECTORY, values);
    }

    private static String render(Path chart, Map<String, String> values) {
        TemplateCommand command =
                new Helm(chart).template().withName("shop").withKubeVersion("1.31.0");
        values.forEach(command::set);
        return command.call();
    }

    /** What a release with these values is made of. */
    static List<HasMetadata> manifests(Map<String, String> values) {
        return parse(render(values));
    }

    /** The same with what {@code helm test} runs, which Helm leaves out of the release. */
    static List<HasMetadata> manifestsWithTests(Path directory, Map<String, String> values)
            throws IOException {
        Path copy = directory.resolve("farad");
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(DIRECTORY.relativize(file)));
            }
        }
        Path test = copy.resolve("templates/tests/sql.yaml");
        String yaml = Files.readString(test);
        Files.writeString(test, yaml.replace("    helm.sh/hook: test\n", ""));
        return parse(render(copy, values));
    }

    private static List<HasMetadata> parse(String yaml) {
        List<HasMetadata> manifests = new ArrayList<>();
        for (String document : yaml.split("(?m)^---$")) {
            if (document.lines().anyMatch(line -> line.startsWith("kind:"))) {
                manifests.add(YAML.unmarshal(document));
            }
        }
        return manifests;
    }

    static <T extends HasMetadata> T one(List<HasMetadata> manifests, Class<T> type, String name) {
        return manifests.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(manifest -> manifest.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
    }

    static String yaml(HasMetadata manifest) {
        return YAML.asYaml(manifest);
    }
}
