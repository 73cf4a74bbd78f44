package io.faraddb.node.pgwire;

import io.faraddb.engine.site.SiteThread;
import io.faraddb.engine.site.SiteWaker;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * Wakes sites once for what all clients of an event loop have sent them in one round of reads,
 * instead of once for each statement. The first of these waits for the few others that have been
 * received already.
 */
final class RoundWaker implements SiteWaker {

    /** Statements that wait for the end of a round, at most. */
    private static final int STATEMENTS_MAX = 16;

    private final EventLoop loop;
    private final List<SiteThread> given = new ArrayList<>();
    private int statements;

    RoundWaker(EventLoop loop) {
        this.loop = loop;
    }

    /** May be called from any thread: what goes on elsewhere is not part of a round. */
    @Override
    public void wake(SiteThread site) {
        if (!loop.inEventLoop()) {
            site.wake();
            return;
        }
        if (given.isEmpty()) {
            // Tasks run when all that was received has been read.
            loop.execute(this::endRound);
        }
        if (!given.contains(site)) {
            given.add(site);
        }
        statements++;
        if (statements >= STATEMENTS_MAX) {
            endRound();
        }
    }

    private void endRound() {
        given.forEach(SiteThread::wake);
        given.clear();
        statements = 0;
    }
}
