package io.faraddb.bench.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Drives some of the clients until all calls that were due are answered, or time is up. */
final class LoadLoop implements Runnable {

    /**
     * A call that is due sooner is waited for by looking, since selectors count in milliseconds.
     */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Between two looks; parking takes about as long again. */
    private static final long PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private static final long SELECT_MILLIS_MAX = 20;

    private final List<LoadClient> clients;
    private final Schedule schedule;
    private final LoopTally tally;
    private final LongSupplier clock;
    private final @Nullable Pacer pacer;
    private int nextClient;
    private long unsent;
    private @Nullable Throwable failure;
    private volatile boolean stopped;

    /**
     * @param rate of these clients together; 0: as fast as answers come
     */
    LoadLoop(
            List<LoadClient> clients,
            Schedule schedule,
            double rate,
            LoopTally tally,
            LongSupplier clock) {
        this.clients = clients;
        this.schedule = schedule;
        this.tally = tally;
        this.clock = clock;
        this.pacer = rate > 0 ? new Pacer(schedule.begin(), rate) : null;
    }

    LoopTally tally() {
        return tally;
    }

    long unsent() {
        return unsent;
    }

    /** What ended it before its time, if anything did. */
    @Nullable Throwable failure() {
        return failure;
    }

    /** On another thread: ends it soon, whatever is in flight. */
    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        try (Selector selector = Selector.open()) {
            for (LoadClient client : clients) {
                client.register(selector);
            }
            drive(selector);
        } catch (Throwable e) {
            failure = e;
        } finally {
            clients.forEach(LoadClient::giveUp);
            clients.forEach(LoadClient::close);
        }
    }

    private void drive(Selector selector) throws IOException {
        while (!stopped) {
            long now = clock.getAsLong();
            boolean ended = now - schedule.measureEnd() >= 0;
            boolean sentAll = pacer == null ? sendAsFast(now, ended) : sendDue(pacer, now);
            boolean idle = true;
            boolean allLost = true;
            for (LoadClient client : clients) {
                client.flush();
                idle &= client.isIdle();
                allLost &= client.isLost();
            }
            if (ended && idle && sentAll || now - schedule.giveUp() >= 0 || allLost) {
                unsent = pacer == null ? 0 : pacer.late(schedule.measureEnd());
                return;
            }
            await(selector, sentAll && !ended);
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.attachment() instanceof LoadClient client && key.isValid()) {
                    client.read();
                }
            }
            selector.selectedKeys().clear();
        }
    }

    /** Fills all room there is; nothing once the time has ended. */
    private boolean sendAsFast(long now, boolean ended) {
        for (LoadClient client : clients) {
            while (!ended && client.hasRoom()) {
                client.send(now);
            }
        }
        return true;
    }

    /** Sends what is due by now, in turns; whether there was room for all of it. */
    private boolean sendDue(Pacer due, long now) {
        long until = Math.min(now, schedule.measureEnd() - 1);
        while (due.due() - until <= 0) {
            LoadClient client = nextWithRoom();
            if (client == null) {
                tally.late(due.late(until));
                return false;
            }
            client.send(due.due());
            due.sent();
        }
        tally.late(0);
        return true;
    }

    private @Nullable LoadClient nextWithRoom() {
        for (int i = 0; i < clients.size(); i++) {
            LoadClient client = clients.get(nextClient);
            nextClient = (nextClient + 1) % clients.size();
            if (client.hasRoom()) {
                return client;
            }
        }
        return null;
    }

    /**
     * Waits for answers, or until the next call is due.
     *
     * @param mayBeDue whether a call becomes due while nothing is answered
     */
    private void await(Selector selector, boolean mayBeDue) throws IOException {
        if (pacer == null || !mayBeDue) {
            selector.select(SELECT_MILLIS_MAX);
            return;
        }
        long wait = pacer.due() - clock.getAsLong();
        if (wait > LOOK_NANOS) {
            long millis = TimeUnit.NANOSECONDS.toMillis(wait - LOOK_NANOS / 2);
            selector.select(Math.clamp(millis, 1, SELECT_MILLIS_MAX));
        } else if (selector.selectNow() == 0 && wait > 0) {
            LockSupport.parkNanos(Math.min(wait, PARK_NANOS));
            selector.selectNow();
        }
    }
}
