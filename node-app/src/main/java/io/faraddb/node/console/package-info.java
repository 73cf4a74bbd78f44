/** The console as a part of the node: its pages, and what is shown when something goes wrong. */
@NullMarked
package io.faraddb.node.console;

import org.jspecify.annotations.NullMarked;
