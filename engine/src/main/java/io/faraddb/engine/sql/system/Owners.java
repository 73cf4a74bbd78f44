package io.faraddb.engine.sql.system;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.UserDef;

/** Who owns what: everything belongs to the first user that may do everything. */
final class Owners {

    /** PostgreSQL's number of the user that made the database. */
    static final long BOOTSTRAP = 10;

    /** Its name while there is no user yet. */
    static final String BOOTSTRAP_NAME = "farad";

    private Owners() {}

    static long oid(Catalog catalog) {
        long first = Long.MAX_VALUE;
        for (UserDef user : catalog.users()) {
            if (user.superuser()) {
                first = Math.min(first, user.oid());
            }
        }
        return first == Long.MAX_VALUE ? BOOTSTRAP : first;
    }

    /** A user's name by number; PostgreSQL's words for one that is not there. */
    static String name(long oid, Catalog catalog) {
        for (UserDef user : catalog.users()) {
            if (user.oid() == oid) {
                return user.name();
            }
        }
        return oid == BOOTSTRAP ? BOOTSTRAP_NAME : "unknown (OID=" + oid + ")";
    }
}
