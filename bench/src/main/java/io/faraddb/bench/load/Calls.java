package io.faraddb.bench.load;

import io.faraddb.bench.wire.FirstValue;
import io.faraddb.bench.wire.PgConnection;

/** One client's calls, drawn one after the other. Belongs to one thread; makes no objects. */
public interface Calls {

    /**
     * Writes the next call, from {@link PgConnection#call} to {@link PgConnection#endCall}.
     *
     * @return what the answer will be judged by
     */
    long send(PgConnection connection);

    /**
     * Judges an answer by its row.
     *
     * @param call what {@link #send} returned
     * @return its place in {@link Workload#outcomes}
     */
    int row(long call, FirstValue value);

    /**
     * Judges an answer without a row.
     *
     * @param rows that the statement says it has touched
     */
    int completed(long call, long rows);
}
