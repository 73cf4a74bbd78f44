package io.faraddb.bench.load;

import java.time.Duration;

/**
 * How a load is made.
 *
 * @param clients connections
 * @param inFlight calls of a connection that wait for their answers, at most
 * @param rate calls a second of all clients together; 0: as fast as answers come
 * @param warmup before anything is measured
 * @param duration what is measured
 * @param threads that drive the clients
 * @param text whether numbers go as text, else binary
 * @param sessionOrder whether calls of a connection may not overlap in different partitions
 * @param seed of all random choices
 */
public record LoadOptions(
        int clients,
        int inFlight,
        double rate,
        Duration warmup,
        Duration duration,
        int threads,
        boolean text,
        boolean sessionOrder,
        long seed) {

    public static final int CLIENTS_MAX = 10_000;
    public static final int IN_FLIGHT_MAX = 10_000;
    public static final double RATE_MAX = 100_000_000;

    public LoadOptions {
        require(clients > 0 && clients <= CLIENTS_MAX, "clients in 1.." + CLIENTS_MAX);
        require(inFlight > 0 && inFlight <= IN_FLIGHT_MAX, "in-flight in 1.." + IN_FLIGHT_MAX);
        require(rate >= 0 && rate <= RATE_MAX, "a rate from 0 to " + RATE_MAX);
        require(!warmup.isNegative(), "a warm-up of no less than nothing");
        require(duration.isPositive(), "a duration of more than nothing");
        require(threads > 0 && threads <= clients, "threads in 1.." + clients + ", the clients");
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException("a load needs " + sentence);
        }
    }
}
