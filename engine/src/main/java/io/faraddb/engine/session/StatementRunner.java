package io.faraddb.engine.session;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.procedure.CallableProcedure;
import io.faraddb.engine.router.NoViews;
import io.faraddb.engine.router.Router;
import io.faraddb.engine.router.StalePlanException;
import io.faraddb.engine.router.Work;
import io.faraddb.engine.router.Work.CallWork;
import io.faraddb.engine.router.Work.StatementWork;
import io.faraddb.engine.site.SiteWaker;
import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Execution;
import io.faraddb.engine.sql.exec.Execution.Interruption;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.parse.ParsedStatement;
import io.faraddb.engine.sql.parse.SqlParser;
import io.faraddb.engine.sql.parse.ast.Statement;
import io.faraddb.engine.sql.plan.Plan;
import io.faraddb.engine.stats.RunningTransaction;
import io.faraddb.engine.stats.TransactionStats;
import io.faraddb.engine.stats.TransactionStats.Kind;
import io.faraddb.engine.stats.TransactionStats.Outcome;
import io.faraddb.engine.stats.TransactionStats.Retry;
import io.faraddb.engine.txn.OptimisticTransaction;
import io.faraddb.engine.type.TypeKind;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a session's statements that do not go straight to one site: in the session's transaction
 * block, over several partitions, and commands. One thread at a time; may wait.
 */
final class StatementRunner {

    private static final Logger LOG = LoggerFactory.getLogger(StatementRunner.class);

    /** Times a statement is planned again because the catalog changed under it. */
    private static final int PLANNINGS_MAX = 10;

    private final Database database;
    private final StatementPreparer preparer;
    private final Settings settings;
    private final String user;
    private final int backendId;
    private final Cancellation cancellation;
    private final StreamedReads streamedReads;
    private final Commands commands;
    private volatile @Nullable Block block;
    private volatile boolean blockFailed;

    StatementRunner(
            Database database,
            StatementPreparer preparer,
            Settings settings,
            String user,
            int backendId,
            SessionListener listener) {
        this.database = database;
        this.preparer = preparer;
        this.settings = settings;
        this.user = user;
        this.backendId = backendId;
        this.cancellation = new Cancellation(database.time());
        this.streamedReads = new StreamedReads(database, this::failure);
        this.commands = new Commands(database, preparer, settings, listener, this);
    }

    Cancellation cancellation() {
        return cancellation;
    }

    @Nullable Block block() {
        return block;
    }

    boolean inImplicitBlock() {
        Block current = block;
        return current != null && !current.explicit();
    }

    TransactionStatus status() {
        Block current = block;
        if (current == null || !current.explicit()) {
            return TransactionStatus.IDLE;
        }
        return blockFailed ? TransactionStatus.FAILED : TransactionStatus.IN_BLOCK;
    }

    /** A context for functions; in a block now() is the block's beginning. */
    StatementContext context(Catalog catalog) {
        long now = database.time().epochMicros();
        Block current = block;
        long began = current == null ? now : current.beganMicros();
        return new StatementContext(
                catalog, began, now, database.time(), settings, user, backendId, database.memory());
    }

    /** A statement of the simple protocol has no values for its $1. */
    private static void checkGiven(int given, int wanted) {
        if (given < wanted) {
            throw new SqlException(
                    ErrorCode.UNDEFINED_PARAMETER, "there is no parameter $" + (given + 1));
        }
    }

    /** A planned statement or call with its arguments; null for anything else. */
    @Nullable Work work(PreparedStatement statement, @Nullable Object[] parameters) {
        Catalog catalog = database.catalogs().current();
        return switch (statement) {
            case PreparedStatement.Planned planned -> {
                if (planned.catalogVersion() != catalog.version()) {
                    throw StalePlanException.INSTANCE;
                }
                checkWritable(planned.plan().readOnly(), planned.plan().verb());
                @Nullable Object[] lifted = planned.lifted();
                if (lifted == null) {
                    checkGiven(parameters.length, planned.plan().parameters().size());
                }
                yield new StatementWork(
                        planned.plan(),
                        lifted == null ? parameters : lifted,
                        context(catalog),
                        catalog.version());
            }
            case PreparedStatement.Call call -> {
                if (call.catalogVersion() != catalog.version()) {
                    throw StalePlanException.INSTANCE;
                }
                checkWritable(call.procedure().readOnly(), "CALL");
                yield callWork(call, parameters, catalog);
            }
            default -> null;
        };
    }

