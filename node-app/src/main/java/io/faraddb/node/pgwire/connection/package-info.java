/**
 * A client that logged in. {@link io.faraddb.node.pgwire.connection.Connection} takes messages
 * apart and calls the session, {@link io.faraddb.node.pgwire.connection.ExtendedQuery} knows its
 * statements and portals, {@link io.faraddb.node.pgwire.connection.Answers} keeps what comes back
 * in order. All of it belongs to the connection's event loop but {@link
 * io.faraddb.node.pgwire.connection.Events}, which the engine's threads fill.
 */
@NullMarked
package io.faraddb.node.pgwire.connection;

import org.jspecify.annotations.NullMarked;
