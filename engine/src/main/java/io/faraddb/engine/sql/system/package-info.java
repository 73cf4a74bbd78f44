/**
 * pg_catalog and information_schema: tables computed from the catalog when they are read, and the
 * functions that psql and drivers ask about it. Every relation of PostgreSQL 15 is there with all
 * its columns, most of them without rows, because clients name columns of tables whose rows they do
 * not need. Imports bind and below.
 */
@NullMarked
package io.faraddb.engine.sql.system;

import org.jspecify.annotations.NullMarked;
