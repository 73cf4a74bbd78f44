package io.faraddb.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationCheckTest {

    @TempDir Path dir;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void rightFilesAreRight() throws IOException {
        assertThat(check("farad.properties", "farad.pg.port=5433\nfarad.snapshot.interval=5m\n"))
                .isZero();
        assertThat(check("farad.yaml", "farad:\n  log:\n    durability: interval\n")).isZero();
        assertThat(check("empty.properties", "")).isZero();
    }

    @Test
    void wrongFilesAreWrongAndSayWhere() throws IOException {
        assertThat(check("a.properties", "farad.pg.port=70000\n")).isEqualTo(1);
        assertThat(said()).contains("farad.pg.port = 70000");
        assertThat(check("b.properties", "farad.pg.prot=1\n")).isEqualTo(1);
        assertThat(said()).contains("farad.pg.prot");
        assertThat(check("c.yaml", "farad:\n  snapshot:\n    interval: soon\n")).isEqualTo(1);
        assertThat(said()).contains("farad.snapshot.interval");
        assertThat(check("d.properties", "farad.bind=0.0.0.0\n")).isEqualTo(1);
        assertThat(said()).contains("without encryption");
        assertThat(check("e.yaml", "farad: [")).isEqualTo(1);
        assertThat(ConfigurationCheck.check(dir.resolve("none"), stream(), stream())).isEqualTo(1);
        assertThat(said()).contains("there is no file");
    }

    private int check(String name, String text) throws IOException {
        said.reset();
        return ConfigurationCheck.check(
                Files.writeString(dir.resolve(name), text), stream(), stream());
    }

    private PrintStream stream() {
        return new PrintStream(said, true, StandardCharsets.UTF_8);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
