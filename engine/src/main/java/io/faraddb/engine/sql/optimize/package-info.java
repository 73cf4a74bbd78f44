/**
 * Better queries of the same meaning: Apache Calcite puts filters where they cost least and joins
 * in order, on algebra that is built from the bound tree and read back into it. Also how
 * expressions are looked at and rewritten. Imports bind and below; Calcite is known nowhere else.
 */
@NullMarked
package io.faraddb.engine.sql.optimize;

import org.jspecify.annotations.NullMarked;
