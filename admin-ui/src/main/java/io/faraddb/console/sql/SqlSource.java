package io.faraddb.console.sql;

/** Runs statements. */
public interface SqlSource {

    /**
     * Runs all statements of a text in a session of its own, which ends with them. Waits.
     *
     * @param user whose rights they run with
     */
    SqlAnswer run(String user, SqlRequest request);

    /**
     * Tells how each statement of a text would be run, and runs none.
     *
     * @param user whose rights count
     */
    SqlAnswer explain(String user, SqlRequest request);

    /**
     * Cancels what a user runs under a number.
     *
     * @return whether something ran under it
     */
    boolean cancel(String user, String id);
}
