package io.faraddb.node.pgwire;

/**
 * The answer to what was done ahead of its turn, such as a named statement: undone if it turns out
 * that a failure came before.
 */
record UndoableAnswer(FixedAnswer answer, Runnable undo) implements Answer {

    @Override
    public Progress write(Output out) {
        return answer.write(out);
    }

    @Override
    public Progress skip() {
        undo.run();
        return Progress.DONE;
    }
}
