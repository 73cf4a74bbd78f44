/** The commands: each reads its arguments, has one call act, and has a printer print. */
@NullMarked
package io.faraddb.shell.command;

import org.jspecify.annotations.NullMarked;
