package io.faraddb.bench.load.kv;

import io.faraddb.bench.load.Calls;
import io.faraddb.bench.load.LoadResult;
import io.faraddb.bench.load.Workload;
import io.faraddb.bench.wire.PgConnection;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Reads and writes rows by key, in a table {@code bench_kv} of its own. Each write counts in its
 * row, so that the counts must have grown by what was acknowledged.
 */
public final class KvLoad implements Workload {

    public static final long KEYS_MAX = 1_000_000_000;

    /** A value begins with its key. */
    public static final int VALUE_BYTES_MIN = Long.BYTES;

    public static final int VALUE_BYTES_MAX = 1 << 20;

    static final int GOT = 0;
    static final int PUT = 1;
    static final int WRONG = 2;

    private static final List<Outcome> OUTCOMES =
            List.of(
                    new Outcome("got", false),
                    new Outcome("put", false),
                    new Outcome("wrong row or none", true));

    /** Bytes of values that one statement of the setup makes. */
    private static final long STEP_BYTES = 4 << 20;

    private static final long STEP_ROWS_MAX = 10_000;

    private final long keys;
    private final double readShare;
    private final int valueBytes;
    private BigDecimal putsBefore = BigDecimal.ZERO;

    /**
     * @param readShare from 0 to 1
     */
    public KvLoad(long keys, double readShare, int valueBytes) {
        this.keys = keys;
        this.readShare = readShare;
        this.valueBytes = valueBytes;
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS bench_kv (k bigint PRIMARY KEY,"
                            + " version bigint NOT NULL, v bytea NOT NULL)");
        }
        long step = Math.clamp(STEP_BYTES / valueBytes, 1, STEP_ROWS_MAX);
        for (long from = 0; from < keys; from += step) {
            fill(connection, from, Math.min(from + step, keys));
        }
        putsBefore = puts(connection);
    }

    /** Makes the rows of keys that are not there. */
    private void fill(Connection connection, long from, long to) throws SQLException {
        String range = "k >= " + from + " AND k < " + to;
        BigDecimal there = number(connection, "SELECT count(*) FROM bench_kv WHERE " + range);
        if (there.longValueExact() == to - from) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO bench_kv SELECT k, 0, decode(lpad(to_hex(k), 16, '0') ||"
                            + " repeat('00', %d), 'hex') FROM generate_series(%d::bigint, %d) k"
                                    .formatted(valueBytes - VALUE_BYTES_MIN, from, to - 1)
                            + " ON CONFLICT (k) DO NOTHING");
        }
    }

    @Override
    public List<PgConnection.Statement> statements() {
        return List.of(
                new PgConnection.Statement(
                        "SELECT v FROM bench_kv WHERE k = $1", List.of(PgConnection.Type.LONG)),
                new PgConnection.Statement(
                        "UPDATE bench_kv SET v = $2, version = version + 1 WHERE k = $1",
                        List.of(PgConnection.Type.LONG, PgConnection.Type.BYTES)));
    }

    @Override
    public List<Outcome> outcomes() {
        return OUTCOMES;
    }

    @Override
    public Calls calls(RandomGenerator random) {
        return new KvCalls(random, keys, readShare, valueBytes);
    }

    @Override
    public Verdict check(Connection connection, LoadResult result) throws SQLException {
        long added = puts(connection).subtract(putsBefore).longValueExact();
        long acknowledged = result.outcome(OUTCOMES.get(PUT).name());
        Check puts =
                new Check(
                        added >= acknowledged && added <= acknowledged + result.unknown(),
                        "%,d puts were acknowledged, %,d answers are unknown; the rows count %,d"
                                        .formatted(acknowledged, result.unknown(), added)
                                + " more");
        long rows =
                number(connection, "SELECT count(*) FROM bench_kv WHERE k < " + keys)
                        .longValueExact();
        Check whole = new Check(rows == keys, "%,d of %,d keys are there".formatted(rows, keys));
        return new Verdict(List.of(puts, whole), Standings.NONE);
    }

    private static BigDecimal puts(Connection connection) throws SQLException {
        return number(connection, "SELECT coalesce(sum(version), 0) FROM bench_kv");
    }

    private static BigDecimal number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getBigDecimal(1);
        }
    }
}
