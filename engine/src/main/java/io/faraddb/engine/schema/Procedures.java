package io.faraddb.engine.schema;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.ProcedureDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.procedure.CallableProcedure;
import io.faraddb.engine.procedure.MeasuredProcedure;
import io.faraddb.engine.procedure.ProcedureLoader;
import io.faraddb.engine.procedure.ProcedureStats;
import io.faraddb.engine.time.TimeSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Callable procedures of the current catalog; loaded when first called. For all sessions. */
public final class Procedures {

    private final ProcedureLoader loader;
    private final TimeSource time;
    private final ProcedureStats stats = new ProcedureStats();
    private volatile Loaded loaded = new Loaded(-1, new ConcurrentHashMap<>());

    private record Loaded(long catalogVersion, Map<String, CallableProcedure> byName) {}

    public Procedures(ProcedureLoader loader, TimeSource time) {
        this.loader = loader;
        this.time = time;
    }

    public ProcedureStats stats() {
        return stats;
    }

    public ProcedureLoader loader() {
        return loader;
    }

    /**
     * @throws SqlException 42883 if there is none of that name
     */
    public CallableProcedure find(String name, Catalog catalog) {
        Loaded current = loaded;
        if (current.catalogVersion() != catalog.version()) {
            current = new Loaded(catalog.version(), new ConcurrentHashMap<>());
            loaded = current;
        }
        CallableProcedure known = current.byName().get(name);
        if (known != null) {
            return known;
        }
        ProcedureDef definition = catalog.procedure(name);
        if (definition == null) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_FUNCTION, "procedure " + name + " does not exist")
                    .hint("SELECT proname FROM pg_proc lists those that do.");
        }
        CallableProcedure procedure =
                new MeasuredProcedure(loader.load(definition, catalog), stats, time);
        current.byName().put(name, procedure);
        return procedure;
    }
}
