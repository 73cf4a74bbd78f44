/**
 * Expressions: names to columns, operators and calls to functions, every value to the type that its
 * place asks for. One {@link io.faraddb.engine.sql.bind.expression.ExpressionBinder} binds the
 * expressions of one clause. Imports sql.bind and below.
 */
@NullMarked
package io.faraddb.engine.sql.bind.expression;

import org.jspecify.annotations.NullMarked;
