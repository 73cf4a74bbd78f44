/**
 * Who may do what over HTTP: the database's users with their passwords, by HTTP Basic. Imports
 * engine.
 */
@NullMarked
package io.faraddb.node.security;

import org.jspecify.annotations.NullMarked;
