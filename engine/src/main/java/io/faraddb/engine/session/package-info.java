/**
 * One client: its settings, prepared statements, transaction block and cancellation. A protocol
 * front end calls a session from one thread at a time and never waits; what has to wait runs on a
 * virtual thread. Operations take effect in the order of the calls. Imports router and below.
 */
@NullMarked
package io.faraddb.engine.session;

import org.jspecify.annotations.NullMarked;
