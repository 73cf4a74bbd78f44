package io.faraddb.shell.load;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row as a file has it.
 *
 * @param number of its line, or of the object within the file, from 1
 * @param values by the name the file gives; a null value is SQL's null
 * @param fault why it is no row at all, or null
 */
record SourceRow(long number, Map<String, @Nullable String> values, @Nullable String fault) {}
