package io.faraddb.node.pgwire;

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
}