    private void checkWritable(boolean readOnly, String verb) {
        Block current = block;
        boolean readOnlyTransaction =
                current == null ? settings.readOnlyByDefault() : current.readOnly();
        if (!readOnly && readOnlyTransaction) {
            throw new SqlException(
                    ErrorCode.READ_ONLY_SQL_TRANSACTION,
                    "cannot execute " + verb + " in a read-only transaction");
        }
    }

    private Work callWork(
            PreparedStatement.Call call, @Nullable Object[] parameters, Catalog catalog) {
        checkGiven(parameters.length, call.parameters().size());
        StatementContext context = context(catalog);
        Frame frame = Frame.of(new Execution(context, parameters, NoViews.INSTANCE, cancellation));
        List<Evaluator> expressions = call.arguments();
        @Nullable Object[] arguments = new @Nullable Object[expressions.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = expressions.get(i).value(frame);
        }
        return new CallWork(
                call.procedure(),
                partitionedBy(call.procedure()),
                arguments,
                context,
                catalog.version());
    }

    private static @Nullable TypeKind partitionedBy(CallableProcedure procedure) {
        var partition = procedure.definition().partition();
        return partition == null ? null : procedure.parameters().get(partition.parameter()).kind();
    }

    /** An answer to a statement. */
    static Result result(PreparedStatement statement, Plan.Outcome outcome) {
        return statement instanceof PreparedStatement.Call
                ? new Result("CALL", statement.fields(), outcome.rows())
                : new Result(outcome.tag(), statement.fields(), outcome.rows());
    }

    /**
     * Runs a statement of the extended protocol.
     *
     * @param alone whether it is a transaction of its own, outside of a block
     */
    Result execute(PreparedStatement statement, @Nullable Object[] parameters, boolean alone) {
        beginStatement(statement);
        if (block == null && !alone && joinsImplicitBlock(statement)) {
            openBlock(false, settings.readOnlyByDefault());
        }
        return run(statement, parameters);
    }

    private static boolean joinsImplicitBlock(PreparedStatement statement) {
        return !(statement instanceof PreparedStatement.Command)
                && !(statement instanceof PreparedStatement.Nothing);
    }

    private void beginStatement(PreparedStatement statement) {
        cancellation.begin(settings.statementTimeoutMillis());
        boolean ends =
                statement instanceof PreparedStatement.Command command
                        && Commands.endsBlock(command.statement());
        requireSoundBlock(ends);
    }

    /**
     * Prepares a statement. One that a failed block refuses is refused before anything else is
     * found wrong with it, unless it cannot be read.
     */
    PreparedStatement prepare(String sql, int[] oids) {
        ParsedStatement parsed = blockFailed ? SqlParser.parseStatement(sql) : null;
        if (parsed != null) {
            requireSoundBlock(Commands.endsBlock(parsed.statement()));
        }
        try {
            return preparer.prepare(sql, oids);
        } catch (RuntimeException failure) {
            fail(SessionStats.outcome(failure));
            throw failure;
        }
    }

    private void requireSoundBlock(boolean ends) {
        if (blockFailed && !ends) {
            throw new SqlException(
                    ErrorCode.IN_FAILED_SQL_TRANSACTION,
                    "current transaction is aborted, commands ignored until end of transaction"
                            + " block");
        }
    }

    private Result run(PreparedStatement statement, @Nullable Object[] parameters) {
        try {
            return switch (statement) {
                case PreparedStatement.Nothing nothing -> Result.command("");
                case PreparedStatement.Command command -> commands.run(command);
                default -> runWork(statement, parameters);
            };
        } catch (RuntimeException failure) {
            fail(SessionStats.outcome(failure));
            throw failure;
        }
    }

