/**
 * The messages of PostgreSQL's protocol 3.0 as bytes and as values. Pure: no channels, no threads,
 * no sessions. Imports the engine's types and Netty's buffers.
 */
@NullMarked
package io.faraddb.node.pgwire.codec;

import org.jspecify.annotations.NullMarked;
