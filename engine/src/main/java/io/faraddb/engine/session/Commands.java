package io.faraddb.engine.session;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.schema.SchemaChanges;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.exec.write.TableWriter;
import io.faraddb.engine.sql.parse.ast.CursorStatement;
import io.faraddb.engine.sql.parse.ast.DataChange;
import io.faraddb.engine.sql.parse.ast.Definition;
import io.faraddb.engine.sql.parse.ast.ProcedureStatement;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.sql.parse.ast.SessionStatement;
import io.faraddb.engine.sql.parse.ast.Statement;
import io.faraddb.engine.sql.parse.ast.TransactionStatement;
import io.faraddb.engine.sql.parse.ast.UtilityStatement;
import io.faraddb.engine.sql.plan.Explanation;
import io.faraddb.engine.stats.TransactionStats.Kind;
import io.faraddb.engine.txn.OptimisticTransaction;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Statements that are neither queries nor writes of rows: transactions, settings, schema, tools.
 */
final class Commands {

    private final Database database;
    private final StatementPreparer preparer;
    private final Settings settings;
    private final SessionListener listener;
    private final StatementRunner runner;
    private final CopyCommand copy;

    Commands(
            Database database,
            StatementPreparer preparer,
            Settings settings,
            SessionListener listener,
            StatementRunner runner) {
        this.database = database;
        this.preparer = preparer;
        this.settings = settings;
        this.listener = listener;
        this.runner = runner;
        this.copy = new CopyCommand(database, preparer, listener, runner);
    }

    /** Whether it is taken in a failed block. */
    static boolean endsBlock(Statement statement) {
        return statement instanceof TransactionStatement.Commit
                || statement instanceof TransactionStatement.Rollback;
    }

    /** Whether it ends a block that no BEGIN began, and joins none. */
    static boolean standsAlone(Statement statement) {
        boolean truncate = statement instanceof Definition.Truncate;
        return (statement instanceof Definition && !truncate)
                || statement instanceof ProcedureStatement.CreateProcedure
                || statement instanceof ProcedureStatement.DropProcedure
                || statement instanceof TransactionStatement
                || statement instanceof UtilityStatement.Vacuum
                || statement instanceof SessionStatement;
    }

    Result run(PreparedStatement.Command command) {
        return switch (command.statement()) {
            case TransactionStatement statement -> transaction(statement);
            case SessionStatement statement -> session(statement);
            case Definition.Truncate truncate -> truncate(truncate);
            case Definition definition -> definition(definition);
            case ProcedureStatement procedure -> procedure(procedure);
            case UtilityStatement statement -> utility(statement);
            case CursorStatement cursor ->
                    throw SqlException.unsupported(cursorName(cursor)).at(cursor.position());
            case Statement.Unsupported other ->
                    throw SqlException.unsupported(other.name()).at(other.position());
            case Query query -> throw new IllegalStateException("a query is planned");
            case DataChange change -> throw new IllegalStateException("a write is planned");
        };
    }

    private static String cursorName(CursorStatement cursor) {
        return switch (cursor) {
            case CursorStatement.Declare declare -> "DECLARE CURSOR";
            case CursorStatement.Fetch fetch -> fetch.move() ? "MOVE" : "FETCH";
            case CursorStatement.Close close -> "CLOSE";
            case CursorStatement.Prepare prepare -> "PREPARE";
            case CursorStatement.Execute execute -> "EXECUTE";
            case CursorStatement.Deallocate deallocate -> "DEALLOCATE";
        };
    }

    private void warn(ErrorCode code, String text) {
        listener.notice("WARNING", new SqlException(code, text));
    }

    private Result transaction(TransactionStatement statement) {
        return switch (statement) {
            case TransactionStatement.Begin begin -> begin(begin);
            case TransactionStatement.Commit commit -> commit();
            case TransactionStatement.Rollback rollback -> rollback();
            case TransactionStatement.SetTransaction set -> setTransaction(set);
            case TransactionStatement.Savepoint savepoint ->
                    throw SqlException.unsupported("SAVEPOINT").at(savepoint.position());
            case TransactionStatement.ReleaseSavepoint release ->
                    throw SqlException.unsupported("RELEASE SAVEPOINT").at(release.position());
            case TransactionStatement.RollbackToSavepoint rollback ->
                    throw SqlException.unsupported("ROLLBACK TO SAVEPOINT").at(rollback.position());
        };
    }

