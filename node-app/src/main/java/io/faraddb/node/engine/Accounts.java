package io.faraddb.node.engine;

import io.faraddb.engine.catalog.ScramVerifier;
import io.faraddb.engine.catalog.UserDef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Users and their passwords. */
public final class Accounts {

    /** The user that the first start makes. */
    public static final String ADMIN = "admin";

    /** Passwords that were right and need not be computed again. */
    private static final int KNOWN_MAX = 1_000;

    private static final int SECRET_BYTES = 32;
    private static final int RANDOM_PASSWORD_BYTES = 18;

    private final Function<String, @Nullable UserDef> users;
    private final SecureRandom random = new SecureRandom();
    private final byte[] secret = new byte[SECRET_BYTES];
    private final Map<String, byte[]> known =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
                    return size() > KNOWN_MAX;
                }
            };

    /**
     * @param users finds one by name
     */
    public Accounts(Function<String, @Nullable UserDef> users) {
        this.users = users;
        random.nextBytes(secret);
    }

    /** What is known of a user's password; null if there is no such user or no password. */
    public @Nullable ScramVerifier verifier(String user) {
        UserDef found = users.apply(user);
        return found == null ? null : ScramVerifier.parse(found.verifier());
    }

    /**
     * What no client knows, the same on all nodes and after a restart: made of the admin's keys.
     */
    public byte[] mockSecret() {
        ScramVerifier admin = verifier(ADMIN);
        return admin == null ? secret : ScramVerifier.hmac(admin.serverKey(), admin.storedKey());
    }

    /** Whether it is the user's password. Takes milliseconds the first time. */
    public boolean authenticate(String user, String password) {
        ScramVerifier verifier = verifier(user);
        if (verifier == null) {
            // As long as for a user who exists.
            ScramVerifier.of(password, new byte[ScramVerifier.SALT_BYTES]);
            return false;
        }
        byte[] digest =
                ScramVerifier.hmac(
                        secret,
                        (verifier.text() + "\0" + password).getBytes(StandardCharsets.UTF_8));
        synchronized (known) {
            byte[] before = known.get(user);
            if (before != null && MessageDigest.isEqual(before, digest)) {
                return true;
            }
        }
        if (!verifier.matches(password)) {
            return false;
        }
        synchronized (known) {
            known.put(user, digest);
        }
        return true;
    }

    /** The text of a new verifier. */
    String newVerifier(String password) {
        byte[] salt = new byte[ScramVerifier.SALT_BYTES];
        random.nextBytes(salt);
        return ScramVerifier.of(password, salt).text();
    }

    String randomPassword() {
        byte[] drawn = new byte[RANDOM_PASSWORD_BYTES];
        random.nextBytes(drawn);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
    }
}
