/** What a stored procedure compiles against. No dependencies. */
@NullMarked
package io.faraddb.api;

import org.jspecify.annotations.NullMarked;
