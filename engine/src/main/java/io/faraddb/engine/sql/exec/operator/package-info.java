/** Operators that read: each opens to rows that are pulled one at a time. */
@NullMarked
package io.faraddb.engine.sql.exec.operator;

import org.jspecify.annotations.NullMarked;
