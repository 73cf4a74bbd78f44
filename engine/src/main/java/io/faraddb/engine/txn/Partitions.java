package io.faraddb.engine.txn;

import io.faraddb.engine.ring.TokenRing;
import io.faraddb.engine.site.SiteThread;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The sites of all partitions, by partition, with the ring that names them. */
public final class Partitions {

    private final TokenRing ring;
    private final List<SiteThread> sites;
    private final RowIds rowIds;

    public Partitions(TokenRing ring, List<SiteThread> sites, RowIds rowIds) {
        this.ring = ring;
        this.sites = List.copyOf(sites);
        this.rowIds = rowIds;
    }

    public TokenRing ring() {
        return ring;
    }

    public SiteThread site(int partition) {
        return sites.get(partition);
    }

    public List<SiteThread> sites() {
        return sites;
    }

    public RowIds rowIds() {
        return rowIds;
    }

    /** Some partition, another one each time. */
    public int any() {
        return ThreadLocalRandom.current().nextInt(sites.size());
    }
}
