/** The load driver's words: its progress, its summary, for people and for programs. */
@NullMarked
package io.faraddb.shell.bench;

import org.jspecify.annotations.NullMarked;
