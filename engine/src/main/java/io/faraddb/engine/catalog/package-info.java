/**
 * The schema as an immutable, versioned value and the pure changes of it. Imports error and type.
 */
@NullMarked
package io.faraddb.engine.catalog;

import org.jspecify.annotations.NullMarked;
