/**
 * From the bound tree to operators: which tree or index each table is read by, how tables are
 * joined, which partitions a statement can touch. Imports exec and below.
 */
@NullMarked
package io.faraddb.engine.sql.plan;

import org.jspecify.annotations.NullMarked;
