package io.faraddb.shell.print;

import java.io.PrintWriter;
import java.util.List;

/** Prints a table in one format. */
public interface Printer {

    /** Prints the columns' names and all rows. */
    void print(List<Column> columns, RowSource rows, PrintWriter out) throws Exception;

    /** The one that gives each value a line. */
    static Printer vertical() {
        return new VerticalPrinter();
    }

    /** Whether people read this, so that remarks such as "INSERT 3" belong among the rows. */
    boolean forPeople();
}
