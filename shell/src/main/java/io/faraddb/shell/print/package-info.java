/** Prints tables: one printer per format. Knows neither JDBC nor terminals. */
@NullMarked
package io.faraddb.shell.print;

import org.jspecify.annotations.NullMarked;
