package io.faraddb.engine.session;

import io.faraddb.engine.sql.plan.Plan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Plans by catalog version and text; the least recently used go first. For all sessions. */
public final class PlanCache {

    private static final float LOAD_FACTOR = 0.75f;

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final Map<Key, Plan> plans;

    /**
     * @param text with its literals lifted out or with the types of its parameters behind it
     */
    record Key(long catalogVersion, String text) {}

    /**
     * @param plansMax plans kept
     */
    public PlanCache(int plansMax) {
        plans =
                new LinkedHashMap<>(64, LOAD_FACTOR, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<Key, Plan> eldest) {
                        return size() > plansMax;
                    }
                };
    }

    @Nullable Plan find(Key key) {
        Plan plan;
        synchronized (plans) {
            plan = plans.get(key);
        }
        (plan == null ? misses : hits).increment();
        return plan;
    }

    void put(Key key, Plan plan) {
        synchronized (plans) {
            plans.put(key, plan);
        }
    }

    public long hits() {
        return hits.sum();
    }

    public long misses() {
        return misses.sum();
    }

    public int size() {
        synchronized (plans) {
            return plans.size();
        }
    }
}
