package io.faraddb.engine.site;

import io.faraddb.engine.storage.StoreSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What any thread may read instead of asking the site: the committed rows, while nobody changes
 * them. The site takes them back before it changes anything, or learns of a prepared transaction,
 * or no longer leads; whoever got them just before has read before that change.
 */
final class SharedState {

    /** Reads without a write in between, until it is worth while. */
    private static final int READS_MIN = 16;

    private volatile @Nullable StoreSnapshot current;
    private int reads;

    /** On any thread; null if the site has to be asked. */
    @Nullable StoreSnapshot current() {
        return current;
    }

    /** The site ran a read. */
    void read() {
        reads++;
    }

    /** Whether sharing pays: a snapshot makes the next writes copy their pages. */
    boolean wanted() {
        return reads >= READS_MIN && current == null;
    }

    void share(StoreSnapshot rows) {
        current = rows;
    }

    /** Something is about to change. */
    void takeBack() {
        reads = 0;
        if (current != null) {
            current = null;
        }
    }
}
