/** Rows from files into tables, by COPY; rows that do not fit go to a file of their own. */
@NullMarked
package io.faraddb.shell.load;

import org.jspecify.annotations.NullMarked;
