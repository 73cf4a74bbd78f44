package io.faraddb.api;

import org.jspecify.annotations.Nullable;

/**
 * Bounds how long a procedure runs. The database writes a call of {@link #check} into each loop of
 * a procedure's classes when it loads them; procedures need not call it.
 */
public final class Budget {

    private static final int LOOPS_PER_CHECK = 256;

    private static final ThreadLocal<@Nullable Budget> CURRENT = new ThreadLocal<>();

    private final Runnable overdue;
    private int loops;

    /**
     * @param overdue throws when the procedure has to stop
     */
    public Budget(Runnable overdue) {
        this.overdue = overdue;
    }

    /** Puts this budget in force on the thread while the procedure runs. */
    public void run(Runnable procedure) {
        Budget outer = CURRENT.get();
        CURRENT.set(this);
        try {
            procedure.run();
        } finally {
            CURRENT.set(outer);
        }
    }

    /** Counts a loop; now and then asks whether time is up. */
    public static void check() {
        Budget budget = CURRENT.get();
        if (budget != null && ++budget.loops % LOOPS_PER_CHECK == 0) {
            budget.overdue.run();
        }
    }
}
