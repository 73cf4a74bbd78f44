package io.faraddb.bench.load;

import io.faraddb.bench.wire.AnswerListener;
import io.faraddb.bench.wire.FirstValue;
import io.faraddb.bench.wire.PgConnection;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A connection and its calls in flight: a ring, since answers come in order. */
final class LoadClient implements AnswerListener {

    private static final String CONNECTION_FAILURE = "08006";
    private static final String UNKNOWN_OUTCOME = "08007";
    private static final int NONE = -1;

    private final PgConnection connection;
    private final Calls calls;
    private final LoopTally tally;
    private final LongSupplier clock;
    private final long[] due;
    private final long[] call;
    private int oldest;
    private int inFlight;
    private int outcome = NONE;
    private boolean failed;
    private long readNanos;
    private boolean lost;
    private @Nullable SelectionKey key;

    LoadClient(
            PgConnection connection,
            Calls calls,
            LoopTally tally,
            LongSupplier clock,
            int inFlightMax) {
        this.connection = connection;
        this.calls = calls;
        this.tally = tally;
        this.clock = clock;
        this.due = new long[inFlightMax];
        this.call = new long[inFlightMax];
    }

    void register(Selector selector) throws IOException {
        key = connection.register(selector, this);
    }

    boolean hasRoom() {
        return !lost && inFlight < due.length;
    }

    boolean isIdle() {
        return inFlight == 0;
    }

    boolean isLost() {
        return lost;
    }

    /** Writes the next call, to be flushed. */
    void send(long dueNanos) {
        int place = (oldest + inFlight) % due.length;
        due[place] = dueNanos;
        call[place] = calls.send(connection);
        inFlight++;
    }

    void flush() {
        SelectionKey watched = key;
        if (lost || watched == null) {
            return;
        }
        try {
            boolean all = connection.flush();
            int wanted = all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
            if (watched.interestOps() != wanted) {
                watched.interestOps(wanted);
            }
        } catch (IOException e) {
            lose(String.valueOf(e.getMessage()));
        }
    }

    /** Takes the answers that are there. */
    void read() {
        try {
            readNanos = clock.getAsLong();
            if (connection.read(this) < 0) {
                lose("the server closed the connection");
            }
        } catch (IOException e) {
            lose(String.valueOf(e.getMessage()));
        }
    }

    private void lose(String message) {
        lost = true;
        tally.failed(CONNECTION_FAILURE, message);
        giveUp();
        close();
    }

    /** Nobody knows what became of the calls that were not answered. */
    void giveUp() {
        tally.unknown(inFlight);
        inFlight = 0;
    }

    void close() {
        try {
            connection.close();
        } catch (IOException e) {
            // It is gone either way.
            lost = true;
        }
    }

    @Override
    public void row(FirstValue first) {
        if (inFlight > 0) {
            outcome = calls.row(call[oldest], first);
        }
    }

    @Override
    public void completed(long rows) {
        if (inFlight > 0 && outcome == NONE) {
            outcome = calls.completed(call[oldest], rows);
        }
    }

    @Override
    public void failed(String sqlState, String message) {
        failed = true;
        tally.failed(sqlState, message);
        if (inFlight > 0 && sqlState.equals(UNKNOWN_OUTCOME)) {
            tally.unknown(1);
        }
    }

    @Override
    public void ready() {
        if (inFlight == 0) {
            return;
        }
        if (!failed && outcome != NONE) {
            tally.answered(due[oldest], readNanos, outcome);
        } else if (!failed) {
            tally.failed("XX000", "an answer without a row or a tag");
        }
        outcome = NONE;
        failed = false;
        oldest = (oldest + 1) % due.length;
        inFlight--;
    }
}
