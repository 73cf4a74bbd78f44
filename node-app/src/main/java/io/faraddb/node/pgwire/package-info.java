/**
 * PostgreSQL's protocol on Netty.
 *
 * <p>{@link io.faraddb.node.pgwire.PgServer} listens; {@link io.faraddb.node.pgwire.LoginHandler}
 * takes a client to its session; a {@link io.faraddb.node.pgwire.connection.Connection} follows.
 *
 * <p>Threads: event loops {@code farad-pg-N}, one for two cores, own the connections; nothing on
 * them waits. COPY FROM is parsed on the session's virtual thread, behind {@link
 * io.faraddb.node.pgwire.copy.CopyInput}, which is bounded. What the engine completes schedules one
 * task on the connection's loop, which answers all that is done and flushes once.
 *
 * <p>Limits: messages before and after log-in, connections, time to log in, answers in flight per
 * connection, bytes that a client doesn't read and for how long.
 */
@NullMarked
package io.faraddb.node.pgwire;

import org.jspecify.annotations.NullMarked;
