package io.faraddb.examples.voter;

import io.faraddb.api.Procedure;
import io.faraddb.api.SqlStatement;
import io.faraddb.api.Transaction;

/**
 * Takes a vote: checks the contestant, checks the limit of the telephone number, writes the vote
 * and counts it. All of it happens in one partition, one call after the other, so that neither the
 * limit nor the totals can be off by one.
 */
public final class Vote implements Procedure {

    public static final long ACCEPTED = 0;
    public static final long NO_SUCH_CONTESTANT = 1;
    public static final long LIMIT_REACHED = 2;

    /** Votes that one telephone number has. */
    public static final int VOTES_PER_PHONE_MAX = 2;

    private static final SqlStatement CONTESTANT =
            SqlStatement.of("SELECT id FROM contestants WHERE id = $1");

    private static final SqlStatement VOTES_OF_PHONE =
            SqlStatement.of("SELECT count(*) FROM votes WHERE phone = $1");

    private static final SqlStatement INSERT =
            SqlStatement.of("INSERT INTO votes VALUES ($1, $2, $3, now())");

    // The partition's own row of the contestant: its key falls where the number does.
    private static final SqlStatement COUNT =
            SqlStatement.of(
                    "INSERT INTO totals VALUES (partition_key($1::bigint), $2, 1)"
                            + " ON CONFLICT (partition_key, contestant)"
                            + " DO UPDATE SET votes = totals.votes + 1");

    public long run(Transaction transaction, long phone, int contestant) {
        if (transaction.query(CONTESTANT, contestant).isEmpty()) {
            return NO_SUCH_CONTESTANT;
        }
        long votes = transaction.query(VOTES_OF_PHONE, phone).single().longAt(0);
        if (votes >= VOTES_PER_PHONE_MAX) {
            return LIMIT_REACHED;
        }
        transaction.update(INSERT, phone, votes + 1, contestant);
        transaction.update(COUNT, phone, contestant);
        return ACCEPTED;
    }
}
