package io.faraddb.engine.sql.bind;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.library.FunctionLibrary;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What binding one statement knows and finds out: the catalog, the functions, parameters' types.
 */
final class BindContext {

    private static final int PARAMETERS_MAX = 65_535;

    private final Catalog catalog;
    private final FunctionLibrary functions;
    private final SystemTables systemTables;
    private final List<SqlType> parameters;
    private List<CommonTable> commonTables = List.of();

    /**
     * A table of a WITH clause.
     *
     * @param before those that its own query can name
     */
    record CommonTable(String name, List<String> columns, Query query, List<CommonTable> before) {}

    BindContext(
            Catalog catalog,
            FunctionLibrary functions,
            SystemTables systemTables,
            List<SqlType> parameters) {
        this.catalog = catalog;
        this.functions = functions;
        this.systemTables = systemTables;
        this.parameters = new ArrayList<>(parameters);
    }

    Catalog catalog() {
        return catalog;
    }

    FunctionLibrary functions() {
        return functions;
    }

    SystemTables systemTables() {
        return systemTables;
    }

    /**
     * @param index 0-based
     * @param type unknown if its context has to tell
     */
    Scalar.Parameter parameter(int index, SqlType type, int position) {
        if (index < 0 || index >= PARAMETERS_MAX) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_PARAMETER, "there is no parameter $" + (index + 1))
                    .at(position);
        }
        while (parameters.size() <= index) {
            parameters.add(SqlType.UNKNOWN);
        }
        if (parameters.get(index).equals(SqlType.UNKNOWN)) {
            parameters.set(index, type);
        }
        return new Scalar.Parameter(index, parameters.get(index));
    }

    /** The types found; all of them have to be known. */
    List<SqlType> parameters() {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).equals(SqlType.UNKNOWN)) {
                throw new SqlException(
                        ErrorCode.INDETERMINATE_DATATYPE,
                        "could not determine data type of parameter $" + (i + 1));
            }
        }
        return List.copyOf(parameters);
    }

    /** A table of a WITH clause by name, the innermost first; null if there is none. */
    @Nullable CommonTable commonTable(String name) {
        for (int i = commonTables.size() - 1; i >= 0; i--) {
            if (commonTables.get(i).name().equals(name)) {
                return commonTables.get(i);
            }
        }
        return null;
    }

    /** The query of such a table, bound anew for each place that names it. */
    Relation bindCommonTable(CommonTable table, QueryBinder binder) {
        return within(table.before(), () -> binder.bind(table.query(), null));
    }

    /** Runs with other tables of WITH clauses in sight. */
    <T> T within(List<CommonTable> tables, Supplier<T> work) {
        List<CommonTable> saved = commonTables;
        commonTables = tables;
        try {
            return work.get();
        } finally {
            commonTables = saved;
        }
    }

    /** Those in sight and the ones of another WITH clause. */
    List<CommonTable> with(Query.With with) {
        if (with.recursive()) {
            throw SqlException.unsupported("WITH RECURSIVE").at(with.position());
        }
        List<CommonTable> all = new ArrayList<>(commonTables);
        for (Query.CommonTable table : with.tables()) {
            if (!(table.statement() instanceof Query query)) {
                throw SqlException.unsupported("a statement that writes in WITH")
                        .at(table.position());
            }
            all.add(new CommonTable(table.name(), table.columns(), query, List.copyOf(all)));
        }
        return all;
    }
}
