/**
 * Time and chance, injected: nothing else in the engine reads a clock or rolls a die, so that a
 * whole engine runs on simulated time. Imports nothing of the engine.
 */
@NullMarked
package io.faraddb.engine.time;

import org.jspecify.annotations.NullMarked;
