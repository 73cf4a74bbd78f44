package io.faraddb.engine.session;

import io.faraddb.engine.memory.MemoryLimits;
import io.faraddb.engine.router.Router;
import io.faraddb.engine.schema.CatalogStore;
import io.faraddb.engine.schema.Procedures;
import io.faraddb.engine.schema.SchemaChanges;
import io.faraddb.engine.time.TimeSource;
import io.faraddb.engine.txn.Transactions;
import java.util.concurrent.ExecutorService;

/**
 * What all sessions share.
 *
 * @param workers runs what may wait: a virtual thread for each task
 */
public record Database(
        CatalogStore catalogs,
        Transactions transactions,
        Router router,
        PlanCache planCache,
        Procedures procedures,
        StatementPlans plans,
        SchemaChanges schema,
        ExecutorService workers,
        TimeSource time,
        SessionStats stats,
        MemoryLimits memory) {}