    private Result begin(TransactionStatement.Begin begin) {
        Boolean asked = begin.modes().readOnly();
        boolean readOnly = asked != null ? asked : settings.readOnlyByDefault();
        Block block = runner.block();
        if (block != null && block.explicit()) {
            warn(ErrorCode.ACTIVE_SQL_TRANSACTION, "there is already a transaction in progress");
        } else if (block != null) {
            runner.makeExplicit(readOnly);
        } else {
            runner.openBlock(true, readOnly);
        }
        settings.set("transaction_read_only", readOnly ? "on" : "off");
        return Result.command(begin.start() ? "START TRANSACTION" : "BEGIN");
    }

    private Result commit() {
        Block block = runner.block();
        if (block == null) {
            warn(ErrorCode.NO_ACTIVE_SQL_TRANSACTION, "there is no transaction in progress");
            return Result.command("COMMIT");
        }
        return Result.command(runner.commit() ? "COMMIT" : "ROLLBACK");
    }

    private Result rollback() {
        if (runner.block() == null) {
            warn(ErrorCode.NO_ACTIVE_SQL_TRANSACTION, "there is no transaction in progress");
        } else {
            runner.closeBlock();
        }
        return Result.command("ROLLBACK");
    }

    private Result setTransaction(TransactionStatement.SetTransaction set) {
        Boolean readOnly = set.modes().readOnly();
        if (set.forSession()) {
            if (readOnly != null) {
                set("default_transaction_read_only", readOnly ? "on" : "off");
            }
        } else if (runner.block() == null) {
            warn(
                    ErrorCode.NO_ACTIVE_SQL_TRANSACTION,
                    "SET TRANSACTION can only be used in transaction blocks");
        } else if (readOnly != null) {
            runner.makeExplicit(readOnly);
        }
        return Result.command("SET");
    }

    private void set(String name, String value) {
        Session.Setting reported = settings.set(name, value);
        if (reported != null) {
            listener.settingChanged(reported);
        }
    }

    private Result session(SessionStatement statement) {
        return switch (statement) {
            case SessionStatement.SetVariable variable -> setVariable(variable);
            case SessionStatement.ResetVariable reset -> reset(reset.name());
            case SessionStatement.ShowVariable show -> show(show.name());
            case SessionStatement.Discard discard -> {
                if (discard.target() == SessionStatement.DiscardTarget.ALL) {
                    reset(null);
                }
                yield Result.command("DISCARD " + discard.target());
            }
            case SessionStatement.SetConstraints constraints -> Result.command("SET CONSTRAINTS");
            case SessionStatement.Unlisten unlisten -> Result.command("UNLISTEN");
            case SessionStatement.Listen listen ->
                    throw SqlException.unsupported("LISTEN").at(listen.position());
            case SessionStatement.Notify notify ->
                    throw SqlException.unsupported("NOTIFY").at(notify.position());
        };
    }

    private Result setVariable(SessionStatement.SetVariable variable) {
        if (variable.local() && runner.block() == null) {
            warn(
                    ErrorCode.NO_ACTIVE_SQL_TRANSACTION,
                    "SET LOCAL can only be used in transaction blocks");
            return Result.command("SET");
        }
        if (variable.local()) {
            throw SqlException.unsupported("SET LOCAL").at(variable.position());
        }
        if (variable.values().isEmpty()) {
            reset(variable.name());
        } else {
            set(variable.name(), String.join(", ", variable.values()));
        }
        return Result.command("SET");
    }

    private Result reset(@Nullable String name) {
        if (name == null) {
            settings.resetAll().forEach(listener::settingChanged);
        } else {
            Session.Setting reported = settings.reset(name);
            if (reported != null) {
                listener.settingChanged(reported);
            }
        }
        return Result.command("RESET");
    }

