package io.faraddb.engine.session;

import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.exec.Execution;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Holding;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.UtilityStatement;
import io.faraddb.engine.sql.plan.Plan;
import io.faraddb.engine.stats.TransactionStats.Kind;
import io.faraddb.engine.txn.OptimisticTransaction;
import io.faraddb.engine.type.TypeOids;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** COPY: rows in or out in bulk, as one transaction. */
final class CopyCommand {

    private final Database database;
    private final StatementPreparer preparer;
    private final SessionListener listener;
    private final StatementRunner runner;

    CopyCommand(
            Database database,
            StatementPreparer preparer,
            SessionListener listener,
            StatementRunner runner) {
        this.database = database;
        this.preparer = preparer;
        this.listener = listener;
        this.runner = runner;
    }

    Result run(UtilityStatement.Copy copy) {
        if (copy.endpoint() != UtilityStatement.CopyEndpoint.CLIENT) {
            throw SqlException.unsupported("COPY with a file or program of the server")
                    .hint("Use psql's \\copy, or farad load.")
                    .at(copy.position());
        }
        if (copy.where() != null) {
            throw SqlException.unsupported("COPY ... WHERE").at(copy.position());
        }
        CopyOptions options = CopyOptionsReader.read(copy);
        return copy.from() ? in(copy, options) : out(copy, options);
    }

    private TableDef table(QualifiedName name) {
        TableDef table = database.schema().find(name);
        if (table == null) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_TABLE,
                            "relation \"" + name.name() + "\" does not exist")
                    .at(name.position());
        }
        return table;
    }

    private static List<Field> fields(TableDef table, UtilityStatement.Copy copy) {
        List<Field> fields = new ArrayList<>();
        if (copy.columns().isEmpty()) {
            for (int place : table.visibleColumns()) {
                fields.add(field(table, place));
            }
        }
        for (String name : copy.columns()) {
            int place = table.columnIndex(name);
            if (place < 0) {
                throw noColumn(name, table).at(copy.position());
            }
            fields.add(field(table, place));
        }
        return fields;
    }

    private static void checkForced(
            CopyOptions options, List<Field> fields, @Nullable TableDef table) {
        boolean all = options.forceQuote().equals(CopyOptions.ALL_COLUMNS);
        checkForced("FORCE_QUOTE", all ? Set.of() : options.forceQuote(), fields, table);
        checkForced("FORCE_NOT_NULL", options.forceNotNull(), fields, table);
        checkForced("FORCE_NULL", options.forceNull(), fields, table);
    }

    private static void checkForced(
            String option, Set<String> names, List<Field> fields, @Nullable TableDef table) {
        for (String name : names) {
            if (fields.stream().anyMatch(field -> field.name().equals(name))) {
                continue;
            }
            if (table == null || table.columnIndex(name) < 0) {
                throw noColumn(name, table);
            }
            throw new SqlException(
                    ErrorCode.INVALID_COLUMN_REFERENCE,
                    option + " column \"" + name + "\" not referenced by COPY");
        }
    }

    private static SqlException noColumn(String name, @Nullable TableDef table) {
        return new SqlException(
                ErrorCode.UNDEFINED_COLUMN,
                table == null
                        ? "column \"%s\" does not exist".formatted(name)
                        : "column \"%s\" of relation \"%s\" does not exist"
                                .formatted(name, table.name()));
    }

    private static Field field(TableDef table, int place) {
        var column = table.columns().get(place);
        return new Field(column.name(), column.type(), table.oid(), place + 1);
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private Result out(UtilityStatement.Copy copy, CopyOptions options) {
        QualifiedName name = copy.table();
        TableDef table = name == null ? null : table(name);
        PreparedStatement statement =
                table == null
                        ? preparer.prepare(
                                Invariant.notNull(copy.query(), "COPY has a table or a query"))
                        : preparer.prepare(selection(table, copy), new int[0]);
        List<Field> fields = Invariant.notNull(statement.fields(), "a query has columns");
        checkForced(options, fields, table);
        Result rows = runner.run(statement);
        RowStream more = rows.more();
        int first = rows.rows().size();
        database.stats().copiedOut(first);
        return new Result(
                "COPY " + first,
                fields,
                rows.rows(),
                more == null ? null : more.counting(database.stats()::copiedOut),
                options);
    }

    private static String selection(TableDef table, UtilityStatement.Copy copy) {
        return fields(table, copy).stream()
                .map(field -> quoted(field.name()))
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + quoted(table.name())));
    }

    private Result in(UtilityStatement.Copy copy, CopyOptions options) {
        TableDef table = table(Invariant.notNull(copy.table(), "rows are copied into a table"));
        List<Field> fields = fields(table, copy);
        checkForced(options, fields, table);
        PreparedStatement.Planned plan = insertion(table, fields);
        Block block = runner.block();
        long rows =
                block != null
                        ? rowsIn(table, fields, options, plan, block.transaction())
                        : runner.counted(
                                Kind.COPY,
                                false,
                                () -> {
                                    OptimisticTransaction own = database.transactions().begin();
                                    long count = rowsIn(table, fields, options, plan, own);
                                    database.transactions().commit(own);
                                    return count;
                                });
        database.stats().copiedIn(rows);
        return Result.command("COPY " + rows);
    }

    private long rowsIn(
            TableDef table,
            List<Field> fields,
            CopyOptions options,
            PreparedStatement.Planned insertion,
            OptimisticTransaction transaction) {
        if (insertion.catalogVersion() != transaction.catalog().version()) {
            throw OptimisticTransaction.schemaChanged();
        }
        transaction.touchAll();
        Plan plan = insertion.plan();
        StatementContext context = runner.context(transaction.catalog());
        long[] count = new long[1];
        Holding holding = new Holding(context.memory());
        listener.copyIn(
                table.name(),
                fields,
                options,
                values -> {
                    runner.cancellation().check();
                    holding.add(values);
                    plan.run(
                            Frame.of(
                                    new Execution(
                                            context, values, transaction, runner.cancellation())));
                    count[0]++;
                });
        return count[0];
    }

    /** An INSERT of one row of parameters: with defaults, checks and keys as any other. */
    private PreparedStatement.Planned insertion(TableDef table, List<Field> fields) {
        String names = fields.stream().map(f -> quoted(f.name())).collect(Collectors.joining(", "));
        String values =
                IntStream.rangeClosed(1, fields.size())
                        .mapToObj(i -> "$" + i)
                        .collect(Collectors.joining(", "));
        int[] oids = fields.stream().mapToInt(f -> TypeOids.oid(f.type())).toArray();
        PreparedStatement statement =
                preparer.prepare(
                        "INSERT INTO %s (%s) VALUES (%s)"
                                .formatted(quoted(table.name()), names, values),
                        oids);
        if (statement instanceof PreparedStatement.Planned planned) {
            return planned;
        }
        throw new IllegalStateException("an INSERT is planned");
    }
}
