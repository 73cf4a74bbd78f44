package io.faraddb.engine.disk;

import java.util.function.LongFunction;

/** Runs tests that draw what they do from a seed, which a failure names. */
public final class RandomLives {

    private static final int LIVES = 6;

    private RandomLives() {}

    /** One life after the other on what the one before has left. */
    @FunctionalInterface
    public interface Life {
        void live() throws Exception;
    }

    /** The seeds of a range, or the one of {@code -Dfarad.seed} instead. */
    public static void runSeedsOrChosen(long from, long through, LongFunction<Life> lives) {
        Long chosen = Long.getLong("farad.seed");
        if (chosen == null) {
            runSeeds(from, through, lives);
        } else {
            runSeeds(chosen, chosen, lives);
        }
    }

    public static void runSeeds(long from, long through, LongFunction<Life> lives) {
        for (long seed = from; seed <= through; seed++) {
            try {
                Life life = lives.apply(seed);
                for (int i = 0; i < LIVES; i++) {
                    life.live();
                }
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
