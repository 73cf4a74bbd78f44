/**
 * Dates, times and intervals. Moments are microseconds, dates are days, the calendar is the
 * Gregorian one for all of time. Imports function, library, number and below.
 */
@NullMarked
package io.faraddb.engine.sql.function.time;

import org.jspecify.annotations.NullMarked;
