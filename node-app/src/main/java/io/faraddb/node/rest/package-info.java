/**
 * REST, {@code /api/v1}: a small controller for each resource. What they tell are the records of
 * the console's ports, so whatever the console shows a program can ask for. Imports engine for its
 * errors, history for what is live, and the console's ports.
 */
@NullMarked
package io.faraddb.node.rest;

import org.jspecify.annotations.NullMarked;
