/**
 * COPY's three formats as rows of values: text, csv and PostgreSQL's binary. Pure: no channels, no
 * sessions. Imports the engine's types and Netty's buffers.
 */
@NullMarked
package io.faraddb.node.pgwire.copy;

import org.jspecify.annotations.NullMarked;
