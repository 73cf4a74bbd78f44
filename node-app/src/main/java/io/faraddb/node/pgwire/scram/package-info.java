/**
 * SCRAM-SHA-256 as a server, after RFC 5802 and RFC 7677, from the JDK's own primitives. Pure: no
 * channels, no threads.
 */
@NullMarked
package io.faraddb.node.pgwire.scram;

import org.jspecify.annotations.NullMarked;
