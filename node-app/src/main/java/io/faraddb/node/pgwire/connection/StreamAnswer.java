package io.faraddb.node.pgwire.connection;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An answer that may turn the connection's direction and that grows while the engine works: the
 * client's next messages wait for its end.
 */
abstract class StreamAnswer implements Answer {

    final Connection connection;
    private final CompletableFuture<?> work;
    private final Events events;

    StreamAnswer(Connection connection, CompletableFuture<?> work, Events events) {
        this.connection = connection;
        this.work = work;
        this.events = events;
    }

    @Override
    public @Nullable CompletableFuture<?> pending() {
        return work;
    }

    @Override
    public final Progress write(Output out) {
        while (true) {
            // Looked at before the queue: what was added before the end is in it.
            boolean done = work.isDone();
            Events.Event event = events.peek();
            if (event == null) {
                return done ? end(out) : Progress.WAITING;
            }
            Progress progress = write(event, out);
            if (progress != Progress.DONE) {
                return progress;
            }
            events.remove();
        }
    }

    /** Writes an event, from where it stopped. */
    Progress write(Events.Event event, Output out) {
        connection.writeAside(event);
        return Progress.DONE;
    }

    /** The work is done and all events are written. */
    abstract Progress end(Output out);

    /** After a failure before it, nothing is told, but its end is waited for. */
    @Override
    public Progress skip() {
        while (events.peek() != null) {
            events.remove();
        }
        if (!work.isDone()) {
            return Progress.WAITING;
        }
        connection.unblock();
        return Progress.DONE;
    }
}
