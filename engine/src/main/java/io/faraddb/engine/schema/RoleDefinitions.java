package io.faraddb.engine.schema;

import io.faraddb.engine.catalog.ScramVerifier;
import io.faraddb.engine.catalog.UserDef;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.parse.ast.Definition;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Users as CREATE and ALTER ROLE describe them. */
final class RoleDefinitions {

    private RoleDefinitions() {}

    /**
     * @param known the user as it is; null for a new one
     */
    static UserDef of(
            String name, List<Definition.Option> options, int oid, @Nullable UserDef known) {
        String verifier = known == null ? "" : known.verifier();
        boolean superuser = known == null || known.superuser();
        for (Definition.Option option : options) {
            String value = option.value();
            switch (option.name().toLowerCase(Locale.ROOT)) {
                case "password", "encrypted password" ->
                        verifier = value == null ? "" : verifier(value);
                case "superuser" -> superuser = true;
                case "login" -> {
                    // Every user of FaradDB may log in.
                }
                default ->
                        throw SqlException.unsupported(
                                        "role option " + option.name().toUpperCase(Locale.ROOT))
                                .at(option.position());
            }
        }
        return new UserDef(oid, name, verifier, superuser);
    }

    private static String verifier(String password) {
        if (ScramVerifier.parse(password) != null) {
            return password;
        }
        byte[] salt = new byte[ScramVerifier.SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return ScramVerifier.of(password, salt).text();
    }
}
