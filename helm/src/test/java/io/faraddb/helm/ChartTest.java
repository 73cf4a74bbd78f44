package io.faraddb.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart installs, rendered by Helm itself. */
class ChartTest {

    private static final Map<String, String> OPEN = Map.of("insecure", "true");
    private static final Map<String, String> ENCRYPTED = Map.of("tls.existingSecret", "shop-tls");

    private static Cluster cluster;

    @TempDir Path directory;

    @BeforeAll
    static void start() throws IOException {
        cluster = new Cluster();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    static List<Map<String, String>> releases() {
        Map<String, String> all = new HashMap<>(ENCRYPTED);
        all.put("partitions", "8");
        all.put("heap", "3g");
        all.put("javaOptions", "-Xlog:gc");
        all.put("admin.existingSecret", "shop-admin");
        all.put("admin.key", "pass");
        all.put("persistence.storageClass", "fast");
        all.put("persistence.annotations.note", "x");
        all.put("service.type", "LoadBalancer");
        all.put("service.annotations.note", "x");
        all.put("serviceMonitor.enabled", "true");
        all.put("serviceMonitor.labels.release", "prometheus");
        all.put("podAnnotations.note", "x");
        all.put("podLabels.team", "shop");
        all.put("nodeSelector.disk", "nvme");
        all.put("priorityClassName", "high");
        all.put("imagePullSecrets[0].name", "registry");
        all.put("tolerations[0].key", "dedicated");
        all.put("tolerations[0].operator", "Exists");
        return List.of(OPEN, ENCRYPTED, all);
    }

    @Test
    void lintsWithoutAWord() {
        LintResult result = new Helm(Chart.DIRECTORY).lint().strict().quiet().call();
        assertThat(result.getMessages()).isEmpty();
        assertThat(result.isFailed()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void hasNoFieldThatKubernetesDoesNotKnow(Map<String, String> values) throws IOException {
        List<HasMetadata> manifests = Chart.manifestsWithTests(directory, values);
        assertThat(manifests)
                .extracting(HasMetadata::getKind)
                .contains("StatefulSet", "Service", "Pod");
        for (HasMetadata manifest : manifests) {
            if (!(manifest instanceof GenericKubernetesResource)) {
                assertThat(UnknownFields.of(manifest)).as(Chart.yaml(manifest)).isEmpty();
            }
        }
    }

    private static PodSpec pod(Map<String, String> values) {
        return set(values).getSpec().getTemplate().getSpec();
    }

    private static StatefulSet set(Map<String, String> values) {
        return Chart.one(Chart.manifests(values), StatefulSet.class, "shop-farad");
    }

    private static Container container(Map<String, String> values) {
        return pod(values).getContainers().getFirst();
    }

    @Test
    void runsOneNodeWithAVolumeThatOutlivesTheRelease() {
        StatefulSet set = set(OPEN);
        assertThat(set.getSpec().getReplicas()).isEqualTo(1);
        assertThat(set.getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenDeleted())
                .isEqualTo("Retain");
        PersistentVolumeClaim claim = set.getSpec().getVolumeClaimTemplates().getFirst();
        assertThat(claim.getMetadata().getName()).isEqualTo("data");
        assertThat(claim.getSpec().getResources().getRequests().get("storage"))
                .isEqualTo(new Quantity("20Gi"));
        Container container = container(OPEN);
        assertThat(container.getVolumeMounts())
                .extracting(VolumeMount::getName, VolumeMount::getMountPath)
                .contains(tuple("data", "/data"));
        assertThat(container.getArgs()).contains("start", "--data-dir=/data", "--insecure");
    }

    @Test
    void theServiceReachesThePodsOfTheSet() {
        List<HasMetadata> manifests = Chart.manifests(OPEN);
        Map<String, String> labels =
                Chart.one(manifests, StatefulSet.class, "shop-farad")
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels();
        for (String name : List.of("shop-farad", "shop-farad-nodes")) {
            Service service = Chart.one(manifests, Service.class, name);
            assertThat(labels).containsAllEntriesOf(service.getSpec().getSelector());
            assertThat(service.getSpec().getPorts())
                    .extracting(port -> port.getTargetPort().getStrVal())
                    .containsExactly("pg", "http");
        }
        Service nodes = Chart.one(manifests, Service.class, "shop-farad-nodes");
        assertThat(nodes.getSpec().getClusterIP()).isEqualTo("None");
        assertThat(nodes.getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(Chart.one(manifests, StatefulSet.class, "shop-farad").getSpec().getServiceName())
                .isEqualTo("shop-farad-nodes");
    }

    @Test
    void probesAskForHealthAndWaitForALongReplay() {
        for (Map<String, String> values : releases()) {
            Container container = container(values);
            String scheme = values.containsKey("tls.existingSecret") ? "HTTPS" : "HTTP";
            assertProbe(container.getStartupProbe(), "readiness", scheme);
            assertProbe(container.getLivenessProbe(), "liveness", scheme);
            assertProbe(container.getReadinessProbe(), "readiness", scheme);
            Probe startup = container.getStartupProbe();
            assertThat(startup.getPeriodSeconds() * startup.getFailureThreshold()).isEqualTo(3600);
        }
    }

    private static void assertProbe(Probe probe, String group, String scheme) {
        assertThat(probe.getHttpGet().getPath()).isEqualTo("/actuator/health/" + group);
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
        assertThat(probe.getHttpGet().getScheme()).isEqualTo(scheme);
    }

    @Test
    void aPodHasTimeToDrainAndNoMoreRightsThanItNeeds() throws IOException {
        PodSpec pod = pod(Map.of("insecure", "true", "shutdownTimeoutSeconds", "40"));
        assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(70);
        assertThat(pod.getContainers().getFirst().getArgs())
                .contains("--farad.shutdown-timeout=40s");
        List<HasMetadata> manifests = Chart.manifestsWithTests(directory, OPEN);
        PodSpec test = Chart.one(manifests, Pod.class, "shop-farad-test").getSpec();
        for (PodSpec each : List.of(pod, test)) {
            assertThat(each.getAutomountServiceAccountToken()).isFalse();
            assertThat(each.getSecurityContext().getRunAsNonRoot()).isTrue();
            Container container = each.getContainers().getFirst();
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
        }
    }

    @Test
    void makesARandomPasswordUnlessOneIsThereOrGiven() {
        Secret made = Chart.one(Chart.manifests(OPEN), Secret.class, "shop-farad-admin");
        Secret again = Chart.one(Chart.manifests(OPEN), Secret.class, "shop-farad-admin");
        assertThat(made.getData().get("password"))
                .hasSizeGreaterThan(30)
                .isNotEqualTo(again.getData().get("password"));
        assertThat(made.getMetadata().getAnnotations())
                .containsEntry("helm.sh/resource-policy", "keep");

        cluster.hasSecret("known-admin", "b2xk");
        Map<String, String> upgrade = new HashMap<>(OPEN);
        upgrade.put("fullnameOverride", "known");
        assertThat(Chart.one(Chart.manifests(upgrade), Secret.class, "known-admin").getData())
                .containsEntry("password", "b2xk");

        Map<String, String> values = new HashMap<>(OPEN);
        values.put("admin.existingSecret", "mine");
        values.put("admin.key", "pass");
        assertThat(Chart.manifests(values)).noneMatch(Secret.class::isInstance);
        assertThat(container(values).getEnv())
                .filteredOn(variable -> variable.getName().equals("FARAD_ADMIN_PASSWORD"))
                .singleElement()
                .satisfies(variable -> {
                    var reference = variable.getValueFrom().getSecretKeyRef();
                    assertThat(reference.getName()).isEqualTo("mine");
                    assertThat(reference.getKey()).isEqualTo("pass");
                });
    }

    @Test
    void encryptsWithTheCertificateOfASecret() {
        PodSpec pod = pod(ENCRYPTED);
        assertThat(pod.getVolumes())
                .anySatisfy(volume -> {
                    assertThat(volume.getName()).isEqualTo("tls");
                    assertThat(volume.getSecret().getSecretName()).isEqualTo("shop-tls");
                });
        assertThat(pod.getContainers().getFirst().getArgs())
                .contains(
                        "--farad.tls.bundle=farad",
                        "--spring.ssl.bundle.pem.farad.keystore.certificate=/tls/tls.crt",
                        "--spring.ssl.bundle.pem.farad.keystore.private-key=/tls/tls.key")
                .doesNotContain("--insecure");
    }

    @Test
    void passesPropertiesOn() {
        Map<String, String> values = new HashMap<>(OPEN);
        values.put("properties.farad\\.log\\.durability", "interval");
        assertThat(container(values).getArgs()).contains("--farad.log.durability=interval");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "partitions=1                        | insecure=true to let them come",
                "insecure=true,tls.existingSecret=x  | contradict each other",
                "insecure=true,partition=1           | partition",
                "insecure=true,partitions=-1         | partitions",
                "insecure=true,persistence.size=big  | persistence",
                "insecure=true,heap=lots             | heap",
                "insecure=true,service.ports.pg=0    | service",
                "insecure=true,properties.x=1000000  | properties",
                "insecure=true,properties.farad\\.bind=::1 | the chart's own",
            })
    void refusesWhatItCannotMean(String given, String sentence) {
        Map<String, String> values = new HashMap<>();
        for (String pair : given.strip().split(",")) {
            values.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(sentence.strip());
    }

    @Test
    void namesFitIntoADomainLabel() {
        String yaml = Chart.render(Map.of("insecure", "true", "fullnameOverride", "a".repeat(52)));
        assertThat(yaml.lines().filter(line -> line.startsWith("  name: ")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.substring(8)).hasSizeLessThanOrEqualTo(63));
    }
}
