package io.faraddb.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.log.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class ConfigurationTest {

    @TempDir Path dir;

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Bound.class);

    @EnableConfigurationProperties(FaradProperties.class)
    static class Bound {}

    @Test
    void everyOptionOfTheContractHasItsProperty() {
        Map<String, String> contract =
                Map.of(
                        "--data-dir", "farad.data-dir",
                        "--name", "farad.node.name",
                        "--bind", "farad.bind",
                        "--pg-port", "farad.pg.port",
                        "--volt-port", "farad.volt.port",
                        "--http-port", "farad.http.port",
                        "--cluster-port", "farad.cluster.port",
                        "--join", "farad.cluster.join",
                        "--partitions", "farad.cluster.partitions",
                        "--replicas", "farad.cluster.replicas");
        contract.forEach((option, property) -> {
            assertThat(CommandLine.parse(option, "v").properties())
                    .containsExactly(Map.entry(property, "v"));
            assertThat(CommandLine.parse(option + "=v").properties())
                    .containsExactly(Map.entry(property, "v"));
        });
        assertThat(CommandLine.parse("--insecure").properties())
                .containsExactly(Map.entry("farad.insecure", "true"));
        assertThat(CommandLine.parse("--logging.level.root=debug").springArguments())
                .containsExactly("--logging.level.root=debug");
    }

    @Test
    void unknownOptionsAndMissingValuesAreUsageErrors() {
        for (String[] wrong : new String[][] {{"--nope"}, {"--pg-port"}, {"stray"}, {"--nope=1"}}) {
            assertThatThrownBy(() -> CommandLine.parse(wrong))
                    .isInstanceOfSatisfying(
                            StartFailure.class,
                            e -> assertThat(e.exitCode()).isEqualTo(StartFailure.USAGE));
        }
    }

    @Test
    void defaultsAreThoseOfTheContract() {
        runner.run(context -> {
            FaradProperties properties = context.getBean(FaradProperties.class);
            assertThat(properties.bind()).isEqualTo("127.0.0.1");
            assertThat(properties.node().name()).isEqualTo("n1");
            assertThat(properties.pg().port()).isEqualTo(5432);
            assertThat(properties.volt().port()).isEqualTo(21212);
            assertThat(properties.http().port()).isEqualTo(8080);
            assertThat(properties.cluster().port()).isEqualTo(3021);
            assertThat(properties.cluster().join()).isEmpty();
            assertThat(properties.cluster().replicas()).isEqualTo(1);
            assertThat(properties.pg().messageSizeMax()).isEqualTo(DataSize.ofMegabytes(64));
            assertThat(properties.log().durability()).isEqualTo(Durability.SYNC);
            assertThat(properties.log().segmentSize()).isEqualTo(DataSize.ofMegabytes(64));
            assertThat(properties.snapshot().interval()).isEqualTo(Duration.ofMinutes(30));
            assertThat(properties.snapshot().logSize()).isEqualTo(DataSize.ofGigabytes(1));
            assertThat(properties.snapshot().keep()).isEqualTo(2);
            assertThat(properties.limits().executionTime()).isEqualTo(Duration.ofSeconds(5));
        });
    }

    @Test
    void bindsValuesWithUnits() {
        runner.withPropertyValues(
                        "farad.pg.authentication-timeout=5s",
                        "farad.pg.message-size-max=1MB",
                        "farad.cluster.join=a:1,b:2")
                .run(context -> {
                    FaradProperties properties = context.getBean(FaradProperties.class);
                    assertThat(properties.pg().authenticationTimeout())
                            .isEqualTo(Duration.ofSeconds(5));
                    assertThat(properties.pg().messageSizeMax()).isEqualTo(DataSize.ofMegabytes(1));
                    assertThat(properties.cluster().join()).containsExactly("a:1", "b:2");
                });
    }

    @Test
    void refusesWhatItDoesNotKnowOrCannotUse() {
        for (String wrong :
                new String[] {
                    "farad.pg.prot=1",
                    "farad.pg.port=70000",
                    "farad.pg.port=x",
                    "farad.cluster.replicas=0",
                    "farad.node.name=",
                    "farad.snapshot.keep=1",
                    "farad.log.durability=sometimes",
                    "farad.cluster.join=nowhere"
                }) {
            runner.withPropertyValues(wrong).run(context -> assertThat(context).hasFailed());
        }
    }

    private static void check(String... properties) {
        new ApplicationContextRunner()
                .withUserConfiguration(Bound.class)
                .withPropertyValues(properties)
                .run(context -> BindCheck.check(context.getBean(FaradProperties.class)));
    }

    @Test
    void otherMachinesNeedEncryptionOrAnExplicitWord() {
        check("farad.bind=127.0.0.1");
        check("farad.bind=0.0.0.0", "farad.insecure=true");
        check("farad.bind=0.0.0.0", "farad.tls.bundle=b");
        assertThatThrownBy(() -> check("farad.bind=0.0.0.0"))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        e -> {
                            assertThat(e.exitCode()).isEqualTo(78);
                            assertThat(e.remedy()).contains("--insecure");
                        });
    }

    @Test
    void aSocketNeedsADirectoryWhosePathFits() throws Exception {
        check("farad.pg.socket-dir=");
        check("farad.pg.socket-dir=" + dir);
        Path deep = Files.createDirectories(dir.resolve("d".repeat(100)));
        for (Path wrong : new Path[] {dir.resolve("none"), deep}) {
            assertThatThrownBy(() -> check("farad.pg.socket-dir=" + wrong))
                    .hasMessageContaining(wrong.toString())
                    .isInstanceOfSatisfying(
                            StartFailure.class,
                            e -> {
                                assertThat(e.exitCode()).isEqualTo(78);
                                assertThat(e.remedy()).contains("--pg-socket-dir");
                            });
        }
    }

    @Test
    void aDataDirectoryThatCannotBeMadeSaysSo() throws Exception {
        Path file = Files.createFile(dir.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.open(file.resolve("below")))
                .isInstanceOfSatisfying(
                        StartFailure.class, e -> assertThat(e.exitCode()).isEqualTo(73));
    }

    @Test
    void aDataDirectoryIsGivenBack() throws Exception {
        DataDirectory.open(dir).close();
        DataDirectory again = DataDirectory.open(dir);
        assertThat(dir.resolve("farad.pid")).exists();
        again.close();
        assertThat(dir.resolve("farad.pid")).doesNotExist();
    }

    @Test
    void viewShowsEveryPropertyButNoSecret() {
        runner.withPropertyValues("farad.admin-password=hidden", "farad.cluster.join=a:1,b:2")
                .run(context -> {
                    Map<String, String> view =
                            ConfigurationView.of(context.getBean(FaradProperties.class));
                    assertThat(view)
                            .containsEntry("farad.pg.message-size-max", "64MB")
                            .containsEntry("farad.pg.write-buffer-max", "256KB")
                            .containsEntry("farad.shutdown-timeout", "20s")
                            .containsEntry("farad.log.durability", "sync")
                            .containsEntry("farad.cluster.join", "a:1,b:2")
                            .containsEntry("farad.tls.bundle", "")
                            .containsEntry("farad.admin-password", "******");
                    assertThat(view.values()).doesNotContain("hidden");
                    assertThat(view.keySet()).allMatch(name -> name.matches("[a-z.-]+"));
                });
    }
}
