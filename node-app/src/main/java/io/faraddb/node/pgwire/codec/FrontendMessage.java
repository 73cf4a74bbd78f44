package io.faraddb.node.pgwire.codec;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;

/** What a client says, but Bind: its values are read in place by {@link BindReader}. */
public sealed interface FrontendMessage {

    /** The first packet of a connection; these have no type byte. */
    sealed interface First extends FrontendMessage {}

    /**
     * @param minor of protocol 3
     * @param parameters user, database and settings, in the order sent
     * @param extensions names that begin with {@code _pq_.}
     */
    record Startup(int minor, Map<String, String> parameters, List<String> extensions)
            implements First {}

    record SslRequest() implements First {}

    record GssEncryptionRequest() implements First {}

    record CancelRequest(int backendId, int secret) implements First {}

    /** The mechanism that the client chose and its first words. */
    record SaslInitialResponse(String mechanism, byte[] data) implements FrontendMessage {}

    record SaslResponse(byte[] data) implements FrontendMessage {}

    record Query(String sql) implements FrontendMessage {}

    /**
     * @param parameterOids 0 where the server is to infer the type
     */
    record Parse(String statement, String sql, int[] parameterOids) implements FrontendMessage {}

    /**
     * @param portal whether it is about a portal instead of a statement
     */
    record Describe(boolean portal, String name) implements FrontendMessage {}

    /**
     * @param portal whether it is about a portal instead of a statement
     */
    record Close(boolean portal, String name) implements FrontendMessage {}

    /**
     * @param rowsMax 0 without a limit
     */
    record Execute(String portal, int rowsMax) implements FrontendMessage {}

    record Sync() implements FrontendMessage {
        static final Sync INSTANCE = new Sync();
    }

    record Flush() implements FrontendMessage {
        static final Flush INSTANCE = new Flush();
    }

    record Terminate() implements FrontendMessage {
        static final Terminate INSTANCE = new Terminate();
    }

    /**
     * @param data a slice of what came in; retain it to keep it
     */
    record CopyData(ByteBuf data) implements FrontendMessage {}

    record CopyDone() implements FrontendMessage {
        static final CopyDone INSTANCE = new CopyDone();
    }

    record CopyFail(String message) implements FrontendMessage {}

    record FunctionCall() implements FrontendMessage {
        static final FunctionCall INSTANCE = new FunctionCall();
    }
}
