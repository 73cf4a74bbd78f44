package io.faraddb.bench.load.voter;

import io.faraddb.bench.load.Calls;
import io.faraddb.bench.wire.FirstValue;
import io.faraddb.bench.wire.PgConnection;
import java.util.random.RandomGenerator;

/**
 * Votes as VoltDB's voter example distributes them: an area code of 305, a number within it, half
 * of the votes for the area's favourite and half for anybody, one in a hundred for nobody there is.
 */
final class VoterCalls implements Calls {

    static final int AREAS = 305;

    /** Of a contestant that does not exist. */
    static final int NOBODY = 999;

    private static final int FIRST_AREA_CODE = 201;
    private static final long NUMBERS_PER_AREA_CODE = 10_000_000;
    private static final int CALLS_PER_BAD_ONE = 100;

    private final RandomGenerator random;
    private final int numbersPerArea;
    private final int contestants;

    /**
     * @param numbersPerArea telephone numbers that vote; few make the limit be met often
     */
    VoterCalls(RandomGenerator random, int numbersPerArea, int contestants) {
        this.random = random;
        this.numbersPerArea = numbersPerArea;
        this.contestants = contestants;
    }

    @Override
    public long send(PgConnection connection) {
        int area = random.nextInt(AREAS);
        long phone =
                (FIRST_AREA_CODE + area) * NUMBERS_PER_AREA_CODE + random.nextInt(numbersPerArea);
        connection.call(0);
        connection.longValue(phone);
        connection.intValue(contestant(area));
        connection.endCall();
        return 0;
    }

    private int contestant(int area) {
        if (random.nextInt(CALLS_PER_BAD_ONE) == 0) {
            return NOBODY;
        }
        // An area's favourite is any of them, but always the same one.
        return random.nextBoolean() ? area * 7 % contestants + 1 : random.nextInt(contestants) + 1;
    }

    /** The procedure's answers are numbered as the outcomes are; what is none of them is wrong. */
    @Override
    public int row(long call, FirstValue value) {
        long answer = value.asLong();
        return answer >= 0 && answer < VoterLoad.UNEXPECTED ? (int) answer : VoterLoad.UNEXPECTED;
    }

    @Override
    public int completed(long call, long rows) {
        return VoterLoad.UNEXPECTED;
    }
}
