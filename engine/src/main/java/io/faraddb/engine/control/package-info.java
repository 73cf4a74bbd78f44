/**
 * The control group of a node: the log that holds the catalog, and the catalog that it makes.
 * Imports log, catalog and schema.
 */
@NullMarked
package io.faraddb.engine.control;

import org.jspecify.annotations.NullMarked;
