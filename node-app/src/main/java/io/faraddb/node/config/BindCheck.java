package io.faraddb.node.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Whether the address to listen on is one that may be listened on as configured. */
public final class BindCheck {

    private BindCheck() {}

    /**
     * @throws StartFailure with exit code 78 if it isn't an address, or other machines could come
     *     without encryption and nobody said that they may
     */
    public static void check(FaradProperties properties) {
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
}
