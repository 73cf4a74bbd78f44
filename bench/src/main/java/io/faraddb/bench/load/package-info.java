/**
 * The load driver: clients that send calls without waiting for each answer, at a rate or as fast as
 * answers come, and what became of the calls.
 *
 * <p>With a rate, a call's latency counts from the moment it was due, not from the moment it was
 * sent: a server that stalls makes all calls late that were due meanwhile. A call counts as
 * measured if it was due within the measured time, whenever its answer comes.
 *
 * <p>Threads: {@code load-N} each own a part of the clients and wait for nothing else; the thread
 * that runs the load tells each second how it goes. Nothing waits in a queue: calls that are due
 * but have no room are numbers of a schedule.
 */
@NullMarked
package io.faraddb.bench.load;

import org.jspecify.annotations.NullMarked;