    private Result show(@Nullable String name) {
        if (name != null) {
            return new Result(
                    "SHOW",
                    List.of(Field.computed(name, SqlType.TEXT)),
                    List.<@Nullable Object[]>of(new @Nullable Object[] {settings.get(name)}));
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Map.Entry<String, String> setting : settings.all().entrySet()) {
            rows.add(new @Nullable Object[] {setting.getKey(), setting.getValue(), ""});
        }
        return new Result("SHOW", CommandFields.SHOW_ALL, rows);
    }

    private SchemaChanges.Context context() {
        return new SchemaChanges.Context(
                runner.context(database.catalogs().current()),
                notice -> listener.notice("NOTICE", notice));
    }

    private void requireNoBlock(String what) {
        Block block = runner.block();
        if (block != null && block.explicit()) {
            throw SqlException.unsupported(what + " inside a transaction block")
                    .hint("COMMIT first; each schema change is a transaction of its own.");
        }
        if (block != null) {
            runner.endImplicit(false);
        }
    }

    private Result definition(Definition definition) {
        requireNoBlock("a schema change");
        return Result.command(
                runner.counted(
                        Kind.SCHEMA, false, () -> database.schema().run(definition, context())));
    }

    private Result procedure(ProcedureStatement procedure) {
        requireNoBlock("a schema change");
        return Result.command(
                runner.counted(
                        Kind.SCHEMA, false, () -> database.schema().run(procedure, context())));
    }

    private Result truncate(Definition.Truncate truncate) {
        Block block = runner.block();
        if (block != null) {
            truncate(truncate, block.transaction());
        } else {
            runner.counted(
                    Kind.MULTI,
                    false,
                    () ->
                            database.transactions()
                                    .run(transaction -> {
                                        truncate(truncate, transaction);
                                        return true;
                                    }));
        }
        return Result.command("TRUNCATE TABLE");
    }

    private static void truncate(Definition.Truncate truncate, OptimisticTransaction transaction) {
        transaction.touchAll();
        for (QualifiedName name : truncate.tables()) {
            var table = transaction.catalog().table(name.name());
            if (table == null) {
                throw new SqlException(
                                ErrorCode.UNDEFINED_TABLE,
                                "relation \"" + name.name() + "\" does not exist")
                        .at(name.position());
            }
            new TableWriter(table, transaction).truncate();
        }
    }

    private Result utility(UtilityStatement statement) {
        return switch (statement) {
            case UtilityStatement.Explain explain -> explain(explain);
            case UtilityStatement.Copy command -> copy.run(command);
            // There is nothing to clean up and nothing that statistics would be taken of.
            case UtilityStatement.Vacuum vacuum -> {
                vacuum.tables().forEach(this::requireTable);
                yield Result.command("VACUUM");
            }
            case UtilityStatement.Analyze analyze -> {
                analyze.tables().forEach(this::requireTable);
                yield Result.command("ANALYZE");
            }
            case UtilityStatement.Grant grant ->
                    throw SqlException.unsupported(grant.revoke() ? "REVOKE" : "GRANT")
                            .at(grant.position());
        };
    }

    private void requireTable(QualifiedName name) {
        if (database.schema().find(name) == null) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_TABLE,
                            "relation \"" + name.name() + "\" does not exist")
                    .at(name.position());
        }
    }

    private Result explain(UtilityStatement.Explain explain) {
        for (Definition.Option option : explain.options()) {
            boolean harmless = option.name().equals("verbose") || option.name().equals("costs");
            if (!harmless) {
                throw SqlException.unsupported("EXPLAIN (" + option.name() + ")")
                        .at(option.position());
            }
        }
        PreparedStatement statement = preparer.prepare(explain.statement());
        if (!(statement instanceof PreparedStatement.Planned planned)) {
            throw SqlException.unsupported("EXPLAIN of a statement without a plan")
                    .at(explain.position());
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (String line : Explanation.lines(planned.plan(), runner.partitionsInWords(planned))) {
            rows.add(new @Nullable Object[] {line});
        }
        return new Result("EXPLAIN", CommandFields.EXPLAIN, rows);
    }
}
