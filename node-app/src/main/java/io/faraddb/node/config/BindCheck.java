package io.faraddb.node.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether the places to listen on are such that may be listened on as configured. */
public final class BindCheck {

    private BindCheck() {}

    /**
     * @throws StartFailure with exit code 78 if it isn't an address, or other machines could come
     *     without encryption and nobody said that they may, or no socket fits into its directory
     */
    public static void check(FaradProperties properties) {
        checkAddress(properties);
        checkSocket(properties.pg().socketDir());
    }

    private static void checkAddress(FaradProperties properties) {
        InetAddress address;
        try {
            address = InetAddress.getByName(properties.bind());
        } catch (UnknownHostException e) {
            throw new StartFailure(
                    StartFailure.BAD_CONFIGURATION,
                    "cannot bind to " + properties.bind() + ": no such address",
                    "Set farad.bind (--bind) to an address of this machine.",
                    e);
        }
        boolean encrypted = properties.tls().bundle() != null;
        if (!address.isLoopbackAddress() && !encrypted && !properties.insecure()) {
            throw new StartFailure(
                    StartFailure.BAD_CONFIGURATION,
                    "other machines could reach " + properties.bind() + " without encryption",
                    "Set farad.tls.bundle to an SSL bundle, or say --insecure.");
        }
    }

    private static void checkSocket(@Nullable String asked) {
        if (asked == null || asked.isEmpty()) {
            return;
        }
        Path directory = Path.of(asked).toAbsolutePath();
        String wrong = null;
        if (!Files.isDirectory(directory)) {
            wrong = "there is no such directory";
        } else if (FaradProperties.Pg.isTooLongForSocket(directory)) {
            wrong = "its path is too long for one";
        }
        if (wrong != null) {
            throw new StartFailure(
                    StartFailure.BAD_CONFIGURATION,
                    "cannot make a socket in " + directory + ": " + wrong,
                    "Set farad.pg.socket-dir (--pg-socket-dir) to another directory.");
        }
    }
}
