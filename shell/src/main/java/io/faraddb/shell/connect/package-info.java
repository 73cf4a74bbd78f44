/** Finds the cluster a command means, and how to log in to it. */
@NullMarked
package io.faraddb.shell.connect;

import org.jspecify.annotations.NullMarked;
