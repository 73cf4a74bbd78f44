/**
 * to_char, to_date, to_timestamp and to_number: pictures of dates and numbers. Imports function,
 * library, time, number and below.
 */
@NullMarked
package io.faraddb.engine.sql.function.format;

import org.jspecify.annotations.NullMarked;
