package io.faraddb.bench.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's half of SCRAM-SHA-256 (RFC 5802, RFC 7677), without channel binding. */
final class ScramClient {

    static final String MECHANISM = "SCRAM-SHA-256";

    private static final String HMAC = "HmacSHA256";
    private static final int KEY_BITS = 256;
    private static final String NO_BINDING = "n,,";
    private static final int ITERATIONS_MAX = 1_000_000;

    private final String password;
    private final String firstBare;
    private final String nonce;
    private byte[] serverSignature = new byte[0];

    /**
     * @param user PostgreSQL goes by the name of the start-up message and wants none here
     * @param nonce random, of printable characters without commas
     */
    ScramClient(String user, String password, String nonce) {
        this.password = password;
        this.nonce = nonce;
        this.firstBare = "n=" + user + ",r=" + nonce;
    }

    byte[] first() {
        return (NO_BINDING + firstBare).getBytes(StandardCharsets.UTF_8);
    }

    /** The last message, which answers the server's first. */
    byte[] last(String serverFirst) throws IOException {
        String[] parts = serverFirst.split(",");
        if (parts.length < 3 || !parts[0].startsWith("r=" + nonce) || !parts[1].startsWith("s=")) {
            throw new IOException("the server's SCRAM message is malformed");
        }
        byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
        int iterations = Integer.parseInt(parts[2].substring(2));
        if (iterations < 1 || iterations > ITERATIONS_MAX) {
            throw new IOException("the server asks for " + iterations + " rounds of hashing");
        }
        String binding =
                Base64.getEncoder().encodeToString(NO_BINDING.getBytes(StandardCharsets.UTF_8));
        String withoutProof = "c=" + binding + "," + parts[0];
        byte[] all =
                (firstBare + "," + serverFirst + "," + withoutProof)
                        .getBytes(StandardCharsets.UTF_8);
        try {
            byte[] salted = salted(salt, iterations);
            byte[] clientKey = hmac(salted, ascii("Client Key"));
            byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
            byte[] proof = hmac(storedKey, all);
            for (int i = 0; i < proof.length; i++) {
                proof[i] ^= clientKey[i];
            }
            serverSignature = hmac(hmac(salted, ascii("Server Key")), all);
            return ascii(withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof));
        } catch (GeneralSecurityException e) {
            throw new IOException("SCRAM-SHA-256 is not possible here", e);
        }
    }

    /** Checks the server's last message: whoever made it knows the password, too. */
    void verify(String serverLast) throws IOException {
        byte[] wanted = ascii("v=" + Base64.getEncoder().encodeToString(serverSignature));
        if (!MessageDigest.isEqual(wanted, ascii(serverLast))) {
            throw new IOException("the server does not know the password: not the right server");
        }
    }

    private byte[] salted(byte[] salt, int iterations) throws GeneralSecurityException {
        PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt, iterations, KEY_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } finally {
            key.clearPassword();
        }
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        return mac.doFinal(data);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
