package io.faraddb.engine.sql.parse;

import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.SessionStatement;
import io.faraddb.engine.sql.parse.ast.SessionStatement.DiscardTarget;
import io.faraddb.engine.sql.parse.ast.Statement;
import io.faraddb.engine.sql.parse.ast.TransactionStatement;
import io.faraddb.engine.sql.parse.ast.TransactionStatement.IsolationLevel;
import io.faraddb.engine.sql.parse.ast.TransactionStatement.TransactionModes;
import io.faraddb.engine.sql.parse.lex.Keyword;
import io.faraddb.engine.sql.parse.lex.TokenKind;
import io.faraddb.engine.sql.parse.lex.TokenStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Transactions and the settings of a session. */
final class SessionParser {

    private static final String TIME_ZONE = "timezone";

    private final Grammar grammar;
    private final TokenStream tokens;

    SessionParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    // Transactions -----------------------------------------------------------------------------

    /** BEGIN, or START TRANSACTION. */
    Statement begin() {
        int position = tokens.position();
        boolean start = tokens.accept(Keyword.START);
        if (start) {
            tokens.expect(Keyword.TRANSACTION);
        } else {
            tokens.expect(Keyword.BEGIN);
            transactionWord();
        }
        return new TransactionStatement.Begin(modesIfAny(), start, position);
    }

    private void transactionWord() {
        if (!tokens.accept(Keyword.WORK)) {
            tokens.accept(Keyword.TRANSACTION);
        }
    }

    /** COMMIT, or END. */
    Statement commit() {
        int position = tokens.position(tokens.next());
        if (tokens.at(Keyword.PREPARED)) {
            return grammar.statements.unsupported("COMMIT PREPARED", position);
        }
        transactionWord();
        return new TransactionStatement.Commit(chain(), position);
    }

    /** ROLLBACK, ABORT, or ROLLBACK TO. */
    Statement rollback() {
        int position = tokens.position(tokens.next());
        if (tokens.at(Keyword.PREPARED)) {
            return grammar.statements.unsupported("ROLLBACK PREPARED", position);
        }
        transactionWord();
        if (tokens.accept(Keyword.TO)) {
            savepointWord();
            String name = grammar.names.columnName();
            return new TransactionStatement.RollbackToSavepoint(name, position);
        }
        return new TransactionStatement.Rollback(chain(), position);
    }

    /** SAVEPOINT, unless it is the name itself. */
    private void savepointWord() {
        if (NameParser.isColumnName(tokens.peek(1))) {
            tokens.accept(Keyword.SAVEPOINT);
        }
    }

    private boolean chain() {
        if (!tokens.accept(Keyword.AND)) {
            return false;
        }
        boolean no = tokens.accept(Keyword.NO);
        tokens.expect(Keyword.CHAIN);
        return !no;
    }

    Statement savepoint() {
        int position = tokens.position(tokens.expect(Keyword.SAVEPOINT));
        return new TransactionStatement.Savepoint(grammar.names.columnName(), position);
    }

    Statement release() {
        int position = tokens.position(tokens.expect(Keyword.RELEASE));
        savepointWord();
        return new TransactionStatement.ReleaseSavepoint(grammar.names.columnName(), position);
    }

    private boolean atMode() {
        return tokens.atAny(Keyword.ISOLATION, Keyword.READ, Keyword.DEFERRABLE, Keyword.NOT);
    }

    private TransactionModes modesIfAny() {
        return atMode() ? modes() : TransactionModes.NONE;
    }

    private TransactionModes modes() {
        if (!atMode()) {
            throw tokens.syntaxError();
        }
        IsolationLevel isolation = null;
        Boolean readOnly = null;
        Boolean deferrable = null;
        do {
            if (tokens.accept(Keyword.ISOLATION)) {
                tokens.expect(Keyword.LEVEL);
                isolation = isolationLevel();
            } else if (tokens.accept(Keyword.READ)) {
                readOnly = tokens.accept(Keyword.ONLY);
                if (!readOnly) {
                    tokens.expect(Keyword.WRITE);
                }
            } else {
                deferrable = !tokens.accept(Keyword.NOT);
                tokens.expect(Keyword.DEFERRABLE);
            }
        } while (tokens.accept(TokenKind.COMMA) || atMode());
        return new TransactionModes(isolation, readOnly, deferrable);
    }

