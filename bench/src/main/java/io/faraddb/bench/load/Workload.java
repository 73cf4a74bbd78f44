package io.faraddb.bench.load;

import io.faraddb.bench.wire.PgConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a load consists of, and how to tell whether the database took it right. */
public interface Workload {

    /** Makes what is missing, and remembers what is there before the load. */
    void prepare(Connection connection) throws Exception;

    /** Prepared by each client. */
    List<PgConnection.Statement> statements();

    /** What an answer can mean. */
    List<Outcome> outcomes();

    /**
     * @param wrong whether an answer like this should never come
     */
    record Outcome(String name, boolean wrong) {}

    Calls calls(RandomGenerator random);

    /** Holds what the database has now against what was answered. */
    Verdict check(Connection connection, LoadResult result) throws SQLException;

    /**
     * @param standings of the database now, for people
     */
    record Verdict(List<Check> checks, Standings standings) {
        public Verdict {
            checks = List.copyOf(checks);
        }

        public boolean holds() {
            return checks.stream().allMatch(Check::holds);
        }
    }

    /**
     * @param sentence with the numbers that were compared
     */
    record Check(boolean holds, String sentence) {}

    record Standings(List<String> columns, List<List<String>> rows) {
        public static final Standings NONE = new Standings(List.of(), List.of());
    }
}
