package io.faraddb.node.pgwire.connection;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What happened at the PostgreSQL port since the node began. */
public final class PgMetrics {

    /** Why a connection was refused. */
    public enum Rejection {
        TOO_MANY,
        SHUTTING_DOWN,
        NOT_ENCRYPTED
    }

    private final AtomicInteger loggedIn = new AtomicInteger();
    private final AtomicInteger loggingIn = new AtomicInteger();
    private final LongAdder[] rejections = adders(Rejection.values().length);
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder loginsPassed = new LongAdder();
    private final LongAdder loginsFailed = new LongAdder();
    private final LongAdder stalled = new LongAdder();

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    public int loggedIn() {
        return loggedIn.get();
    }

    public int loggingIn() {
        return loggingIn.get();
    }

    public long rejected(Rejection reason) {
        return rejections[reason.ordinal()].sum();
    }

    public long bytesReceived() {
        return received.sum();
    }

    public long bytesSent() {
        return sent.sum();
    }

    public long loginsPassed() {
        return loginsPassed.sum();
    }

    public long loginsFailed() {
        return loginsFailed.sum();
    }

    /** Connections cut off because the client did not read. */
    public long stalled() {
        return stalled.sum();
    }

    /** Takes a place among those logged in, if one is free. */
    public boolean enter(int most) {
        while (true) {
            int count = loggedIn.get();
            if (count >= most) {
                return false;
            }
            if (loggedIn.compareAndSet(count, count + 1)) {
                return true;
            }
        }
    }

    public void leave() {
        loggedIn.decrementAndGet();
    }

    public int loginBegan() {
        return loggingIn.incrementAndGet();
    }

    public void loginEnded() {
        loggingIn.decrementAndGet();
    }

    public void reject(Rejection reason) {
        rejections[reason.ordinal()].increment();
    }

    public void received(int bytes) {
        received.add(bytes);
    }

    void sent(int bytes) {
        sent.add(bytes);
    }

    public void login(boolean passed) {
        (passed ? loginsPassed : loginsFailed).increment();
    }

    void clientStalled() {
        stalled.increment();
    }
}
