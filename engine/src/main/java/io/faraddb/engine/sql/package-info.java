/**
 * From a statement's text to rows: {@code parse}, then {@code bind}, {@code plan} and {@code exec},
 * each of which imports only those before it.
 */
@NullMarked
package io.faraddb.engine.sql;

import org.jspecify.annotations.NullMarked;
