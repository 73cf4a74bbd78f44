package io.faraddb.engine.sql.parse;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.lex.SourceText;
import io.faraddb.engine.sql.parse.lex.Token;
import io.faraddb.engine.sql.parse.lex.TokenStream;
import org.jspecify.annotations.Nullable;

/** The parsers of one text, which call each other, and what they count together. */
final class Grammar {

    /** PostgreSQL's limit: a parameter's number travels in two bytes. */
    static final int PARAMETERS_MAX = 65_535;

    final TokenStream tokens;
    final NameParser names;
    final ExpressionParser expressions;
    final PrimaryParser primaries;
    final CallParser calls;
    final QueryParser queries;
    final FromParser from;
    final DmlParser dml;
    final TableParser tables;
    final AlterTableParser alterations;
    final SchemaParser schema;
    final ProcedureParser procedures;
    final SessionParser session;
    final CursorParser cursors;
    final UtilityParser utilities;
    final StatementParser statements;

    /** Literals that come with each execution; null when all stay in the tree. */
    private final @Nullable StatementText lifted;

    private final boolean[] liftedPlaces;
    private int parameterCount;
    private int questionMarks;

    Grammar(SourceText source, @Nullable StatementText lifted) {
        this.tokens = new TokenStream(source);
        this.lifted = lifted;
        this.liftedPlaces = new boolean[lifted == null ? 0 : lifted.placeCount()];
        this.names = new NameParser(this);
        this.expressions = new ExpressionParser(this);
        this.primaries = new PrimaryParser(this);
        this.calls = new CallParser(this);
        this.queries = new QueryParser(this);
        this.from = new FromParser(this);
        this.dml = new DmlParser(this);
        this.tables = new TableParser(this);
        this.alterations = new AlterTableParser(this);
        this.schema = new SchemaParser(this);
        this.procedures = new ProcedureParser(this);
        this.session = new SessionParser(this);
        this.cursors = new CursorParser(this);
        this.utilities = new UtilityParser(this);
        this.statements = new StatementParser(this);
    }

    /** The text from an offset to the end of the last token that was taken. */
    String textFrom(int offset) {
        return tokens.source().text().substring(offset, Math.max(offset, tokens.previousEnd()));
    }

    // Lifted literals --------------------------------------------------------------------------

    /**
     * What stands for a literal that was lifted; null for one that was not.
     *
     * @param minus whether its minus was just read
     */
    @Nullable Expression lifted(Token token, boolean minus, int position) {
        int place = lifted == null ? -1 : lifted.placeAt(token.start());
        if (lifted == null || place < 0 || lifted.isNegative(place) != minus) {
            return null;
        }
        liftedPlaces[place] = true;
        int index = lifted.indexOf(place);
        return new Expression.LiftedLiteral(index, lifted.kind(index), position);
    }

    /** Whether no literal that was lifted has become part of the tree nevertheless. */
    boolean allLifted() {
        for (boolean place : liftedPlaces) {
            if (!place) {
                return false;
            }
        }
        return true;
    }

    // Parameters -------------------------------------------------------------------------------

    /** The highest number of a parameter since the last reset. */
    int parameterCount() {
        return parameterCount;
    }

    void resetParameters() {
        parameterCount = 0;
        questionMarks = 0;
    }

    /** $n. */
    Expression.Parameter numberedParameter(Token token) {
        int number = token.text().length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(token.text());
        return parameter(number, token);
    }

    /** VoltDB's parameters are numbered by where they stand. */
    Expression.Parameter questionMark(Token token) {
        return parameter(++questionMarks, token);
    }

    private Expression.Parameter parameter(int number, Token token) {
        int position = tokens.position(token);
        if (number == 0) {
            throw tokens.error(ErrorCode.UNDEFINED_PARAMETER, "there is no parameter $0", position);
        }
        if (number > PARAMETERS_MAX) {
            throw tokens.error(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "statement has more than " + PARAMETERS_MAX + " parameters",
                            position)
                    .hint("Pass several values as an array, or send several statements.");
        }
        parameterCount = Math.max(parameterCount, number);
        return new Expression.Parameter(number, position);
    }
}
