package io.faraddb.node.pgwire.connection;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.CopyOptions;
import io.faraddb.engine.session.Session;
import io.faraddb.engine.session.SessionListener;
import io.faraddb.engine.session.TransactionStatus;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.type.FormatSettings;
import io.faraddb.node.pgwire.codec.BackendWriter;
import io.faraddb.node.pgwire.codec.FrontendMessage;
import io.faraddb.node.pgwire.codec.FrontendReader;
import io.faraddb.node.pgwire.copy.CopyInput;
import io.faraddb.node.pgwire.copy.CopyReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A client that logged in: takes its messages apart, calls the session, keeps the answers in order.
 * Belongs to its event loop, except where a method says otherwise.
 */
public final class Connection extends ChannelInboundHandlerAdapter implements SessionListener {

    private static final int UNPROCESSED_BYTES_MAX = 64 << 10;

    private final PgServerConfig config;
    private final PgMetrics metrics;
    private final Runnable onClose;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Runnable advance = this::advance;
    private final Events asides = new Events(this::wake);

    private @Nullable ChannelHandlerContext context;
    private @Nullable Session session;
    private @Nullable Output out;
    private @Nullable Answers answers;
    private @Nullable ExtendedQuery extended;
    private @Nullable ScheduledFuture<?> stallTimer;

    private @Nullable ByteBuf received;
    private boolean processing;
    private boolean ignoring;
    private boolean waitingForPlan;
    private boolean waitingForQuiet;
    private boolean draining;
    private boolean ended;
    private TransactionStatus status = TransactionStatus.IDLE;
    // What a query or COPY in progress tells goes here; until its end nothing else is processed.
    private volatile @Nullable Events stream;
    private @Nullable CopyInput copyIn;

    /**
     * @param onClose called once, when the connection is gone
     */
    public Connection(PgServerConfig config, PgMetrics metrics, Runnable onClose) {
        this.config = config;
        this.metrics = metrics;
        this.onClose = onClose;
    }

