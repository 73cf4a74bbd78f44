/**
 * What happened lately, kept in memory: samples of a second for a quarter of an hour, of ten
 * seconds for a day. Imports engine and the console's records. The thread farad-history takes a
 * sample a second; it waits for nothing but the file system's answer how much room is left.
 */
@NullMarked
package io.faraddb.node.history;

import org.jspecify.annotations.NullMarked;
