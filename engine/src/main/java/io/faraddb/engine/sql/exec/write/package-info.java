/** Operators that write: into the overlays of the partitions that own the rows. */
@NullMarked
package io.faraddb.engine.sql.exec.write;

import org.jspecify.annotations.NullMarked;
