package io.faraddb.node.pgwire.scram;

import io.faraddb.engine.catalog.ScramVerifier;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One log-in.
 *
 * <pre>
 * client: n,,n=user,r=clientNonce
 * server: r=clientNonce serverNonce,s=salt,i=iterations
 * client: c=base64(n,,),r=clientNonce serverNonce,p=base64(proof)
 * server: v=base64(signature)
 * </pre>
 *
 * A user who does not exist gets a salt too, always the same one, and fails at the proof, so that
 * nobody finds out who does.
 */
public final class ScramExchange {

    public static final String MECHANISM = "SCRAM-SHA-256";

    private final ScramVerifier verifier;
    private final boolean doomed;
    private final String serverNonce;
    private @Nullable String header;
    private @Nullable String firstMessages;
    private @Nullable String nonce;

    private ScramExchange(ScramVerifier verifier, boolean doomed, String serverNonce) {
        this.verifier = verifier;
        this.doomed = doomed;
        this.serverNonce = serverNonce;
    }

    /**
     * @param verifier of the user; null if there is no such user, or none with a password
     * @param mockSecret what no client knows, for the salts of those who do not exist
     * @param serverNonce random, base64
     */
    public static ScramExchange begin(
            String user, @Nullable ScramVerifier verifier, byte[] mockSecret, String serverNonce) {
        if (verifier != null) {
            return new ScramExchange(verifier, false, serverNonce);
        }
        byte[] mock = ScramVerifier.hmac(mockSecret, user.getBytes(StandardCharsets.UTF_8));
        ScramVerifier nobody =
                new ScramVerifier(
                        ScramVerifier.ITERATIONS,
                        Arrays.copyOf(mock, ScramVerifier.SALT_BYTES),
                        new byte[ScramVerifier.KEY_BYTES],
                        new byte[ScramVerifier.KEY_BYTES]);
        return new ScramExchange(nobody, true, serverNonce);
    }

    /**
     * Takes the client's first message.
     *
     * @return the server's first message
     * @throws SqlException 08P01 if it is malformed
     */
    public byte[] first(byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        int bareStart = bareStart(text);
        header = text.substring(0, bareStart);
        String bare = text.substring(bareStart);
        String[] attributes = bare.split(",", -1);
        if (attributes.length < 2
                || !attributes[0].startsWith("n=")
                || !attributes[1].startsWith("r=")) {
            throw malformed();
        }
        String clientNonce = attributes[1].substring(2);
        if (clientNonce.isEmpty() || !clientNonce.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
            throw malformed();
        }
        nonce = clientNonce + serverNonce;
        String answer =
                "r="
                        + nonce
                        + ",s="
                        + Base64.getEncoder().encodeToString(verifier.salt())
                        + ",i="
                        + verifier.iterations();
        firstMessages = bare + "," + answer;
        return answer.getBytes(StandardCharsets.UTF_8);
    }

    /** Where the message without the header on channel binding begins. */
    private static int bareStart(String text) {
        if (text.startsWith("p=")) {
            throw new SqlException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "client requires SCRAM channel binding, but it is not supported");
        }
        if (!text.startsWith("n,") && !text.startsWith("y,")) {
            throw malformed();
        }
        int end = text.indexOf(',', 2);
        if (end < 0) {
            throw malformed();
        }
        if (end > 2) {
            throw SqlException.unsupported("a SCRAM authorization identity");
        }
        return end + 1;
    }

    /**
     * Takes the client's last message.
     *
     * @return the server's last message; null if the password is wrong
     * @throws SqlException 08P01 if it is malformed
     */
    public byte @Nullable [] last(byte[] message) {
        if (header == null || firstMessages == null || nonce == null) {
            throw malformed();
        }
        String text = new String(message, StandardCharsets.UTF_8);
        int proofStart = text.lastIndexOf(",p=");
        if (proofStart < 0) {
            throw malformed();
        }
        String withoutProof = text.substring(0, proofStart);
        String binding =
                Base64.getEncoder().encodeToString(header.getBytes(StandardCharsets.UTF_8));
        String expected = "c=" + binding + ",r=" + nonce;
        if (!withoutProof.equals(expected) && !withoutProof.startsWith(expected + ",")) {
            throw malformed();
        }
        byte[] proof;
        try {
            proof = Base64.getDecoder().decode(text.substring(proofStart + 3));
        } catch (IllegalArgumentException notBase64) {
            throw malformed();
        }
        byte[] all = (firstMessages + "," + withoutProof).getBytes(StandardCharsets.UTF_8);
        if (!isProof(proof, all) || doomed) {
            return null;
        }
        byte[] signature = ScramVerifier.hmac(verifier.serverKey(), all);
        return ("v=" + Base64.getEncoder().encodeToString(signature))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The proof is the client's key, hidden by a signature that both sides can make. */
    private boolean isProof(byte[] proof, byte[] all) {
        if (proof.length != ScramVerifier.KEY_BYTES) {
            return false;
        }
        byte[] clientKey = ScramVerifier.hmac(verifier.storedKey(), all);
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= proof[i];
        }
        return MessageDigest.isEqual(ScramVerifier.sha256(clientKey), verifier.storedKey());
    }

    private static SqlException malformed() {
        return new SqlException(ErrorCode.PROTOCOL_VIOLATION, "malformed SCRAM message");
    }
}