    private IsolationLevel isolationLevel() {
        if (tokens.accept(Keyword.SERIALIZABLE)) {
            return IsolationLevel.SERIALIZABLE;
        }
        if (tokens.accept(Keyword.REPEATABLE)) {
            tokens.expect(Keyword.READ);
            return IsolationLevel.REPEATABLE_READ;
        }
        tokens.expect(Keyword.READ);
        if (tokens.accept(Keyword.COMMITTED)) {
            return IsolationLevel.READ_COMMITTED;
        }
        tokens.expect(Keyword.UNCOMMITTED);
        return IsolationLevel.READ_UNCOMMITTED;
    }

    // SET --------------------------------------------------------------------------------------

    Statement set() {
        int position = tokens.position(tokens.expect(Keyword.SET));
        if (tokens.accept(Keyword.SESSION, Keyword.CHARACTERISTICS)) {
            tokens.expect(Keyword.AS);
            tokens.expect(Keyword.TRANSACTION);
            return new TransactionStatement.SetTransaction(true, modes(), position);
        }
        if (tokens.at(Keyword.TRANSACTION) && !isAssignment(1)) {
            tokens.next();
            if (tokens.at(Keyword.SNAPSHOT)) {
                return grammar.statements.unsupported("SET TRANSACTION SNAPSHOT", position);
            }
            return new TransactionStatement.SetTransaction(false, modes(), position);
        }
        if (tokens.at(Keyword.CONSTRAINTS) && !isAssignment(1)) {
            tokens.next();
            return constraints(position);
        }
        boolean local = tokens.at(Keyword.LOCAL) && !isAssignment(1);
        if (local || (tokens.at(Keyword.SESSION) && !isAssignment(1))) {
            if (!tokens.at(Keyword.SESSION, Keyword.AUTHORIZATION)) {
                tokens.next();
            }
        }
        return variable(local, position);
    }

    private boolean isAssignment(int ahead) {
        return tokens.peek(ahead).isOperator("=")
                || tokens.peek(ahead).keyword() == Keyword.TO
                || tokens.peek(ahead).is(TokenKind.DOT);
    }

    private Statement constraints(int position) {
        List<QualifiedName> names =
                tokens.accept(Keyword.ALL) ? List.of() : grammar.names.qualifiedList();
        boolean deferred = tokens.accept(Keyword.DEFERRED);
        if (!deferred) {
            tokens.expect(Keyword.IMMEDIATE);
        }
        return new SessionStatement.SetConstraints(names, deferred, position);
    }

    private Statement variable(boolean local, int position) {
        if (!isAssignment(1)) {
            SessionStatement special = specialVariable(local, position);
            if (special != null) {
                return special;
            }
        }
        String name = variableName();
        if (tokens.at(Keyword.FROM, Keyword.CURRENT)) {
            throw tokens.syntaxError();
        }
        if (!tokens.accept(Keyword.TO) && !tokens.acceptOperator("=")) {
            throw tokens.syntaxError();
        }
        return new SessionStatement.SetVariable(local, name, values(), position);
    }

