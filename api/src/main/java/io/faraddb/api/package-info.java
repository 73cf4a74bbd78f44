/**
 * What a stored procedure compiles against. No dependencies.
 *
 * <p>A procedure is a public class with a public constructor without arguments and one public
 * method named {@code run}, whose first parameter is a {@link io.faraddb.api.Transaction}; the
 * others are the procedure's arguments. Its statements are constants of type {@link
 * io.faraddb.api.SqlStatement}.
 *
 * <pre>{@code
 * public final class Transfer implements Procedure {
 *     private static final SqlStatement DEBIT =
 *             SqlStatement.of("UPDATE account SET balance = balance - $2 WHERE id = $1");
 *
 *     public long run(Transaction transaction, long account, long amount) {
 *         return transaction.update(DEBIT, account, amount);
 *     }
 * }
 * }</pre>
 */
@NullMarked
package io.faraddb.api;

import org.jspecify.annotations.NullMarked;
