package io.faraddb.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A certificate for localhost that signs itself.
 *
 * @param certificate file
 * @param key file
 */
record Certificate(Path certificate, Path key) {

    private static final String PASSWORD = "changeit";

    /** Makes one in a directory, with the JDK's tool. */
    static Certificate make(Path directory) throws IOException, GeneralSecurityException {
        Path file = directory.resolve("store.p12");
        Installation.Ran made =
                Installation.run(
                        directory,
                        Map.of(),
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
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
                                PASSWORD));
        assertThat(made.exit()).as(made.errors()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return new Certificate(
                write(
                        directory.resolve("node.crt"),
                        "CERTIFICATE",
                        store.getCertificate("node").getEncoded()),
                write(
                        directory.resolve("node.key"),
                        "PRIVATE KEY",
                        store.getKey("node", PASSWORD.toCharArray()).getEncoded()));
    }

    private static Path write(Path file, String type, byte[] der) throws IOException {
        return Files.writeString(
                file,
                "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                        .formatted(type, Base64.getMimeEncoder().encodeToString(der), type));
    }

    /** With which a node encrypts. */
    String[] options() {
        String bundle = "--spring.ssl.bundle.pem.test.keystore.";
        return new String[] {
            bundle + "certificate=" + certificate,
            bundle + "private-key=" + key,
            "--farad.tls.bundle=test"
        };
    }
}
