package io.faraddb.engine.sql.bind.query;

import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.SystemTable;
import io.faraddb.engine.sql.bind.expression.BindContext;
import io.faraddb.engine.sql.bind.expression.Level;
import io.faraddb.engine.sql.bind.expression.Outputs;
import io.faraddb.engine.sql.bind.expression.RecordShape;
import io.faraddb.engine.sql.bind.expression.Scope;
import io.faraddb.engine.sql.parse.ast.DataChange;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.sql.parse.ast.TableReference;
import io.faraddb.engine.sql.parse.ast.TableReference.Alias;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds the items of FROM but joins and functions. */
final class FromBinder {

    /** References to common tables in one statement, each of which binds its query anew. */
    private static final int EXPANSIONS_MAX = 1_000;

    private final BindContext context;
    private final QueryBinder queries;
    private final JoinBinder joins;
    private final FunctionTableBinder functions;
    private int expansions;

    FromBinder(BindContext context, QueryBinder queries) {
        this.context = context;
        this.queries = queries;
        this.joins = new JoinBinder(context, this, queries);
        this.functions = new FunctionTableBinder(context, queries);
    }

    JoinBinder joins() {
        return joins;
    }

    /**
     * @param outer the query around the one whose FROM it is
     */
    FromItem bind(TableReference reference, @Nullable Level outer, CommonTables common) {
        return switch (reference) {
            case TableReference.NamedTable table -> named(table, outer, common);
            case TableReference.DerivedTable table -> derived(table, outer, common);
            case TableReference.FunctionTable table -> functions.bind(table, outer, common);
            case TableReference.Join join -> joins.bind(join, outer, common);
        };
    }

    // Named tables -----------------------------------------------------------------------------

    private FromItem named(
            TableReference.NamedTable table, @Nullable Level outer, CommonTables common) {
        QualifiedName name = table.name();
        if (name.schema() == null) {
            CommonTables entry = common.find(name.name());
            if (entry != null && entry.table() != null) {
                return commonTable(entry, entry.table(), table, outer);
            }
        }
        SystemTable system = systemTable(name);
        Relation relation = system == null ? scan(userTable(name, context)) : systemScan(system);
        String schema =
                name.schema() == null ? system == null ? "public" : "pg_catalog" : name.schema();
        return item(
                relation,
                Collections.nCopies(relation.fields().size(), null),
                schema,
                name.name(),
                table.alias());
    }

    private @Nullable SystemTable systemTable(QualifiedName name) {
        String schema = name.schema();
        return schema != null && schema.equals("public")
                ? null
                : context.systemTables().find(schema == null ? "pg_catalog" : schema, name.name());
    }

