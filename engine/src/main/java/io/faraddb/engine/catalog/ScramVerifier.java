package io.faraddb.engine.catalog;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a password: enough to check it, not enough to log in with. Its text is the one
 * that PostgreSQL keeps: {@code SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}.
 */
public record ScramVerifier(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {

    public static final int ITERATIONS = 4096;
    public static final int SALT_BYTES = 16;
    public static final int KEY_BYTES = 32;

    private static final String HMAC = "HmacSHA256";
    private static final Pattern TEXT =
            Pattern.compile("SCRAM-SHA-256\\$([0-9]{1,9}):([^$]+)\\$([^:]+):(.+)");
    // Spaces other than the ASCII one, which SASLprep makes it.
    private static final Pattern SPACES = Pattern.compile("[\\p{Zs}&&[^ ]]");

    /**
     * @param salt random, {@link #SALT_BYTES} long
     */
    public static ScramVerifier of(String password, byte[] salt) {
        return of(password, salt, ITERATIONS);
    }

    private static ScramVerifier of(String password, byte[] salt, int iterations) {
        byte[] salted = salted(password, salt, iterations);
        byte[] clientKey = hmac(salted, ascii("Client Key"));
        return new ScramVerifier(
                iterations, salt, sha256(clientKey), hmac(salted, ascii("Server Key")));
    }

    /** Reads a verifier's text; null if it is none. */
    public static @Nullable ScramVerifier parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            ScramVerifier verifier =
                    new ScramVerifier(
                            Integer.parseInt(matcher.group(1)),
                            base64.decode(matcher.group(2)),
                            base64.decode(matcher.group(3)),
                            base64.decode(matcher.group(4)));
            boolean whole =
                    verifier.iterations > 0
                            && verifier.storedKey.length == KEY_BYTES
                            && verifier.serverKey.length == KEY_BYTES;
            return whole ? verifier : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    /** Whether it is this password's. Costs milliseconds, as it has to. */
    public boolean matches(String password) {
        return MessageDigest.isEqual(storedKey, of(password, salt, iterations).storedKey);
    }

    /** As PostgreSQL keeps it. */
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        return "SCRAM-SHA-256$%d:%s$%s:%s"
                .formatted(
                        iterations,
                        base64.encodeToString(salt),
                        base64.encodeToString(storedKey),
                        base64.encodeToString(serverKey));
    }

    /** Tells nothing of the keys. */
    @Override
    public String toString() {
        return "ScramVerifier[...]";
    }

    private static byte[] salted(String password, byte[] salt, int iterations) {
        String prepared =
                Normalizer.normalize(
                        SPACES.matcher(password).replaceAll(" "), Normalizer.Form.NFKC);
        // The JDK's PBKDF2 refuses an empty password; PostgreSQL takes none either.
        PBEKeySpec key =
                new PBEKeySpec(prepared.toCharArray(), salt, iterations, KEY_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no PBKDF2WithHmacSHA256", e);
        } finally {
            key.clearPassword();
        }
    }

    public static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + HMAC, e);
        }
    }

    public static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no SHA-256", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
