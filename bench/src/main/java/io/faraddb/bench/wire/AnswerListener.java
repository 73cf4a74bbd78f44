package io.faraddb.bench.wire;

/** Is told what the frames of answers hold, in their order. */
public interface AnswerListener {

    /** A row; {@code first} is its first value, to be read before this returns. */
    void row(FirstValue first);

    /**
     * A statement is done.
     *
     * @param rows the number behind its tag, 0 if there is none
     */
    void completed(long rows);

    /** The server reports an error; the answer still ends with {@link #ready}. */
    void failed(String sqlState, String message);

    /** All that was asked before the next Sync is answered. */
    void ready();
}
