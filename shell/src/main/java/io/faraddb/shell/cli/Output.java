package io.faraddb.shell.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where commands print: answers to one, everything else to the other. */
public record Output(PrintWriter out, PrintWriter errors) {

    /** The process's own, always in UTF-8. */
    public static Output standard() {
        return new Output(
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    void flush() {
        out.flush();
        errors.flush();
    }
}
