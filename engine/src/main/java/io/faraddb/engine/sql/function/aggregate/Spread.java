package io.faraddb.engine.sql.function.aggregate;

/** How far values lie apart, of a whole population or as a sample lets one guess. */
enum Spread {
    VARIANCE_OF_POPULATION,
    VARIANCE_OF_SAMPLE,
    DEVIATION_OF_POPULATION,
    DEVIATION_OF_SAMPLE;

    boolean isDeviation() {
        return this == DEVIATION_OF_POPULATION || this == DEVIATION_OF_SAMPLE;
    }

    private boolean isOfSample() {
        return this == VARIANCE_OF_SAMPLE || this == DEVIATION_OF_SAMPLE;
    }

    /** Rows without which there is no answer. */
    long rowsMin() {
        return isOfSample() ? 2 : 1;
    }

    /** What the sum of the squares of distances is divided by. */
    long divisor(long rows) {
        return isOfSample() ? rows - 1 : rows;
    }
}
