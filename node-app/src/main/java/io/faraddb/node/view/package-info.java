/**
 * What the node tells of itself: implements the console's ports, for the console and for REST.
 * Imports config, engine and history. Threads: those of the web server; they wait for sites, with a
 * bound, and for statements.
 */
@NullMarked
package io.faraddb.node.view;

import org.jspecify.annotations.NullMarked;
