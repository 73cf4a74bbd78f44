package io.faraddb.engine.disk;

import java.io.IOException;

/** There is no room on the disk, or the quota is used up. */
public final class DiskFullException extends IOException {

    public DiskFullException(String message) {
        super(message);
    }

    public DiskFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
