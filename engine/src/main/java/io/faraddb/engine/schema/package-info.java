/**
 * Changes of the schema: tables, indexes, procedures, users. One at a time, while all sites stand
 * still: checked against the rows, made durable in the control log, taken over by every site.
 * Imports txn and below.
 */
@NullMarked
package io.faraddb.engine.schema;

import org.jspecify.annotations.NullMarked;