    /** Runs a planned statement without parameters within another one. */
    Result run(PreparedStatement statement) {
        return runWork(statement, new Object[0]);
    }

    /** Which partitions a statement would touch. */
    String partitionsInWords(PreparedStatement.Planned planned) {
        Work work = Invariant.notNull(work(planned, new Object[0]), "it is planned");
        if (!planned.plan().routing().tables()) {
            return "none";
        }
        Set<Integer> touched = work.partitions(database.router().ring());
        return touched.isEmpty()
                ? "any one"
                : touched.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private Result runWork(PreparedStatement given, @Nullable Object[] parameters) {
        PreparedStatement statement = given;
        for (int i = 0; i < PLANNINGS_MAX; i++) {
            try {
                Work work = Invariant.notNull(work(statement, parameters), "it is planned");
                if (block == null
                        && work instanceof StatementWork read
                        && streamedReads.suits(read)) {
                    return openRead(statement, read);
                }
                return result(statement, runWork(work));
            } catch (StalePlanException stale) {
                Block current = block;
                if (current != null
                        && current.transaction().catalog().version()
                                != database.catalogs().current().version()) {
                    throw OptimisticTransaction.schemaChanged();
                }
                statement = again(statement);
            }
        }
        throw new SqlException(
                ErrorCode.SERIALIZATION_FAILURE, "the schema changes too often to plan");
    }

    private Result openRead(PreparedStatement statement, StatementWork work) {
        Interruption interruption = cancellation.ofStream(settings);
        Kind kind = work.tables() ? Kind.MULTI : Kind.SINGLE;
        return counted(kind, true, () -> streamedReads.open(statement, work, interruption));
    }

    private PreparedStatement again(PreparedStatement statement) {
        PreparedStatement next =
                switch (statement) {
                    case PreparedStatement.Planned planned ->
                            preparer.prepare(planned.sql(), planned.parameterOids());
                    case PreparedStatement.Call call ->
                            preparer.prepare(call.sql(), call.parameterOids());
                    default -> statement;
                };
        if (!Objects.equals(next.fields(), statement.fields())) {
            throw new SqlException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "cached plan must not change result type");
        }
        return next;
    }

    private Plan.Outcome runWork(Work work) {
        Router router = database.router();
        Block current = block;
        if (current != null) {
            return router.runIn(current.transaction(), work, cancellation);
        }
        int partition = router.target(work);
        boolean several = partition == Router.NO_SITE;
        return counted(
                several ? Kind.MULTI : Kind.SINGLE,
                work.readOnly(),
                () ->
                        several
                                ? router.runOverSeveral(work, cancellation)
                                : runOnSite(work, partition));
    }

    private Plan.Outcome runOnSite(Work work, int partition) {
        Plan.Outcome here = database.router().readHere(work, partition);
        if (here != null) {
            return here;
        }
        CompletableFuture<Plan.Outcome> result = new CompletableFuture<>();
        database.router()
                .submit(
                        work,
                        partition,
                        null,
                        cancellation,
                        SiteWaker.AT_ONCE,
                        (outcome, failure) -> {
                            if (failure != null) {
                                result.completeExceptionally(failure);
                            } else {
                                result.complete(outcome);
                            }
                        });
        try {
            return result.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failure;
        }
    }

    /** Runs a transaction of its own and counts it. */
    <T> T counted(Kind kind, boolean readOnly, Supplier<T> body) {
        TransactionStats stats = database.transactions().stats();
        RunningTransaction running = new RunningTransaction(stats, kind);
        try {
            T result = body.get();
            running.end(readOnly, Outcome.COMMITTED);
            return result;
        } catch (StalePlanException stale) {
            running.withdraw();
            stats.retried(Retry.STALE_PLAN);
            throw stale;
        } catch (RuntimeException failure) {
            running.end(readOnly, SessionStats.outcome(failure));
            throw failure;
        }
    }

