package io.faraddb.engine.replication;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.util.regex.Pattern;

/**
 * A member of a replica group, as the others see it.
 *
 * @param name of the node, the same for as long as its files live: lower-case letters, digits and
 *     dashes
 * @param host where the others reach it
 */
public record RatisMember(String name, String host, int port) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final int PORT_MAX = 0xFFFF;

    public RatisMember {
        require(
                NAME.matcher(name).matches(),
                "A node's name has 1 to 63 lower-case letters, digits and dashes");
        require(!host.isEmpty(), "A member of a replica group needs a host");
        require(port > 0 && port <= PORT_MAX, "A port is a number from 1 to 65535");
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new SqlException(ErrorCode.INVALID_PARAMETER_VALUE, sentence);
        }
    }
}
