package io.faraddb.shell.print;

import java.util.Locale;
import java.util.Optional;

/** The formats there are. */
public enum Format {
    /** For people. */
    TABLE(new AlignedPrinter()),
    /** For spreadsheets and pipes. */
    CSV(new CsvPrinter()),
    /** For programs. */
    JSON(new JsonPrinter());

    private final Printer printer;

    Format(Printer printer) {
        this.printer = printer;
    }

    /** What prints it. */
    public Printer printer() {
        return printer;
    }

    /** The format of that name. */
    public static Optional<Format> named(String name) {
        for (Format format : values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
