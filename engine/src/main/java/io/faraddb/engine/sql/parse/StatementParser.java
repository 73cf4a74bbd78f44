package io.faraddb.engine.sql.parse;

import io.faraddb.engine.sql.parse.ast.Definition.Persistence;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.sql.parse.ast.Statement;
import io.faraddb.engine.sql.parse.lex.Keyword;
import io.faraddb.engine.sql.parse.lex.Token;
import io.faraddb.engine.sql.parse.lex.TokenKind;
import io.faraddb.engine.sql.parse.lex.TokenStream;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Tells a statement by its first words. */
final class StatementParser {

    /** Whole statements of PostgreSQL's that FaradDB has not got. */
    private static final Map<Keyword, String> UNSUPPORTED =
            Map.ofEntries(
                    Map.entry(Keyword.CHECKPOINT, "CHECKPOINT"),
                    Map.entry(Keyword.CLUSTER, "CLUSTER"),
                    Map.entry(Keyword.COMMENT, "COMMENT"),
                    Map.entry(Keyword.DO, "DO"),
                    Map.entry(Keyword.IMPORT, "IMPORT FOREIGN SCHEMA"),
                    Map.entry(Keyword.LOAD, "LOAD"),
                    Map.entry(Keyword.LOCK, "LOCK TABLE"),
                    Map.entry(Keyword.MERGE, "MERGE"),
                    Map.entry(Keyword.REASSIGN, "REASSIGN OWNED"),
                    Map.entry(Keyword.REFRESH, "REFRESH MATERIALIZED VIEW"),
                    Map.entry(Keyword.REINDEX, "REINDEX"),
                    Map.entry(Keyword.SECURITY, "SECURITY LABEL"));

    /**
     * Kinds of object behind CREATE, ALTER and DROP; longer names first where one begins another.
     */
    private static final Set<String> OBJECTS_OF_ONE_WORD =
            Set.of(
                    "aggregate",
                    "cast",
                    "collation",
                    "conversion",
                    "database",
                    "domain",
                    "extension",
                    "function",
                    "group",
                    "language",
                    "operator",
                    "owned",
                    "policy",
                    "publication",
                    "routine",
                    "rule",
                    "schema",
                    "sequence",
                    "server",
                    "statistics",
                    "stream",
                    "subscription",
                    "system",
                    "tablespace",
                    "task",
                    "topic",
                    "transform",
                    "trigger",
                    "type",
                    "view");

    private static final Map<String, String> OBJECTS_OF_MORE_WORDS =
            Map.of(
                    "access", "ACCESS METHOD",
                    "constraint", "CONSTRAINT TRIGGER",
                    "default", "DEFAULT PRIVILEGES",
                    "event", "EVENT TRIGGER",
                    "foreign", "FOREIGN TABLE",
                    "large", "LARGE OBJECT",
                    "materialized", "MATERIALIZED VIEW",
                    "procedural", "LANGUAGE",
                    "recursive", "RECURSIVE VIEW",
                    "text", "TEXT SEARCH");

    private final Grammar grammar;
    private final TokenStream tokens;

    StatementParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /** Any statement. */
    Statement statement() {
        Token first = tokens.peek();
        Keyword keyword = first.keyword();
        if (keyword == null) {
            if (first.isWord("exec")) {
                return grammar.procedures.exec();
            }
            return rowStatement();
        }
        return switch (keyword) {
            case SELECT, VALUES, WITH, TABLE, INSERT, UPDATE, DELETE -> rowStatement();
            case CREATE -> create();
            case DROP -> drop();
            case ALTER -> alter();
            case PARTITION -> grammar.schema.partitionTable();
            case TRUNCATE -> grammar.schema.truncate();
            case CALL -> grammar.procedures.call();
            case EXECUTE -> grammar.cursors.execute();
            case PREPARE -> grammar.cursors.prepare();
            case DEALLOCATE -> grammar.cursors.deallocate();
            case DECLARE -> grammar.cursors.declare();
            case FETCH, MOVE -> grammar.cursors.fetch();
            case CLOSE -> grammar.cursors.close();
            case EXPLAIN -> grammar.utilities.explain();
            case COPY -> grammar.utilities.copy();
            case VACUUM -> grammar.utilities.vacuum();
            case ANALYZE, ANALYSE -> grammar.utilities.analyze();
            case GRANT, REVOKE -> grammar.utilities.grant();
            default -> sessionStatement(keyword);
        };
    }

    private Statement sessionStatement(Keyword keyword) {
        return switch (keyword) {
            case BEGIN, START -> grammar.session.begin();
            case COMMIT, END -> grammar.session.commit();
            case ROLLBACK, ABORT -> grammar.session.rollback();
            case SAVEPOINT -> grammar.session.savepoint();
            case RELEASE -> grammar.session.release();
            case SET -> grammar.session.set();
            case RESET -> grammar.session.reset();
            case SHOW -> grammar.session.show();
            case DISCARD -> grammar.session.discard();
            case LISTEN -> grammar.session.listen();
            case NOTIFY -> grammar.session.notifyChannel();
            case UNLISTEN -> grammar.session.unlisten();
            default -> {
                String name = UNSUPPORTED.get(keyword);
                if (name == null) {
                    throw tokens.syntaxError();
                }
                yield unsupported(name, tokens.position());
            }
        };
    }

