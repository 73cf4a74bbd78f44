/**
 * Who may do what over HTTP: the database's users with their passwords, by a form and a session in
 * the console, by HTTP Basic or that session in REST and actuator. Imports engine.
 */
@NullMarked
package io.faraddb.node.security;

import org.jspecify.annotations.NullMarked;
