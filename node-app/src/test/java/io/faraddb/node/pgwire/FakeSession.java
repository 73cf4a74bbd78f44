package io.faraddb.node.pgwire;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.CopyOptions;
import io.faraddb.engine.session.CopyOptions.Format;
import io.faraddb.engine.session.Prepared;
import io.faraddb.engine.session.Result;
import io.faraddb.engine.session.Session;
import io.faraddb.engine.session.SessionListener;
import io.faraddb.engine.session.SkippedException;
import io.faraddb.engine.session.TransactionStatus;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.type.FormatSettings;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeOids;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Knows: select rows N; echo $1, ...; insert; fail; begin, commit, rollback; wait NAME; sleep;
 * those of select at once N are there when they are asked for; unprintable and misshapen rows;
 * notice TEXT; set NAME = VALUE; copy t from stdin FORMAT; copy t to stdout FORMAT; slow TEXT plans
 * late.
 */
final class FakeSession implements Session {

    static final List<Field> COPY_FIELDS =
            List.of(
                    new Field("id", SqlType.INTEGER, 16384, 1),
                    new Field("name", SqlType.varchar(10), 16384, 2));

    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

    private final FakeEngine engine;
    private final SessionListener listener;
    final Backend.Login login;
    final List<Boolean> alone = new ArrayList<>();
    private final CountDownLatch canceled = new CountDownLatch(1);
    // Written on the engine's thread only.
    private boolean failed;
    private TransactionStatus status = TransactionStatus.IDLE;
    volatile boolean closed;

    FakeSession(FakeEngine engine, SessionListener listener, Backend.Login login) {
        this.engine = engine;
        this.listener = listener;
        this.login = login;
    }

    private record FakePrepared(String sql, List<SqlType> parameters, @Nullable List<Field> fields)
            implements Prepared {
        @Override
        public boolean empty() {
            return sql.isBlank();
        }
    }

    private static boolean is(Prepared prepared, String start) {
        return prepared.sql().toLowerCase(Locale.ROOT).startsWith(start);
    }