    /** Before any message; the handler has been added to its channel. */
    public void begin(ChannelHandlerContext channelContext, Session opened) {
        context = channelContext;
        session = opened;
        Output output = new Output(channelContext, metrics);
        out = output;
        Answers ordered = new Answers(output, this::wake, this::writeAsides);
        answers = ordered;
        extended = new ExtendedQuery(opened, ordered, this);
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    public Session session() {
        return Objects.requireNonNull(session);
    }

    private Output out() {
        return Objects.requireNonNull(out);
    }

    private Answers answers() {
        return Objects.requireNonNull(answers);
    }

    private ExtendedQuery extended() {
        return Objects.requireNonNull(extended);
    }

    /** Writes what a client is told between log-in and its first question. */
    public void writeGreeting(int secret) {
        ByteBuf buffer = out().buffer();
        for (Session.Setting setting : session().reportedSettings()) {
            BackendWriter.parameterStatus(buffer, setting.name(), setting.value());
        }
        BackendWriter.backendKeyData(buffer, session().backendId(), secret);
        BackendWriter.readyForQuery(buffer, status.code());
        out().flush();
    }

    // What comes in.

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (ended) {
            bytes.release();
            return;
        }
        metrics.received(bytes.readableBytes());
        ByteBuf before = received;
        received =
                before == null
                        ? bytes
                        : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), before, bytes);
        process();
    }

    /** What has an answer coming goes out with it: a client waits for all of it anyhow. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (answers().isEmpty()) {
            out().flush();
        }
    }

    private boolean mayProcess() {
        if (ended || waitingForPlan || waitingForQuiet || !context().channel().isWritable()) {
            return false;
        }
        if (stream != null) {
            CopyInput input = copyIn;
            return input != null && input.hasRoom();
        }
        return answers().size() < PgServerConfig.ANSWERS_MAX;
    }

    /** Handles all messages that are whole and whose turn it is. */
    private void process() {
        if (processing) {
            return;
        }
        processing = true;
        try {
            ByteBuf bytes = received;
            while (bytes != null && mayProcess() && processNext(bytes)) {
                bytes = received;
            }
            if (bytes != null && !bytes.isReadable()) {
                bytes.release();
                received = null;
            }
        } finally {
            processing = false;
        }
        regulateReading();
    }

    /** A client whose messages can't be handled now is not read from for long. */
    private void regulateReading() {
        ByteBuf bytes = received;
        boolean read =
                bytes == null || mayProcess() || bytes.readableBytes() < UNPROCESSED_BYTES_MAX;
        if (context().channel().config().isAutoRead() != read) {
            context().channel().config().setAutoRead(read);
        }
    }

    /** Whether there was a message to handle. */
    private boolean processNext(ByteBuf bytes) {
        int available = bytes.readableBytes();
        if (available < FrontendReader.HEADER_BYTES) {
            return false;
        }
        int start = bytes.readerIndex();
        byte type = bytes.getByte(start);
        int length = bytes.getInt(start + 1);
        if (!FrontendReader.isType(type)) {
            fatal("invalid frontend message type " + (type & 0xFF), null);
            return false;
        }
        if (length < 4 || length > config.messageBytesMax()) {
            fatal(
                    "invalid message length",
                    "A message may have "
                            + config.messageBytesMax()
                            + " bytes: farad.pg.message-size-max.");
            return false;
        }
        int whole = length + 1;
        if (available < whole) {
            return false;
        }
        if (type == FrontendReader.EXECUTE && available == whole && !ignoring) {
            // Whether a sync follows tells if it is a transaction of its own. A client that wants
            // an answer has to send more anyhow.
            return false;
        }
        boolean syncFollows =
                available > whole && bytes.getByte(start + whole) == FrontendReader.SYNC;
        int end = bytes.writerIndex();
        bytes.setIndex(start + FrontendReader.HEADER_BYTES, start + whole);
        boolean handled = handle(type, bytes, syncFollows);
        bytes.setIndex(handled ? start + whole : start, end);
        waitingForQuiet = !handled;
        return handled;
    }

    /** Whether it is done with; if not, it comes again when no answer is in flight. */
    private boolean handle(byte type, ByteBuf body, boolean syncFollows) {
        try {
            if (copyIn != null) {
                handleInCopy(copyIn, type, body);
                return true;
            }
            if (ignoring && type != FrontendReader.SYNC && type != FrontendReader.TERMINATE) {
                return true;
            }
            if (type == FrontendReader.BIND) {
                return extended().bind(body);
            }
            return handle(FrontendReader.read(type, body), syncFollows);
        } catch (SqlException refused) {
            failSession();
            answers().add(new ErrorAnswer(refused));
            if (type == FrontendReader.QUERY || type == FrontendReader.FUNCTION_CALL) {
                extended().sync();
            } else {
                ignoring = true;
            }
            return true;
        }
    }

    private boolean handle(FrontendMessage message, boolean syncFollows) {
        switch (message) {
            case FrontendMessage.Parse parse -> {
                return extended().parse(parse);
            }
            case FrontendMessage.Describe describe -> {
                return extended().describe(describe);
            }
            case FrontendMessage.Execute execute -> {
                return extended().execute(execute, syncFollows);
            }
            case FrontendMessage.Sync sync -> {
                ignoring = false;
                extended().sync();
            }
            case FrontendMessage.Close close -> extended().close(close);
            case FrontendMessage.Query query -> query(query.sql());
            case FrontendMessage.FunctionCall call ->
                    throw SqlException.unsupported("the function call protocol")
                            .hint("Use SELECT with the function.");
            case FrontendMessage.Terminate terminate -> {
                if (!answers().isEmpty()) {
                    return false;
                }
                end();
            }
            // Answers are flushed whenever all that is there has been handled.
            case FrontendMessage.Flush flush -> {}
            // The rest of a COPY that failed.
            case FrontendMessage.CopyData data -> {}
            case FrontendMessage.CopyDone done -> {}
            case FrontendMessage.CopyFail fail -> {}
            case FrontendMessage.First first -> throw FrontendReader.violation("not a message");
            case FrontendMessage.SaslInitialResponse sasl ->
                    throw FrontendReader.violation("not a message");
            case FrontendMessage.SaslResponse sasl ->
                    throw FrontendReader.violation("not a message");
        }
        return true;
    }

    private void handleInCopy(CopyInput input, byte type, ByteBuf body) {
        switch (type) {
            case FrontendReader.COPY_DATA -> input.add(body);
            case FrontendReader.COPY_DONE -> {
                copyIn = null;
                input.end();
            }
            case FrontendReader.COPY_FAIL -> {
                copyIn = null;
                String reason =
                        ((FrontendMessage.CopyFail) FrontendReader.read(type, body)).message();
                input.fail(
                        new SqlException(
                                ErrorCode.QUERY_CANCELED, "COPY from stdin failed: " + reason));
            }
            // Clients that send them ahead of the answer to Execute mean no harm.
            case FrontendReader.FLUSH, FrontendReader.SYNC -> {}
            case FrontendReader.TERMINATE -> end();
            default -> {
                copyIn = null;
                input.fail(
                        FrontendReader.violation(
                                "unexpected message type 0x%02X during COPY from stdin"
                                        .formatted(type)));
            }
        }
    }

    private void query(String sql) {
        extended().queryBegins();
        Events events = block();
        CompletableFuture<TransactionStatus> done = session().query(sql, events);
        answers().add(new QueryAnswer(this, done, events));
    }

    // What the parts of the connection ask for.

    /** Nothing more is processed until {@link #unblock}. */
    Events block() {
        Events events = new Events(this::wake);
        stream = events;
        return events;
    }

    void unblock() {
        stream = null;
        copyIn = null;
    }

    /** Processes nothing until a plan is there. */
    void waitFor(CompletableFuture<?> plan, Runnable then) {
        waitingForPlan = true;
        var unused =
                plan.whenComplete((value, failure) ->
                        context()
                                .executor()
                                .execute(() -> {
                                    if (!ended) {
                                        waitingForPlan = false;
                                        then.run();
                                        advance();
                                    }
                                }));
    }

    void ignoreUntilSync() {
        ignoring = true;
    }

    FormatSettings formats() {
        return session().formats();
    }

    CompletableFuture<TransactionStatus> sync() {
        return session().sync();
    }

    void failSession() {
        session().fail();
    }

    /** Fails what was asked for since a sync, unless the next one has been handed on already. */
    void failSessionBefore(long sync) {
        if (extended().isSince(sync)) {
            session().fail();
        }
    }

    /** Writes a failure in its turn; some end the connection. */
    void writeError(SqlException error) {
        boolean fatal = Failures.isFatal(error);
        BackendWriter.error(out().buffer(), fatal ? "FATAL" : "ERROR", error);
        if (fatal) {
            end();
        }
    }

    /** The client was told a status. */
    void ready(TransactionStatus told, long sync) {
        status = told;
        extended().ready(told, sync);
    }

    // What comes from the engine.

    /** On any thread: there may be something to write. */
    private void wake() {
        if (woken.compareAndSet(false, true)) {
            context().executor().execute(advance);
        }
    }

    /** A defect ends the connection: a client that hears nothing would wait for ever. */
    private void advance() {
        try {
            writeWhatIsReady();
        } catch (RuntimeException defect) {
            exceptionCaught(context(), defect);
        }
    }

    private void writeWhatIsReady() {
        woken.set(false);
        if (ended) {
            return;
        }
        writeAsides();
        answers().advance();
        if (!ended && answers().isEmpty()) {
            waitingForQuiet = false;
            if (draining && stream == null && status == TransactionStatus.IDLE) {
                shutDown();
            }
        }
        if (!ended) {
            process();
        }
        out().flush();
    }

    private void writeAsides() {
        Events.Event event = asides.peek();
        while (event != null) {
            writeAside(event);
            asides.remove();
            event = asides.peek();
        }
    }

    /** Writes what is told beside the answers. */
    void writeAside(Events.Event event) {
        switch (event) {
            case Events.Notice(String severity, SqlException notice) ->
                    BackendWriter.notice(out().buffer(), severity, notice);
            case Events.SettingChanged(Session.Setting setting) ->
                    BackendWriter.parameterStatus(out().buffer(), setting.name(), setting.value());
            case Events.CopyInBegins(CopyInput input, CopyOptions options, int columns) -> {
                boolean binary = options.format() == CopyOptions.Format.BINARY;
                BackendWriter.copyIn(out().buffer(), binary, columns);
                copyIn = input;
            }
            case Events.StatementDone done -> {}
            case Events.EmptyStatement empty -> {}
        }
    }

    /** On any thread. */
    @Override
    public void notice(String severity, SqlException notice) {
        tell(new Events.Notice(severity, notice));
    }

    /** On any thread. */
    @Override
    public void settingChanged(Session.Setting setting) {
        tell(new Events.SettingChanged(setting));
    }

    private void tell(Events.Event event) {
        Events running = stream;
        (running != null ? running : asides).add(event);
    }

    /** On the session's virtual thread. */
    @Override
    public void copyIn(String table, List<Field> fields, CopyOptions options, RowSink sink) {
        CopyInput input = new CopyInput(this::wake);
        tell(new Events.CopyInBegins(input, options, fields.size()));
        try {
            new CopyReader(input, options, table, fields, formats()).read(sink);
        } finally {
            input.abandon();
        }
    }

    // The end.

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ScheduledFuture<?> timer = stallTimer;
        if (ctx.channel().isWritable()) {
            if (timer != null) {
                timer.cancel(false);
                stallTimer = null;
            }
            wake();
        } else if (timer == null) {
            stallTimer =
                    ctx.executor()
                            .schedule(
                                    this::cutOff,
                                    config.writeStallTimeout().toMillis(),
                                    TimeUnit.MILLISECONDS);
        }
    }

    private void cutOff() {
        metrics.clientStalled();
        var unused = context().close();
    }

    private void fatal(String message, @Nullable String hint) {
        SqlException error = FrontendReader.violation(message);
        BackendWriter.error(out().buffer(), "FATAL", hint == null ? error : error.hint(hint));
        end();
    }

    /** On any thread: closes the connection when its transaction is over. */
    public void drain() {
        context()
                .executor()
                .execute(() -> {
                    draining = true;
                    advance();
                });
    }

    /** On any thread: closes the connection whatever it does. */
    public void shutDownNow() {
        context().executor().execute(this::shutDown);
    }

    private void shutDown() {
        if (!ended) {
            SqlException shutdown =
                    new SqlException(
                            ErrorCode.ADMIN_SHUTDOWN,
                            "terminating connection due to administrator command");
            BackendWriter.error(out().buffer(), "FATAL", shutdown);
            end();
        }
    }

    /** Nothing is handled any more; what is written goes out, then the channel is closed. */
    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        out().flush();
        var unused =
                context()
                        .writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER)
                        .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended = true;
        SqlException gone =
                new SqlException(
                        ErrorCode.CONNECTION_FAILURE,
                        "unexpected EOF on client connection with an open transaction");
        CopyInput input = copyIn;
        if (input != null) {
            input.fail(gone);
        }
        Events running = stream;
        if (running != null) {
            running.close();
        }
        ScheduledFuture<?> timer = stallTimer;
        if (timer != null) {
            timer.cancel(false);
        }
        ByteBuf bytes = received;
        received = null;
        if (bytes != null && !processing) {
            bytes.release();
        }
        out().release();
        session().cancel();
        session().close();
        onClose.run();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof java.io.IOException) && !ended) {
            BackendWriter.error(out().buffer(), "FATAL", Failures.toSql(cause));
            end();
        } else {
            var unused = ctx.close();
        }
    }
}
