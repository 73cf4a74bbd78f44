/**
 * SQL types, the Java values that stand for them, packed rows and order-preserving keys. Pure: no
 * I/O, no threads. Imports error only.
 */
@NullMarked
package io.faraddb.engine.type;

import org.jspecify.annotations.NullMarked;
