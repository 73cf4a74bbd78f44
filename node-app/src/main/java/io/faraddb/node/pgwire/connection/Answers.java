package io.faraddb.node.pgwire.connection;

import io.faraddb.node.pgwire.connection.Answer.Progress;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a connection in the order of the questions. What is ready at once and has nothing
 * before it is written at once. Belongs to the connection's event loop.
 */
final class Answers {

    private final ArrayDeque<Answer> waiting = new ArrayDeque<>();
    private final Output out;
    private final Runnable wake;
    private final Runnable beforeAnswer;
    private @Nullable CompletableFuture<?> watched;
    private boolean skipping;

    /**
     * @param wake called on any thread when something waited for is there
     * @param beforeAnswer writes notices that came up before
     */
    Answers(Output out, Runnable wake, Runnable beforeAnswer) {
        this.out = out;
        this.wake = wake;
        this.beforeAnswer = beforeAnswer;
    }

    int size() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void add(Answer answer) {
        if (!waiting.isEmpty() || !advance(answer)) {
            waiting.add(answer);
        }
    }

    /** Writes all that is ready, in order. */
    void advance() {
        Answer head = waiting.peek();
        while (head != null && advance(head)) {
            waiting.poll();
            head = waiting.peek();
        }
    }

    /** Whether it is over. */
    private boolean advance(Answer answer) {
        if (skipping && !answer.isSync()) {
            Progress skipped = answer.skip();
            if (skipped == Progress.WAITING) {
                watch(answer);
            }
            return skipped == Progress.DONE;
        }
        CompletableFuture<?> pending = answer.pending();
        if (pending == null || pending.isDone()) {
            beforeAnswer.run();
        }
        Progress progress = answer.write(out);
        switch (progress) {
            case DONE -> skipping = false;
            case FAILED -> skipping = true;
            case WAITING -> watch(answer);
            // What the client has to read must be on its way to it.
            case FULL -> out.flush();
        }
        return progress == Progress.DONE || progress == Progress.FAILED;
    }

    /** One callback for the first answer only: what follows is looked at when that is there. */
    private void watch(Answer answer) {
        CompletableFuture<?> pending = answer.pending();
        if (pending != null && pending != watched) {
            watched = pending;
            var unused = pending.whenComplete((value, failure) -> wake.run());
        }
    }
}
