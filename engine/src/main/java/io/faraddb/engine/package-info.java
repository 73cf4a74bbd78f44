/**
 * The engine as one object: {@code Engine} wires the packages below it. Nothing imports this one.
 */
@NullMarked
package io.faraddb.engine;

import org.jspecify.annotations.NullMarked;
