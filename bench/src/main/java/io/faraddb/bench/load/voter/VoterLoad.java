package io.faraddb.bench.load.voter;

import io.faraddb.bench.load.Calls;
import io.faraddb.bench.load.LoadResult;
import io.faraddb.bench.load.Workload;
import io.faraddb.bench.wire.PgConnection;
import io.faraddb.examples.voter.Vote;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Calls the procedure of the voter example and checks that no vote is lost or made up. */
public final class VoterLoad implements Workload {

    public static final int NUMBERS_PER_AREA_MAX = 10_000_000;

    /** Place of the outcome that must not be; those before it are the procedure's answers. */
    static final int UNEXPECTED = 3;

    private static final String ACCEPTED = "accepted";

    private final VoterSetup setup;
    private final int numbersPerArea;
    private long votesBefore;
    private int contestants;

    /**
     * @param archives loads jars into the cluster
     * @param numbersPerArea telephone numbers within each area code
     */
    public VoterLoad(VoterSetup.Archives archives, int numbersPerArea) {
        this.setup = new VoterSetup(archives);
        this.numbersPerArea = numbersPerArea;
    }

    @Override
    public void prepare(Connection connection) throws SQLException, IOException {
        setup.run(connection);
        contestants = (int) number(connection, "SELECT count(*) FROM contestants");
        votesBefore = number(connection, "SELECT count(*) FROM votes");
    }

    @Override
    public List<PgConnection.Statement> statements() {
        return List.of(
                new PgConnection.Statement(
                        "CALL vote($1, $2)",
                        List.of(PgConnection.Type.LONG, PgConnection.Type.INT)));
    }

    @Override
    public List<Outcome> outcomes() {
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.add((int) Vote.ACCEPTED, new Outcome(ACCEPTED, false));
        outcomes.add((int) Vote.NO_SUCH_CONTESTANT, new Outcome("no such contestant", false));
        outcomes.add((int) Vote.LIMIT_REACHED, new Outcome("limit reached", false));
        outcomes.add(UNEXPECTED, new Outcome("unexpected", true));
        return outcomes;
    }

    @Override
    public Calls calls(RandomGenerator random) {
        return new VoterCalls(random, numbersPerArea, contestants);
    }

    @Override
    public Verdict check(Connection connection, LoadResult result) throws SQLException {
        long votes = number(connection, "SELECT count(*) FROM votes");
        long accepted = result.outcome(ACCEPTED);
        long added = votes - votesBefore;
        List<Check> checks = new ArrayList<>();
        checks.add(
                new Check(
                        added >= accepted && added <= accepted + result.unknown(),
                        "%,d votes were acknowledged, %,d answers are unknown; the table has %,d"
                                        .formatted(accepted, result.unknown(), added)
                                + " more"));
        long beyond =
                number(
                        connection,
                        "SELECT count(*) FROM votes WHERE number NOT BETWEEN 1 AND "
                                + Vote.VOTES_PER_PHONE_MAX);
        checks.add(
                new Check(
                        beyond == 0,
                        "%,d votes are beyond the limit of a number".formatted(beyond)));
        List<List<String>> counted =
                rows(
                        connection,
                        "SELECT contestant, count(*) FROM votes GROUP BY contestant ORDER BY 1");
        List<List<String>> totals =
                rows(
                        connection,
                        "SELECT contestant, sum(votes) FROM totals GROUP BY contestant"
                                + " ORDER BY 1");
        checks.add(
                new Check(
                        counted.equals(totals),
                        counted.equals(totals)
                                ? "the totals of all contestants are their votes"
                                : "votes are " + counted + ", totals are " + totals));
        return new Verdict(checks, leaderboard(connection));
    }

    private static Standings leaderboard(Connection connection) throws SQLException {
        return new Standings(
                List.of("contestant", "votes"),
                rows(
                        connection,
                        "SELECT c.name, coalesce(sum(t.votes), 0) FROM contestants c"
                                + " LEFT JOIN totals t ON t.contestant = c.id"
                                + " GROUP BY c.name ORDER BY 2 DESC, 1"));
    }

    private static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(rows(connection, sql).getFirst().getFirst());
    }

    private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row);
            }
            return rows;
        }
    }
}
