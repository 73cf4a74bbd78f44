/**
 * REST under {@code /api/v1}: what the shell and programs use. Speaks to sessions and to read-only
 * views of the engine. Imports engine.
 */
@NullMarked
package io.faraddb.node.rest;

import org.jspecify.annotations.NullMarked;
