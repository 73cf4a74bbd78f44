package io.faraddb.engine.schema;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.CatalogChange;

/** The current catalog, and the one way to change it. */
public interface CatalogStore {

    Catalog current();

    /**
     * Makes a change durable in the control log, then current. Called while all sites stand still.
     *
     * @return the catalog after it
     */
    Catalog change(CatalogChange change);
}