    /** A user's table by its name. */
    static TableDef userTable(QualifiedName name, BindContext context) {
        String schema = name.schema();
        TableDef table =
                schema == null || schema.equals("public")
                        ? context.catalog().table(name.name())
                        : null;
        if (table == null) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist")
                    .at(name.position());
        }
        return table;
    }

    /** The visible columns of a table. */
    static Relation.Scan scan(TableDef table) {
        List<Field> fields = new ArrayList<>();
        for (int column : table.visibleColumns()) {
            fields.add(
                    new Field(
                            table.columns().get(column).name(),
                            table.columns().get(column).type(),
                            table.oid(),
                            column + 1));
        }
        return new Relation.Scan(table, fields);
    }

    private static Relation systemScan(SystemTable table) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < table.columnNames().size(); i++) {
            fields.add(
                    new Field(
                            table.columnNames().get(i),
                            table.columnTypes().get(i),
                            table.oid(),
                            i + 1));
        }
        return new Relation.SystemScan(table, fields);
    }

    // Queries ----------------------------------------------------------------------------------

    private FromItem derived(
            TableReference.DerivedTable table, @Nullable Level outer, CommonTables common) {
        BoundQuery query = typed(queries.bind(table.query(), outer, common));
        Alias alias = table.alias();
        String name = alias == null ? "" : alias.name();
        return item(query.relation(), query.shapes(), null, name, alias);
    }

    private BoundQuery typed(BoundQuery query) {
        return new BoundQuery(Outputs.typed(query.relation(), queries.coercions()), query.shapes());
    }

    private FromItem commonTable(
            CommonTables entry,
            Query.CommonTable table,
            TableReference.NamedTable reference,
            @Nullable Level outer) {
        if (table.statement() instanceof DataChange) {
            throw SqlException.unsupported("data-modifying statement in WITH").at(table.position());
        }
        if (++expansions > EXPANSIONS_MAX) {
            throw new SqlException(
                            ErrorCode.STATEMENT_TOO_COMPLEX,
                            "statement refers to common tables more than "
                                    + EXPANSIONS_MAX
                                    + " times")
                    .at(reference.position());
        }
        CommonTables seen = entry.rest() == null ? CommonTables.NONE : entry.rest();
        Level hidden = hidden(outer, entry.outer());
        BoundQuery query = typed(queries.bind((Query) table.statement(), hidden, seen));
        List<String> columns = table.columns();
        Alias named =
                columns.isEmpty()
                        ? null
                        : new Alias(table.name(), columns, List.of(), table.position());
        FromItem inner = item(query.relation(), query.shapes(), null, table.name(), named);
        Alias alias = reference.alias();
        return alias == null ? inner : renamed(inner, alias);
    }

    /** The levels between a common table's reference and its definition, their names unseen. */
    private static @Nullable Level hidden(@Nullable Level from, @Nullable Level definition) {
        return from == definition || from == null
                ? definition
                : new Level(hidden(from.outer(), definition), Scope.EMPTY);
    }

    private static FromItem renamed(FromItem item, Alias alias) {
        List<Scope.Column> columns = renamed(item.scope().columns(), alias);
        Scope.Table table = new Scope.Table(null, alias.name(), null, columns);
        return new FromItem(item.relation(), new Scope(List.of(table), columns));
    }

    // Names ------------------------------------------------------------------------------------

    /**
     * A relation under a name, with its columns renamed as an alias says.
     *
     * @param schema of a table under its own name; null for others
     */
    static FromItem item(
            Relation relation,
            List<@Nullable RecordShape> shapes,
            @Nullable String schema,
            String ownName,
            @Nullable Alias alias) {
        List<Scope.Column> columns = new ArrayList<>();
        List<Field> fields = relation.fields();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            Scalar value = new Scalar.Column(i, field.type(), field.name());
            columns.add(
                    new Scope.Column(
                            field.name(), value, field.table(), field.column(), shapes.get(i)));
        }
        if (alias == null) {
            Scope.Table table = new Scope.Table(schema, ownName, null, columns);
            return new FromItem(relation, new Scope(List.of(table), columns));
        }
        List<Scope.Column> named = renamed(columns, alias);
        Scope.Table table = new Scope.Table(null, alias.name(), ownName, named);
        return new FromItem(relation, new Scope(List.of(table), named));
    }

    static List<Scope.Column> renamed(List<Scope.Column> columns, Alias alias) {
        List<String> names = alias.columns();
        if (names.size() > columns.size()) {
            throw new SqlException(
                            ErrorCode.INVALID_COLUMN_REFERENCE,
                            "table \""
                                    + alias.name()
                                    + "\" has "
                                    + columns.size()
                                    + " columns available but "
                                    + names.size()
                                    + " columns specified")
                    .at(alias.position());
        }
        List<Scope.Column> renamed = new ArrayList<>(columns);
        for (int i = 0; i < names.size(); i++) {
            Scope.Column column = columns.get(i);
            Scalar value =
                    column.value() instanceof Scalar.Column plain
                            ? new Scalar.Column(plain.index(), plain.type(), names.get(i))
                            : column.value();
            renamed.set(
                    i,
                    new Scope.Column(
                            names.get(i), value, column.table(), column.number(), column.shape()));
        }
        return renamed;
    }
}
