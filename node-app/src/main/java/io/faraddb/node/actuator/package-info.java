/**
 * What the node tells those who watch it: health and metrics. Imports engine and pgwire's counters.
 */
@NullMarked
package io.faraddb.node.actuator;

import org.jspecify.annotations.NullMarked;
