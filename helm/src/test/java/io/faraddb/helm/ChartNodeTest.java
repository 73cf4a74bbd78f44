package io.faraddb.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that is started with the arguments of the chart's container, and asked by its probes. */
@Tag("slow")
@Timeout(300)
class ChartNodeTest {

    private static final Pattern HTTP_PORT = Pattern.compile("\"http\":(\\d+)");
    private static final char[] STORE_PASSWORD = "password".toCharArray();

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

    private static Container container(Map<String, String> values) {
        return Chart.one(Chart.manifests(values), StatefulSet.class, "shop-farad")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }

    @Test
    void answersItsProbesOpenly() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertProbesAnswer(container(Map.of("insecure", "true")), client);
        }
    }

    @Test
    void answersItsProbesEncrypted() throws Exception {
        KeyStore store = certificate();
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting(store)).build()) {
            assertProbesAnswer(container(Map.of("tls.existingSecret", "shop-tls")), client);
        }
    }

    private void assertProbesAnswer(Container container, HttpClient client) throws Exception {
        Path data = directory.resolve("data");
        List<String> command = new ArrayList<>();
        command.add(Path.of("..", "farad").toRealPath().toString());
        for (String argument : container.getArgs()) {
            command.add(here(argument));
        }
        command.add("--detach");
        run(command);
        try {
            Matcher port = HTTP_PORT.matcher(Files.readString(data.resolve("endpoints.json")));
            assertThat(port.find()).isTrue();
            for (Probe probe :
                    List.of(
                            container.getStartupProbe(),
                            container.getLivenessProbe(),
                            container.getReadinessProbe())) {
                HTTPGetAction get = probe.getHttpGet();
                URI uri =
                        URI.create(
                                "%s://localhost:%s%s"
                                        .formatted(
                                                get.getScheme().toLowerCase(Locale.ROOT),
                                                port.group(1),
                                                get.getPath()));
                HttpResponse<String> answer =
                        client.send(
                                HttpRequest.newBuilder(uri).build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as("%s: %s", uri, answer.body()).isEqualTo(200);
            }
        } finally {
            run(List.of(command.getFirst(), "stop", "--data-dir", data.toString()));
        }
    }

    /** What is elsewhere in a container. */
    private String here(String argument) {
        return argument.replace("=/data", "=" + directory.resolve("data"))
                .replace("=/tls", "=" + directory.resolve("tls"))
                .replace("$(POD_NAME)", "shop-farad-0")
                .replaceFirst("^(--(pg|http)-port)=.*", "$1=0");
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path out = directory.resolve("out.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("FARAD_HEAP", "512m");
        builder.environment().put("FARAD_ADMIN_PASSWORD", "from a secret");
        Process process = builder.start();
        assertThat(process.waitFor(200, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    }

    /** Makes one for localhost as the Secret would have it. */
    private KeyStore certificate() throws Exception {
        Path file = directory.resolve("store.p12");
        run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "node",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(STORE_PASSWORD)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, STORE_PASSWORD);
        }
        Path tls = Files.createDirectory(directory.resolve("tls"));
        X509Certificate certificate = (X509Certificate) store.getCertificate("node");
        Files.writeString(tls.resolve("tls.crt"), pem("CERTIFICATE", certificate.getEncoded()));
        Files.writeString(
                tls.resolve("tls.key"),
                pem("PRIVATE KEY", store.getKey("node", STORE_PASSWORD).getEncoded()));
        return store;
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(type, Base64.getMimeEncoder().encodeToString(der), type);
    }

    private static SSLContext trusting(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = empty();
        trusted.setCertificateEntry("node", store.getCertificate("node"));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore empty() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        return store;
    }
}
