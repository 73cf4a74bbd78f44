/**
 * What can go wrong: SQLSTATE codes, the exception that carries one to a client, and invariants
 * whose breach stops a site. Imports nothing of the engine.
 */
@NullMarked
package io.faraddb.engine.error;

import org.jspecify.annotations.NullMarked;
