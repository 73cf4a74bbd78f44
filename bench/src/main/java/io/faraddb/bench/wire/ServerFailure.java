package io.faraddb.bench.wire;

import java.io.IOException;

/** The server refuses what the driver cannot do without. */
public final class ServerFailure extends IOException {

    private final String sqlState;

    public ServerFailure(String sqlState, String message) {
        super(message + " (" + sqlState + ")");
        this.sqlState = sqlState;
    }

    public String sqlState() {
        return sqlState;
    }
}
