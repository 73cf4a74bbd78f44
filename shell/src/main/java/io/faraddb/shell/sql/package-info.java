/** Statements: cutting text into them, running them, telling what went wrong, asking for them. */
@NullMarked
package io.faraddb.shell.sql;

import org.jspecify.annotations.NullMarked;
