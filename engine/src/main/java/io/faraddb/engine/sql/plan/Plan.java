package io.faraddb.engine.sql.plan;

import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Holding;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.sql.exec.write.Write;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement ready to run, any number of times, by any number of sessions at once. */
public sealed interface Plan {

    Routing routing();

    /** Types of $1, $2, ... */
    List<SqlType> parameters();

    /** Columns of its rows; null if it gives none. */
    @Nullable List<Field> fields();

    boolean readOnly();

    /** Whether a run takes no longer than handing it to another thread would. */
    default boolean brief() {
        return false;
    }

    /** SELECT, INSERT, UPDATE or DELETE. */
    String verb();

    /** Runs it whole. */
    Outcome run(Frame frame);

    /**
     * @param verb the statement's first word
     * @param count rows given or written
     */
    record Outcome(String verb, long count, List<@Nullable Object[]> rows) {

        /** As CommandComplete carries it. */
        public String tag() {
            return (verb.equals("INSERT") ? "INSERT 0 " : verb + " ") + count;
        }
    }

    /**
     * A plan that reads.
     *
     * @param brief whether it looks at one row by its key and computes next to nothing
     */
    record Query(
            Operator root,
            Routing routing,
            List<Field> fields,
            List<SqlType> parameters,
            boolean brief)
            implements Plan {

        @Override
        public boolean readOnly() {
            return true;
        }

        @Override
        public String verb() {
            return "SELECT";
        }

        /** Its rows, computed as they are taken. */
        public Rows open(Frame frame) {
            return root.open(frame);
        }

        @Override
        public Outcome run(Frame frame) {
            List<@Nullable Object[]> held = new ArrayList<>();
            Rows rows = open(frame);
            Holding holding = frame.execution().holding();
            for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
                held.add(row);
                holding.add(row);
            }
            return new Outcome(verb(), held.size(), held);
        }
    }

    /** A plan that writes. */
    record Modification(
            String verb,
            Write write,
            Routing routing,
            @Nullable List<Field> fields,
            List<SqlType> parameters)
            implements Plan {

        @Override
        public boolean readOnly() {
            return false;
        }

        @Override
        public Outcome run(Frame frame) {
            Write.Outcome outcome = write.run(frame);
            return new Outcome(verb, outcome.count(), outcome.returned());
        }
    }
}
