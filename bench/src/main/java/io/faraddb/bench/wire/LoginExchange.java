package io.faraddb.bench.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers what a server asks at log-in, until it is ready. */
final class LoginExchange implements AnswerListener {

    private static final int OK = 0;
    private static final int CLEARTEXT = 3;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;

    private final ScramClient scram;
    private final MessageWriter writer;
    private boolean ready;
    private @Nullable ServerFailure failure;

    LoginExchange(ScramClient scram, MessageWriter writer) {
        this.scram = scram;
        this.writer = writer;
    }

    boolean isReady() throws ServerFailure {
        if (failure != null) {
            throw failure;
        }
        return ready;
    }

    void asked(int request, byte[] body) throws IOException {
        switch (request) {
            case OK -> {
                // Settings follow, then the server is ready.
            }
            case SASL -> {
                List<String> offered =
                        Arrays.asList(new String(body, StandardCharsets.US_ASCII).split("\0"));
                if (!offered.contains(ScramClient.MECHANISM)) {
                    throw new IOException("the server offers " + offered + " only");
                }
                writer.saslInitial(ScramClient.MECHANISM, scram.first());
            }
            case SASL_CONTINUE ->
                    writer.saslResponse(scram.last(new String(body, StandardCharsets.UTF_8)));
            case SASL_FINAL -> scram.verify(new String(body, StandardCharsets.UTF_8));
            case CLEARTEXT ->
                    throw new IOException("the server wants the password unencrypted: refused");
            default -> throw new IOException("the server asks for login method " + request);
        }
    }

    @Override
    public void row(FirstValue first) {}

    @Override
    public void completed(long rows) {}

    @Override
    public void failed(String sqlState, String message) {
        failure = new ServerFailure(sqlState, message);
    }

    @Override
    public void ready() {
        ready = true;
    }
}
