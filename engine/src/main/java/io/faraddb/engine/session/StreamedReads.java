package io.faraddb.engine.session;

import io.faraddb.engine.router.Router;
import io.faraddb.engine.router.Work;
import io.faraddb.engine.sql.exec.Execution.Interruption;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.sql.plan.Plan;
import java.util.function.Function;

/**
 * Reads over several partitions, or of no table, that are transactions of their own. They read a
 * consistent cut that nobody changes, so their rows need not be held: they are computed as the
 * client takes them.
 */
final class StreamedReads {

    private final Database database;
    private final Function<Throwable, RuntimeException> failures;

    /**
     * @param failures what a failure in the middle is told as
     */
    StreamedReads(Database database, Function<Throwable, RuntimeException> failures) {
        this.database = database;
        this.failures = failures;
    }

    /** Whether work that is a transaction of its own is read so. */
    boolean suits(Work.StatementWork work) {
        return work.plan() instanceof Plan.Query
                && database.router().target(work) == Router.NO_SITE;
    }

    /** Opens a read and computes the first rows. Waits for sites. */
    Result open(PreparedStatement statement, Work.StatementWork work, Interruption interruption) {
        return database.transactions()
                .run(transaction -> {
                    Rows rows = database.router().open(transaction, work, interruption);
                    RowStream stream = new RowStream(rows, database.workers(), failures);
                    RowStream.Part first = stream.read();
                    return new Result(
                            "SELECT " + first.rows().size(),
                            statement.fields(),
                            first.rows(),
                            first.last() ? null : stream,
                            null);
                });
    }
}
