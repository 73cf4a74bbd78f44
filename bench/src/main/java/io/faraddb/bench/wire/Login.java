package io.faraddb.bench.wire;

/** A server and who wants in. */
public record Login(String host, int port, String database, String user, String password) {

    /** Without the password, which belongs in no message. */
    @Override
    public String toString() {
        return user + " at " + host + ":" + port + "/" + database;
    }
}
