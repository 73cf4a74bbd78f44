package io.faraddb.node.pgwire.connection;

import io.faraddb.node.pgwire.codec.BackendWriter;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** Answers that are always the same. */
enum FixedAnswer implements Answer {
    PARSE_COMPLETE(BackendWriter::parseComplete),
    BIND_COMPLETE(BackendWriter::bindComplete),
    CLOSE_COMPLETE(BackendWriter::closeComplete),
    NO_DATA(BackendWriter::noData),
    EMPTY_QUERY(BackendWriter::emptyQueryResponse);

    private final Consumer<ByteBuf> message;

    FixedAnswer(Consumer<ByteBuf> message) {
        this.message = message;
    }

    @Override
    public Progress write(Output out) {
        message.accept(out.buffer());
        return Progress.DONE;
    }

    /**
     * This answer to what takes effect in its turn, or was done ahead of it and is undone if it
     * turns out that a failure came before.
     */
    Answer with(Runnable effect, Runnable undo) {
        return new Effective(this, effect, undo);
    }

    private record Effective(FixedAnswer answer, Runnable effect, Runnable undo) implements Answer {

        @Override
        public Progress write(Output out) {
            effect.run();
            return answer.write(out);
        }

        @Override
        public Progress skip() {
            undo.run();
            return Progress.DONE;
        }
    }
}