    /** Runs the statements of a simple query; the status when all are done. */
    TransactionStatus script(String sql, Session.ResultListener results) {
        try {
            runScript(sql, results);
        } catch (RuntimeException failure) {
            Block current = block;
            if (current != null) {
                if (current.explicit()) {
                    blockFailed = true;
                } else {
                    closeBlock();
                }
            }
            throw failure;
        }
        return status();
    }

    private void runScript(String sql, Session.ResultListener results) {
        PreparedStatement only = preparer.cached(sql, new int[0]);
        if (only != null) {
            beginStatement(only);
            results.result(run(only, new Object[0]));
            return;
        }
        List<ParsedStatement> statements = SqlParser.parseScript(sql);
        if (statements.isEmpty()) {
            results.empty();
            return;
        }
        if (statements.size() == 1) {
            PreparedStatement statement = prepare(sql, new int[0]);
            beginStatement(statement);
            results.result(run(statement, new Object[0]));
            return;
        }
        for (ParsedStatement parsed : statements) {
            Statement tree = parsed.statement();
            if (Commands.standsAlone(tree)) {
                endImplicit(false);
            } else if (block == null) {
                openBlock(false, settings.readOnlyByDefault());
            }
            requireSoundBlock(Commands.endsBlock(tree));
            PreparedStatement statement = preparer.prepare(parsed, parsed.text(), new int[0]);
            beginStatement(statement);
            results.result(run(statement, new Object[0]));
        }
        endImplicit(false);
    }

    void openBlock(boolean explicit, boolean readOnly) {
        blockFailed = false;
        block =
                new Block(
                        database.transactions().begin(),
                        explicit,
                        readOnly,
                        database.time().epochMicros(),
                        new RunningTransaction(database.transactions().stats(), Kind.INTERACTIVE));
    }

    /** Ends a block that no BEGIN began. */
    TransactionStatus endImplicit(boolean failed) {
        Block current = block;
        if (current != null && !current.explicit()) {
            if (failed || blockFailed) {
                closeBlock();
            } else {
                commit(current);
            }
        }
        return status();
    }

    /** COMMIT; false if the block had failed and was rolled back instead. */
    boolean commit() {
        Block current = Invariant.notNull(block, "a block is open");
        boolean commits = !blockFailed;
        if (commits) {
            commit(current);
        } else {
            closeBlock();
        }
        return commits;
    }

    private void commit(Block current) {
        // The block is over whatever comes of it.
        block = null;
        OptimisticTransaction transaction = current.transaction();
        try {
            database.transactions().commit(transaction);
            current.running().end(!transaction.hasWrites(), Outcome.COMMITTED);
        } catch (RuntimeException failure) {
            current.running().end(!transaction.hasWrites(), SessionStats.outcome(failure));
            throw failure;
        }
    }

    /** An operation was refused outside: an open transaction fails. */
    void fail() {
        fail(Outcome.FAILED);
    }

    private void fail(Outcome outcome) {
        Block current = block;
        if (current != null) {
            blockFailed = true;
            current.running().spoil(outcome);
        }
    }

    /** Drops what the block has done. */
    void closeBlock() {
        Block current = block;
        block = null;
        blockFailed = false;
        if (current != null) {
            current.running().end(!current.transaction().hasWrites(), Outcome.ROLLED_BACK);
        }
    }

    /** Turns a pipeline's block into one of the client's. */
    void makeExplicit(boolean readOnly) {
        Block current = Invariant.notNull(block, "a block is open");
        block =
                new Block(
                        current.transaction(),
                        true,
                        readOnly,
                        current.beganMicros(),
                        current.running());
    }

    /** What the client is told of a failure. */
    SqlException failure(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        database.stats().failed();
        if (cause instanceof SqlException sql) {
            return sql;
        }
        if (cause instanceof StackOverflowError) {
            return new SqlException(
                    ErrorCode.STATEMENT_TOO_COMPLEX, "the statement is nested too deeply");
        }
        LOG.error("A statement failed for a reason of FaradDB's own", cause);
        return new SqlException(ErrorCode.INTERNAL_ERROR, "internal error: " + cause)
                .hint("This is a defect of FaradDB; the node's log has the details.");
    }

    void close() {
        closeBlock();
    }
}
