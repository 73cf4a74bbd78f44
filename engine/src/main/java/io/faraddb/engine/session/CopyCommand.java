package io.faraddb.engine.session;

import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.exec.Execution;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Holding;
import io.faraddb.engine.sql.parse.ParsedStatement;
import io.faraddb.engine.sql.parse.ast.Definition;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.UtilityStatement;
import io.faraddb.engine.sql.plan.Plan;
import io.faraddb.engine.stats.TransactionStats.Kind;
import io.faraddb.engine.txn.OptimisticTransaction;
import io.faraddb.engine.type.TypeOids;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

    Result run(UtilityStatement.Copy copy, String sql) {
        if (copy.endpoint() != UtilityStatement.CopyEndpoint.CLIENT) {
            throw SqlException.unsupported("COPY with a file or program of the server")
                    .hint("Use psql's \\copy, or farad load.")
                    .at(copy.position());
        }
        if (copy.where() != null) {
            throw SqlException.unsupported("COPY ... WHERE").at(copy.position());
        }
        CopyOptions options = options(copy);
        return copy.from() ? in(copy, options) : out(copy, options, sql);
    }

    private static CopyOptions options(UtilityStatement.Copy copy) {
        CopyOptions.Format format = CopyOptions.Format.TEXT;
        for (Definition.Option option : copy.options()) {
            String value = option.value();
            String name = option.name().toLowerCase(Locale.ROOT);
            if (name.equals("format") && value != null) {
                format = format(value, option);
            } else if (name.equals("csv") || name.equals("binary")) {
                format = format(name, option);
            }
        }
        boolean csv = format == CopyOptions.Format.CSV;
        char delimiter = csv ? ',' : '\t';
        String nullText = csv ? "" : "\\N";
        char quote = '"';
        Character escape = null;
        boolean header = false;
        boolean forceAll = false;
        for (Definition.Option option : copy.options()) {
            String value = option.value();
            switch (option.name().toLowerCase(Locale.ROOT)) {
                case "format", "csv", "binary", "freeze" -> {}
                case "delimiter", "delimiters" -> delimiter = character(option);
                case "null" -> nullText = value == null ? "" : value;
                case "quote" -> quote = character(option);
                case "escape" -> escape = character(option);
                case "header" ->
                        header = value == null || Settings.bool("header", value).equals("on");
                case "force_quote" -> forceAll = "*".equals(value);
                case "encoding" -> {
                    if (value == null || !value.replace("-", "").equalsIgnoreCase("utf8")) {
                        throw SqlException.unsupported("encoding " + value).at(option.position());
                    }
                }
                default ->
                        throw SqlException.unsupported("COPY option " + option.name())
                                .at(option.position());
            }
        }
        return new CopyOptions(
                format,
                delimiter,
                nullText,
                header,
                quote,
                escape == null ? quote : escape,
                forceAll,
                null);
    }

    private static CopyOptions.Format format(String name, Definition.Option option) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "text" -> CopyOptions.Format.TEXT;
            case "csv" -> CopyOptions.Format.CSV;
            case "binary" -> CopyOptions.Format.BINARY;
            default ->
                    throw new SqlException(
                                    ErrorCode.INVALID_PARAMETER_VALUE,
                                    "COPY format \"" + name + "\" not recognized")
                            .at(option.position());
        };
    }

    private static char character(Definition.Option option) {
        String value = option.value();
        if (value == null || value.length() != 1) {
            throw new SqlException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "COPY " + option.name() + " must be a single one-byte character")
                    .at(option.position());
        }
        return value.charAt(0);
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
                throw new SqlException(
                                ErrorCode.UNDEFINED_COLUMN,
                                "column \"%s\" of relation \"%s\" does not exist"
                                        .formatted(name, table.name()))
                        .at(copy.position());
            }
            fields.add(field(table, place));
        }
        return fields;
    }

    private static Field field(TableDef table, int place) {
        var column = table.columns().get(place);
        return new Field(column.name(), column.type(), table.oid(), place + 1);
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private Result out(UtilityStatement.Copy copy, CopyOptions options, String sql) {
        QualifiedName name = copy.table();
        PreparedStatement statement;
        if (name != null) {
            TableDef table = table(name);
            String columns =
                    fields(table, copy).stream()
                            .map(field -> quoted(field.name()))
                            .collect(Collectors.joining(", "));
            statement =
                    preparer.prepare(
                            "SELECT " + columns + " FROM " + quoted(table.name()), new int[0]);
        } else {
            var query = Invariant.notNull(copy.query(), "COPY has a table or a query");
            statement = preparer.prepare(new ParsedStatement(query, sql, 0, 0), sql, new int[0]);
        }
        Result rows = runner.run(statement);
        RowStream more = rows.more();
        int first = rows.rows().size();
        database.stats().copiedOut(first);
        return new Result(
                "COPY " + first,
                rows.fields(),
                rows.rows(),
                more == null ? null : more.counting(database.stats()::copiedOut),
                options);
    }

    private Result in(UtilityStatement.Copy copy, CopyOptions options) {
        TableDef table = table(Invariant.notNull(copy.table(), "rows are copied into a table"));
        List<Field> fields = fields(table, copy);
        Plan plan = insertion(table, fields);
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
            Plan plan,
            OptimisticTransaction transaction) {
        transaction.touchAll();
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
    private Plan insertion(TableDef table, List<Field> fields) {
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
            return planned.plan();
        }
        throw new IllegalStateException("an INSERT is planned");
    }
}
