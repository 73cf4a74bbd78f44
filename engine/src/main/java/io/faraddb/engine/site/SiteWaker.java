package io.faraddb.engine.site;

/**
 * Wakes sites that were given transactions: at once, or a little later once for several. Waking a
 * thread costs more than most transactions.
 */
@FunctionalInterface
public interface SiteWaker {

    SiteWaker AT_ONCE = SiteThread::wake;

    /**
     * A site has something to do, and may be asleep.
     *
     * @param site to call {@link SiteThread#wake} on, soon
     */
    void wake(SiteThread site);
}
