package io.faraddb.node.pgwire.scram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.catalog.ScramVerifier;
import io.faraddb.engine.error.SqlException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ScramExchangeTest {

    // The example of RFC 7677.
    private static final ScramVerifier PENCIL =
            ScramVerifier.of("pencil", Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="));
    private static final String SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    private static final String LAST =
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                    + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

    private static ScramExchange begin(String user, boolean known) {
        return ScramExchange.begin(user, known ? PENCIL : null, new byte[] {1}, SERVER_NONCE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void speaksAsTheStandardsExample() {
        ScramExchange exchange = begin("user", true);
        assertThat(exchange.first(bytes(FIRST)))
                .asString()
                .isEqualTo(
                        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        assertThat(exchange.last(bytes(LAST)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void refusesAWrongProof() {
        ScramExchange exchange = begin("user", true);
        exchange.first(bytes(FIRST));
        assertThat(exchange.last(bytes(LAST.replace("p=dH", "p=eH")))).isNull();
    }

    @Test
    void aUserWhoDoesNotExistLooksLikeOneWhoDoes() {
        byte[] challenge = begin("nobody", false).first(bytes(FIRST));
        assertThat(begin("nobody", false).first(bytes(FIRST))).isEqualTo(challenge);
        assertThat(begin("noone", false).first(bytes(FIRST))).isNotEqualTo(challenge);
        assertThat(challenge).asString().endsWith(",i=4096");
        ScramExchange exchange = begin("nobody", false);
        exchange.first(bytes(FIRST));
        assertThat(exchange.last(bytes(LAST))).isNull();
    }

    @Test
    void refusesMalformedMessages() {
        for (String first :
                new String[] {"", "n", "p=tls,,n=u,r=x", "n,,r=x", "n,,n=u,r=", "x,,"}) {
            assertThatThrownBy(() -> begin("user", true).first(bytes(first)))
                    .isInstanceOf(SqlException.class);
        }
        ScramExchange exchange = begin("user", true);
        exchange.first(bytes(FIRST));
        for (String last :
                new String[] {"", "c=biws", LAST.replace("biws", "eSws"), "c=biws,p=!"}) {
            assertThatThrownBy(() -> exchange.last(bytes(last))).isInstanceOf(SqlException.class);
        }
    }

    @Test
    void aVerifierSurvivesItsTextAndKnowsItsPassword() {
        ScramVerifier read = ScramVerifier.parse(PENCIL.text());
        assertThat(read).isNotNull();
        assertThat(read.text()).isEqualTo(PENCIL.text());
        assertThat(read.matches("pencil")).isTrue();
        assertThat(read.matches("Pencil")).isFalse();
        assertThat(ScramVerifier.parse("md5abc")).isNull();
        assertThat(ScramVerifier.parse("SCRAM-SHA-256$4096:AA==$AA==:AA==")).isNull();
    }
}