    /** A statement that can be prepared: a query or a change of rows. */
    Statement rowStatement() {
        if (tokens.at(Keyword.WITH)) {
            int position = tokens.position();
            Query.With with = grammar.queries.with();
            return grammar.dml.isDataChange(tokens.peek())
                    ? grammar.dml.dataChange(with)
                    : grammar.queries.queryBehind(with, position);
        }
        if (grammar.dml.isDataChange(tokens.peek())) {
            return grammar.dml.dataChange(null);
        }
        if (!tokens.at(Keyword.VALUES)
                && !grammar.primaries.atQuery()
                && !tokens.at(TokenKind.OPEN)) {
            throw tokens.syntaxError();
        }
        return grammar.queries.query();
    }

    /** A statement behind EXPLAIN. */
    Statement explainable() {
        Keyword keyword = tokens.peek().keyword();
        return switch (keyword) {
            case CALL -> grammar.procedures.call();
            case EXECUTE -> grammar.cursors.execute();
            case DECLARE -> grammar.cursors.declare();
            case CREATE -> create();
            case null, default -> rowStatement();
        };
    }

    // CREATE, ALTER, DROP ----------------------------------------------------------------------

    private Statement create() {
        int position = tokens.position(tokens.expect(Keyword.CREATE));
        boolean orReplace = tokens.accept(Keyword.OR, Keyword.REPLACE);
        if (!orReplace) {
            Persistence persistence = persistence();
            if (tokens.accept(Keyword.TABLE)) {
                return grammar.tables.createTable(persistence, position);
            }
            if (tokens.accept(Keyword.UNIQUE)) {
                tokens.expect(Keyword.INDEX);
                return grammar.schema.createIndex(true, position);
            }
            if (tokens.accept(Keyword.INDEX)) {
                return grammar.schema.createIndex(false, position);
            }
            boolean user = tokens.at(Keyword.USER) && tokens.peek(1).keyword() != Keyword.MAPPING;
            if (user || tokens.at(Keyword.ROLE)) {
                tokens.next();
                return grammar.schema.createRole(user, position);
            }
        }
        if (tokens.accept(Keyword.PROCEDURE)) {
            return grammar.procedures.createProcedure(orReplace, position);
        }
        return unsupported("CREATE " + objectKind(), position);
    }

    private Persistence persistence() {
        if (tokens.atAny(Keyword.LOCAL, Keyword.GLOBAL)) {
            tokens.next();
            if (!tokens.atAny(Keyword.TEMP, Keyword.TEMPORARY)) {
                throw tokens.syntaxError();
            }
        }
        if (tokens.accept(Keyword.TEMP) || tokens.accept(Keyword.TEMPORARY)) {
            return Persistence.TEMPORARY;
        }
        return tokens.accept(Keyword.UNLOGGED) ? Persistence.UNLOGGED : Persistence.PERMANENT;
    }

    private Statement drop() {
        int position = tokens.position(tokens.expect(Keyword.DROP));
        if (tokens.accept(Keyword.TABLE)) {
            return grammar.schema.dropTable(position);
        }
        if (tokens.accept(Keyword.INDEX)) {
            return grammar.schema.dropIndex(position);
        }
        if (tokens.accept(Keyword.PROCEDURE)) {
            return grammar.procedures.dropProcedure(position);
        }
        if (atRole()) {
            tokens.next();
            return grammar.schema.dropRole(position);
        }
        return unsupported("DROP " + objectKind(), position);
    }

    private Statement alter() {
        int position = tokens.position(tokens.expect(Keyword.ALTER));
        if (tokens.accept(Keyword.TABLE)) {
            return tokens.at(Keyword.ALL)
                    ? unsupported("ALTER TABLE ALL IN TABLESPACE", position)
                    : grammar.alterations.alterTable(position);
        }
        if (tokens.accept(Keyword.INDEX)) {
            return grammar.schema.alterIndex(position);
        }
        if (atRole()) {
            tokens.next();
            return grammar.schema.alterRole(position);
        }
        if (tokens.at(Keyword.PROCEDURE)) {
            return unsupported("ALTER PROCEDURE", position);
        }
        return unsupported("ALTER " + objectKind(), position);
    }

    private boolean atRole() {
        return tokens.at(Keyword.ROLE)
                || (tokens.at(Keyword.USER) && tokens.peek(1).keyword() != Keyword.MAPPING);
    }

    /** The kind of object that a statement is about, as the documentation spells it. */
    private String objectKind() {
        Token token = tokens.peek();
        if (!token.is(TokenKind.WORD)) {
            throw tokens.syntaxError();
        }
        if (tokens.at(Keyword.USER, Keyword.MAPPING)) {
            return "USER MAPPING";
        }
        if (tokens.at(Keyword.FOREIGN, Keyword.DATA)) {
            return "FOREIGN DATA WRAPPER";
        }
        if (tokens.at(Keyword.OPERATOR, Keyword.CLASS)) {
            return "OPERATOR CLASS";
        }
        if (tokens.at(Keyword.OPERATOR, Keyword.FAMILY)) {
            return "OPERATOR FAMILY";
        }
        String more = OBJECTS_OF_MORE_WORDS.get(token.text());
        if (more != null) {
            return more;
        }
        if (!OBJECTS_OF_ONE_WORD.contains(token.text())) {
            throw tokens.syntaxError();
        }
        return token.text().toUpperCase(Locale.ROOT);
    }

    /** Takes the rest of a statement that is refused by name when it is executed. */
    Statement unsupported(String name, int position) {
        int depth = 0;
        while (!tokens.at(TokenKind.END) && (depth > 0 || !tokens.at(TokenKind.SEMICOLON))) {
            if (tokens.at(TokenKind.OPEN)) {
                depth++;
            } else if (tokens.at(TokenKind.CLOSE)) {
                depth--;
            }
            tokens.next();
        }
        return new Statement.Unsupported(name, position);
    }
}
