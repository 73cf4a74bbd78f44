/**
 * Tables and procedures. {@link io.faraddb.console.schema.SchemaSource} is implemented by the node.
 */
@NullMarked
package io.faraddb.console.schema;

import org.jspecify.annotations.NullMarked;
