package io.faraddb.engine.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import io.faraddb.engine.storage.Changes;
import io.faraddb.engine.storage.Overlay;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A site without its thread, over a log that answers when the test says so. */
class SiteTest {

    private static final long TRANSACTION = 7;

    private record Appended(
            LogPosition position, byte[] entry, CompletableFuture<LogPosition> answer) {}

    private static final class ScriptedLog implements PartitionLog {

        private final Deque<Appended> appends = new ArrayDeque<>();

        @Override
        public CompletableFuture<LogPosition> append(LogPosition position, byte[] entry) {
            CompletableFuture<LogPosition> answer = new CompletableFuture<>();
            appends.add(new Appended(position, entry, answer));
            return answer;
        }

        @Override
        public LogPosition endAtOpen() {
            return LogPosition.START;
        }

        @Override
        public void start(LogPosition after, Listener listener) {}

        @Override
        public CompletableFuture<Void> readBarrier() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void truncateThrough(LogPosition position) {}

        @Override
        public void close() {}
    }

    private final class Callbacks implements Site.SiteListener {

        @Override
        public void applied(LogPosition position, int transactions, int bytes) {}

        @Override
        public void undecided(LogRecord.Prepared prepared) {}

        @Override
        public void appendFailed(Batch batch, Throwable failure) {
            site.appendFailed(batch, (SqlException) failure);
        }
    }

    private final ScriptedLog log = new ScriptedLog();
    private final Partition partition = new Partition(0, Catalog.EMPTY);
    private final Site site = new Site(partition, log, SiteLimits.DEFAULT, new Callbacks());

    private void prepareInTwoEntries() {
        Changes none = new Overlay().toChanges();
        site.leadership(true, 1);
        site.append(new LogRecord.PreparedPart(TRANSACTION, none), null);
        site.seal();
        site.append(new LogRecord.Prepared(TRANSACTION, new int[] {0}, none), null);
        site.seal();
        commitNext();
    }

    private void commitNext() {
        Appended first = log.appends.remove();
        site.committed(first.position(), first.entry());
        first.answer().complete(first.position());
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"DISK_FULL", "IO_ERROR"})
    void partsOfATransactionAreForgottenWhenItsRestIsRefused(ErrorCode code) {
        prepareInTwoEntries();
        assertThat(partition.holdsParts()).isTrue();
        log.appends.remove().answer().completeExceptionally(new SqlException(code, "refused"));
        assertThat(partition.holdsParts()).isFalse();
    }

    /** It may be in the log, and decided by whoever leads then. */
    @Test
    void partsOfATransactionStayWhenTheOutcomeOfItsRestIsUnknown() {
        prepareInTwoEntries();
        site.leadership(false, 2);
        assertThat(partition.holdsParts()).isTrue();
        commitNext();
        assertThat(partition.holdsParts()).isFalse();
        assertThat(partition.prepared()).containsKey(TRANSACTION);
    }

    @Test
    void whoAsksForTheOutcomeWhileACommitIsUnderWayIsToldThatCommit() {
        Prepares prepares = new Prepares(site);
        Changes none = new Overlay().toChanges();
        site.leadership(true, 1);
        site.append(new LogRecord.Prepared(TRANSACTION, new int[] {0, 1}, none), null);
        site.seal();
        commitNext();

        CompletableFuture<Void> decided = new CompletableFuture<>();
        prepares.decide(TRANSACTION, true, false, decided);
        site.seal();
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        prepares.outcome(TRANSACTION, outcome);
        site.seal(true);
        while (!log.appends.isEmpty()) {
            commitNext();
        }
        assertThat(decided).isCompleted();
        assertThat(outcome).isCompletedWithValue(true);
        assertThat(partition.decisions().get(TRANSACTION)).matches(Partition.Decision::commit);
    }
}