    private static FakePrepared plan(String sql, int[] oids) {
        if (sql.startsWith("bad")) {
            throw new SqlException(ErrorCode.SYNTAX_ERROR, "syntax error at or near \"bad\"").at(1);
        }
        int count = 0;
        Matcher matcher = PARAMETER.matcher(sql);
        while (matcher.find()) {
            count = Math.max(count, Integer.parseInt(matcher.group(1)));
        }
        List<SqlType> parameters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int oid = i < oids.length ? oids[i] : 0;
            SqlType type = oid == 0 ? SqlType.TEXT : TypeOids.type(oid);
            parameters.add(type == null ? SqlType.TEXT : type);
        }
        List<Field> fields = null;
        if (sql.startsWith("unprintable")) {
            fields = List.of(Field.computed("r", SqlType.RECORD));
        } else if (sql.startsWith("select ") || sql.startsWith("misshapen")) {
            fields =
                    List.of(
                            new Field("n", SqlType.BIGINT, 0, 0),
                            new Field("t", SqlType.TEXT, 0, 0));
        } else if (sql.startsWith("echo")) {
            fields = parameters.stream().map(type -> Field.computed("p", type)).toList();
        }
        return new FakePrepared(sql, parameters, fields);
    }

    @Override
    public CompletableFuture<Prepared> prepare(String sql, int[] oids) {
        if (sql.startsWith("slow")) {
            return CompletableFuture.supplyAsync(() -> plan(sql.substring(5), oids), engine.thread);
        }
        try {
            return CompletableFuture.completedFuture(plan(sql, oids));
        } catch (SqlException e) {
            fail();
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletableFuture<Result> execute(
            Prepared prepared, @Nullable Object[] parameters, boolean isAlone) {
        alone.add(isAlone);
        if (is(prepared, "copy t from") || is(prepared, "sleep")) {
            CompletableFuture<Result> result = new CompletableFuture<>();
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            result.complete(run(prepared, parameters));
                        } catch (SqlException e) {
                            failed = true;
                            result.completeExceptionally(e);
                        }
                    });
            return result;
        }
        CompletableFuture<Result> result =
                CompletableFuture.supplyAsync(() -> guarded(prepared, parameters), engine.thread);
        if (is(prepared, "select at once")) {
            result.join();
        }
        return result;
    }

    private Result guarded(Prepared prepared, @Nullable Object[] parameters) {
        if (failed) {
            throw SkippedException.INSTANCE;
        }
        if (status == TransactionStatus.FAILED && !is(prepared, "rollback")) {
            failed = true;
            throw new SqlException(
                    ErrorCode.IN_FAILED_SQL_TRANSACTION,
                    "current transaction is aborted, commands ignored until end of"
                            + " transaction block");
        }
        try {
            return run(prepared, parameters);
        } catch (SqlException e) {
            markFailed();
            throw e;
        }
    }

    private void markFailed() {
        failed = true;
        if (status == TransactionStatus.IN_BLOCK) {
            status = TransactionStatus.FAILED;
        }
    }

    private Result run(Prepared prepared, @Nullable Object[] parameters) {
        String sql = prepared.sql();
        String[] words = sql.trim().split("\\s+");
        String last = words[words.length - 1];
        switch (words[0].toLowerCase(Locale.ROOT)) {
            case "select" -> {
                List<@Nullable Object[]> rows = new ArrayList<>();
                int count = Integer.parseInt(last);
                for (int i = 0; i < count; i++) {
                    rows.add(new Object[] {(long) i, "row " + i});
                }
                return new Result("SELECT " + count, prepared.fields(), rows);
            }
            case "echo" -> {
                List<@Nullable Object[]> rows = new ArrayList<>();
                rows.add(parameters);
                return new Result("SELECT 1", prepared.fields(), rows);
            }
            case "unprintable" -> {
                List<@Nullable Object[]> rows = new ArrayList<>();
                rows.add(new Object[] {List.of()});
                return new Result("SELECT 1", prepared.fields(), rows);
            }
            case "misshapen" -> {
                List<@Nullable Object[]> rows = new ArrayList<>();
                rows.add(new Object[] {"no number", 1L});
                return new Result("SELECT 1", prepared.fields(), rows);
            }
            case "insert" -> {
                return Result.command("INSERT 0 1");
            }
            case "fail" -> throw new SqlException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
            case "broken" -> throw new IllegalStateException("a defect");
            case "begin" -> status = TransactionStatus.IN_BLOCK;
            case "commit", "rollback" -> status = TransactionStatus.IDLE;
            case "wait" -> await(engine.latch(last));
            case "sleep" -> {
                await(canceled);
                throw new SqlException(
                        ErrorCode.QUERY_CANCELED, "canceling statement due to user request");
            }
            case "notice" ->
                    listener.notice("NOTICE", new SqlException(ErrorCode.INTERNAL_ERROR, last));
            case "set" -> listener.settingChanged(new Setting(words[1], last.replace("'", "")));
            case "copy" -> {
                return copy(words[2].equals("from"), last);
            }
            default -> throw new SqlException(ErrorCode.SYNTAX_ERROR, "unknown: " + sql);
        }
        return Result.command(words[0].toUpperCase(Locale.ROOT));
    }

    private Result copy(boolean from, String format) {
        CopyOptions options =
                switch (format) {
                    case "csv" -> CopyOptions.of(Format.CSV);
                    case "binary" -> CopyOptions.of(Format.BINARY);
                    default -> CopyOptions.of(Format.TEXT);
                };
        if (from) {
            int before = engine.copied.size();
            listener.copyIn("t", COPY_FIELDS, options, engine.copied::add);
            return Result.command("COPY " + (engine.copied.size() - before));
        }
        return new Result(
                "COPY " + engine.copied.size(),
                COPY_FIELDS,
                List.copyOf(engine.copied),
                null,
                options);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SqlException(ErrorCode.QUERY_CANCELED, "interrupted");
        }
    }

    @Override
    public CompletableFuture<TransactionStatus> sync() {
        return CompletableFuture.supplyAsync(
                () -> {
                    failed = false;
                    return status;
                },
                engine.thread);
    }

    @Override
    public CompletableFuture<TransactionStatus> query(String sql, ResultListener results) {
        CompletableFuture<TransactionStatus> done = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        if (sql.isBlank()) {
                            results.empty();
                        }
                        for (String one : sql.isBlank() ? new String[0] : sql.split(";")) {
                            Prepared prepared = plan(one.trim(), new int[0]);
                            results.result(guarded(prepared, new Object[0]));
                        }
                        done.complete(status);
                    } catch (RuntimeException e) {
                        markFailed();
                        done.completeExceptionally(e);
                    }
                });
        return done;
    }

    @Override
    public void fail() {
        engine.thread.execute(this::markFailed);
    }

    @Override
    public int backendId() {
        return engine.sessions.indexOf(this) + 1;
    }

    @Override
    public FormatSettings formats() {
        return FormatSettings.DEFAULT;
    }

    @Override
    public void cancel() {
        canceled.countDown();
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public List<Setting> reportedSettings() {
        return List.of(
                new Setting("server_version", "15.0"),
                new Setting("server_encoding", "UTF8"),
                new Setting("client_encoding", "UTF8"),
                new Setting("DateStyle", "ISO, MDY"),
                new Setting("integer_datetimes", "on"),
                new Setting("standard_conforming_strings", "on"),
                new Setting("TimeZone", "UTC"));
    }
}
