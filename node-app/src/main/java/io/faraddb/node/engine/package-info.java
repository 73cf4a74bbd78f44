/**
 * The engine as a part of the node: opened and closed with it, its users, and what the node tells
 * others of it. Imports config and the engine.
 */
@NullMarked
package io.faraddb.node.engine;

import org.jspecify.annotations.NullMarked;
