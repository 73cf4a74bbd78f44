package io.faraddb.engine.catalog;

import io.faraddb.engine.error.InvariantViolation;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is kept of a password: enough to check it, not enough to use it.
 *
 * <p>Source: RFC 5802 and RFC 7677; the text form is PostgreSQL's {@code pg_authid.rolpassword}.
 */
public final class ScramVerifier {

    private static final int ITERATIONS = 4096;
    private static final int SALT_BYTES = 16;
    private static final int KEY_BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ScramVerifier() {}

    /** {@code SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey} with a new salt. */
    public static String of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        try {
            PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, KEY_BITS);
            byte[] salted =
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(spec)
                            .getEncoded();
            byte[] stored = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
            Base64.Encoder base64 = Base64.getEncoder();
            return "SCRAM-SHA-256$"
                    + ITERATIONS
                    + ":"
                    + base64.encodeToString(salt)
                    + "$"
                    + base64.encodeToString(stored)
                    + ":"
                    + base64.encodeToString(hmac(salted, "Server Key"));
        } catch (GeneralSecurityException missing) {
            throw new InvariantViolation("every JDK has SHA-256", missing);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
