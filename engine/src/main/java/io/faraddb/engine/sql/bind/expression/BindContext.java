package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.SystemTables;
import io.faraddb.engine.sql.function.library.FunctionLibrary;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the binding of one statement shares: the catalog, the functions, the parameters. */
public final class BindContext {

    private final Catalog catalog;
    private final SystemTables systemTables;
    private final FunctionLibrary library;
    private final Parameters parameters;
    private final Map<Scalar, Integer> positions = new IdentityHashMap<>();
    private final Map<Scalar, RecordShape> shapes = new IdentityHashMap<>();

    public BindContext(
            Catalog catalog,
            SystemTables systemTables,
            FunctionLibrary library,
            Parameters parameters) {
        this.catalog = catalog;
        this.systemTables = systemTables;
        this.library = library;
        this.parameters = parameters;
    }

    public Catalog catalog() {
        return catalog;
    }

    public SystemTables systemTables() {
        return systemTables;
    }

    public FunctionLibrary library() {
        return library;
    }

    public Parameters parameters() {
        return parameters;
    }

    /** Remembers where an expression was written, for errors that come out later. */
    public <T extends Scalar> T at(T scalar, int position) {
        positions.put(scalar, position);
        return scalar;
    }

    /** Remembers what fields the record has that an expression gives. */
    public <T extends Scalar> T shaped(T scalar, @Nullable RecordShape shape) {
        if (shape != null) {
            shapes.put(scalar, shape);
        }
        return scalar;
    }

    /** The fields of the record that an expression gives; null when nobody knows. */
    public @Nullable RecordShape shape(Scalar scalar) {
        return shapes.get(scalar);
    }

    /** Where an expression was written; 0 when nobody said. */
    public int position(Scalar scalar) {
        return positions.getOrDefault(scalar, 0);
    }
}
