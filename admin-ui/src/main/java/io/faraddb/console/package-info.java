/**
 * The web console. A package for each subject holds a port, the records that it tells, and small
 * controllers that show them; {@code page} holds what all pages share. The node implements the
 * ports and serves the same records over REST, so a panel shows nothing that a program can't ask
 * for. Imports nothing of the node. Threads: those of the web server.
 */
@NullMarked
package io.faraddb.console;

import org.jspecify.annotations.NullMarked;
