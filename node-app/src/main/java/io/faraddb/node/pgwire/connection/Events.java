package io.faraddb.node.pgwire.connection;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.CopyOptions;
import io.faraddb.engine.session.Result;
import io.faraddb.engine.session.Session;
import io.faraddb.node.pgwire.copy.CopyInput;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What comes from the engine's threads while something runs, on its way to the event loop. */
final class Events implements Session.ResultListener {

    /** Something to write when its turn comes. */
    sealed interface Event {}

    record Notice(String severity, SqlException notice) implements Event {}

    record SettingChanged(Session.Setting setting) implements Event {}

    record StatementDone(Result result) implements Event {}

    record EmptyStatement() implements Event {}

    record CopyInBegins(CopyInput input, CopyOptions options, int columns) implements Event {}

    private final Queue<Event> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger notices = new AtomicInteger();
    private final Semaphore resultsAllowed = new Semaphore(PgServerConfig.QUERY_RESULTS_MAX);
    private final Runnable wake;
    private volatile boolean closed;

    /**
     * @param wake tells the connection that there is something
     */
    Events(Runnable wake) {
        this.wake = wake;
    }

    /** On any thread. Notices beyond the limit are dropped. */
    void add(Event event) {
        if (event instanceof Notice && notices.getAndIncrement() >= PgServerConfig.NOTICES_MAX) {
            notices.decrementAndGet();
            return;
        }
        queue.add(event);
        wake.run();
    }

    /** On the session's virtual thread: waits while the client is behind. */
    @Override
    public void result(Result result) {
        addResult(new StatementDone(result));
    }

    @Override
    public void empty() {
        addResult(new EmptyStatement());
    }

    private void addResult(Event event) {
        try {
            resultsAllowed.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SqlException(ErrorCode.QUERY_CANCELED, "canceling statement");
        }
        if (closed) {
            throw new SqlException(ErrorCode.CONNECTION_FAILURE, "the client is gone");
        }
        add(event);
    }

    @Nullable Event peek() {
        return queue.peek();
    }

    /** Takes the first, which was written. */
    void remove() {
        Event event = queue.poll();
        if (event instanceof Notice) {
            notices.decrementAndGet();
        } else if (event instanceof StatementDone || event instanceof EmptyStatement) {
            resultsAllowed.release();
        }
    }

    /** Nobody takes anything any more: who waits is woken and told. */
    void close() {
        closed = true;
        resultsAllowed.release(PgServerConfig.QUERY_RESULTS_MAX);
    }
}
