package io.faraddb.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The exchange of RFC 7677, section 3. */
class ScramClientTest {

    private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String BOTH = NONCE + "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String SERVER_FIRST = "r=" + BOTH + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    private final ScramClient client = new ScramClient("user", "pencil", NONCE);

    @Test
    void clientProvesThatItKnowsThePassword() throws IOException {
        assertThat(text(client.first())).isEqualTo("n,,n=user,r=" + NONCE);
        assertThat(text(client.last(SERVER_FIRST)))
                .isEqualTo("c=biws,r=" + BOTH + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        client.verify("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void serverHasToKnowThePasswordToo() throws IOException {
        var unused = client.last(SERVER_FIRST);
        assertThatThrownBy(() -> client.verify("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G5="))
                .hasMessageContaining("does not know the password");
    }

    @Test
    void nonceOfAnotherExchangeIsRefused() {
        assertThatThrownBy(() -> client.last("r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> client.last("r=" + BOTH + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0"))
                .isInstanceOf(IOException.class);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
