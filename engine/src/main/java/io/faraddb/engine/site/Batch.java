package io.faraddb.engine.site;

import io.faraddb.engine.error.SqlException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes one log entry, and who waits for it. */
final class Batch {

    private final List<LogRecord> records = new ArrayList<>();
    private final List<Completion> completions = new ArrayList<>();
    private int bytes;
    private boolean urgent;

    /** Somebody who waits until the entry is committed or lost. */
    @FunctionalInterface
    interface Completion {
        /**
         * @param failure null when it is committed
         */
        void done(@Nullable SqlException failure);
    }

    void add(LogRecord logRecord) {
        records.add(logRecord);
        bytes += EntryCodec.sizeOf(logRecord);
    }

    void await(Completion completion) {
        completions.add(completion);
    }

    /** The log may take it where it takes no more. */
    void makeUrgent() {
        urgent = true;
    }

    boolean urgent() {
        return urgent;
    }

    List<LogRecord> records() {
        return records;
    }

    int bytes() {
        return bytes;
    }

    boolean empty() {
        return records.isEmpty();
    }

    void complete(@Nullable SqlException failure) {
        completions.forEach(completion -> completion.done(failure));
    }

    void completeLater(Batch into) {
        into.completions.addAll(completions);
        completions.clear();
    }
}
