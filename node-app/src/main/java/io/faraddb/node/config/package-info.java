/**
 * What a node can be told: immutable, validated records bound from {@code farad.*}, the options of
 * {@code farad start}, and the data directory. Imports nothing of the node.
 */
@NullMarked
package io.faraddb.node.config;

import org.jspecify.annotations.NullMarked;
