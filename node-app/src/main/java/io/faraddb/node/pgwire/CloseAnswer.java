package io.faraddb.node.pgwire;

/** The answer to Close, which takes effect in its turn. */
record CloseAnswer(Runnable effect, Runnable undo) implements Answer {

    @Override
    public Progress write(Output out) {
        effect.run();
        return FixedAnswer.CLOSE_COMPLETE.write(out);
    }

    @Override
    public Progress skip() {
        undo.run();
        return Progress.DONE;
    }
}
