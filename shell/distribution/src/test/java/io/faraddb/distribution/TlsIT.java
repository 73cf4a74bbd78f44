package io.faraddb.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that find a node that encrypts, with a certificate that nobody has signed. */
@Tag("slow")
@Timeout(300)
class TlsIT {

    @TempDir static Path directory;

    private static RunningNode node;

    @BeforeAll
    static void start() throws Exception {
        node = new RunningNode(directory, Certificate.make(directory).options());
    }

    @AfterAll
    static void stop() throws IOException {
        if (node != null) {
            node.close();
        }
    }

    @Test
    void aNodeIsKnownByItsDirectory() throws IOException {
        assertThat(node.answer("status")).contains("UP");
        assertThat(node.answer("config", "get")).contains("tls");
        assertThat(node.answer("snapshot", "create")).contains("complete");
        assertThat(node.answer("sql", "-e", "SELECT 40 + 2")).contains("42");
        assertThat(node.answer("cluster", "topology")).contains("n1");
    }

    @Test
    void anotherCertificateIsNotTrusted() throws Exception {
        Path kept = directory.resolve("farad-data").resolve("certificate.pem");
        String own = Files.readString(kept);
        Path other = Files.createDirectories(directory.resolve("other"));
        Files.copy(
                Certificate.make(other).certificate(), kept, StandardCopyOption.REPLACE_EXISTING);
        try {
            Installation.Ran status = node.farad("status");
            assertThat(status.exit()).isEqualTo(3);
            assertThat(status.errors()).contains("no node answers at https://127.0.0.1");
            assertThat(node.farad("sql", "-e", "SELECT 1").exit()).isNotZero();
        } finally {
            Files.writeString(kept, own);
        }
    }
}