    private List<String> values() {
        if (tokens.accept(Keyword.DEFAULT)) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        do {
            values.add(grammar.names.optionValue());
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(values);
    }

    String variableName() {
        StringBuilder name = new StringBuilder(grammar.names.columnName());
        while (tokens.accept(TokenKind.DOT)) {
            name.append('.').append(grammar.names.columnName());
        }
        return name.toString();
    }

    /** SET's spellings without an equals sign. */
    private @Nullable SessionStatement specialVariable(boolean local, int position) {
        if (tokens.accept(Keyword.TIME)) {
            tokens.expect(Keyword.ZONE);
            return new SessionStatement.SetVariable(local, TIME_ZONE, zone(), position);
        }
        if (tokens.accept(Keyword.NAMES)) {
            List<String> encoding =
                    tokens.atStatementEnd() || tokens.accept(Keyword.DEFAULT)
                            ? List.of()
                            : List.of(tokens.expect(TokenKind.STRING).text());
            return new SessionStatement.SetVariable(local, "client_encoding", encoding, position);
        }
        if (tokens.accept(Keyword.SCHEMA)) {
            String schema = tokens.expect(TokenKind.STRING).text();
            return new SessionStatement.SetVariable(
                    local, "search_path", List.of(schema), position);
        }
        if (tokens.accept(Keyword.ROLE)) {
            String role = grammar.names.optionValue();
            return new SessionStatement.SetVariable(local, "role", List.of(role), position);
        }
        if (tokens.accept(Keyword.SESSION, Keyword.AUTHORIZATION)) {
            List<String> user =
                    tokens.accept(Keyword.DEFAULT)
                            ? List.of()
                            : List.of(grammar.names.optionValue());
            return new SessionStatement.SetVariable(local, "session_authorization", user, position);
        }
        return null;
    }

    private List<String> zone() {
        if (tokens.atAny(Keyword.DEFAULT, Keyword.LOCAL)) {
            tokens.next();
            return List.of();
        }
        if (!tokens.accept(Keyword.INTERVAL)) {
            return List.of(grammar.names.optionValue());
        }
        if (tokens.accept(TokenKind.OPEN)) {
            tokens.expect(TokenKind.INTEGER);
            tokens.expect(TokenKind.CLOSE);
        }
        String offset = tokens.expect(TokenKind.STRING).text();
        if (tokens.accept(Keyword.HOUR) && tokens.accept(Keyword.TO)) {
            tokens.expect(Keyword.MINUTE);
        }
        return List.of("INTERVAL", offset);
    }

    // SHOW and others --------------------------------------------------------------------------

    Statement reset() {
        int position = tokens.position(tokens.expect(Keyword.RESET));
        return new SessionStatement.ResetVariable(shownName(), position);
    }

    Statement show() {
        int position = tokens.position(tokens.expect(Keyword.SHOW));
        return new SessionStatement.ShowVariable(shownName(), position);
    }

    /** A variable behind SHOW or RESET; null for ALL. */
    private @Nullable String shownName() {
        if (tokens.accept(Keyword.ALL)) {
            return null;
        }
        if (tokens.accept(Keyword.TIME)) {
            tokens.expect(Keyword.ZONE);
            return TIME_ZONE;
        }
        if (tokens.accept(Keyword.TRANSACTION, Keyword.ISOLATION)) {
            tokens.expect(Keyword.LEVEL);
            return "transaction_isolation";
        }
        if (tokens.accept(Keyword.SESSION, Keyword.AUTHORIZATION)) {
            return "session_authorization";
        }
        return variableName();
    }

    Statement discard() {
        int position = tokens.position(tokens.expect(Keyword.DISCARD));
        Keyword keyword = tokens.peek().keyword();
        DiscardTarget target =
                switch (keyword) {
                    case ALL -> DiscardTarget.ALL;
                    case PLANS -> DiscardTarget.PLANS;
                    case SEQUENCES -> DiscardTarget.SEQUENCES;
                    case TEMP, TEMPORARY -> DiscardTarget.TEMPORARY;
                    case null, default -> throw tokens.syntaxError();
                };
        tokens.next();
        return new SessionStatement.Discard(target, position);
    }

    Statement listen() {
        int position = tokens.position(tokens.expect(Keyword.LISTEN));
        return new SessionStatement.Listen(grammar.names.columnName(), position);
    }

    Statement unlisten() {
        int position = tokens.position(tokens.expect(Keyword.UNLISTEN));
        String channel = tokens.acceptOperator("*") ? null : grammar.names.columnName();
        return new SessionStatement.Unlisten(channel, position);
    }

    Statement notifyChannel() {
        int position = tokens.position(tokens.expect(Keyword.NOTIFY));
        String channel = grammar.names.columnName();
        String payload =
                tokens.accept(TokenKind.COMMA) ? tokens.expect(TokenKind.STRING).text() : null;
        return new SessionStatement.Notify(channel, payload, position);
    }
}
