package io.faraddb.engine.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.FaultyLog;
import io.faraddb.engine.MemoryLog;
import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import io.faraddb.engine.storage.Changes;
import io.faraddb.engine.storage.Overlay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A site without its thread, over a log that answers when the test says so. */
class SiteTest {

    private static final long TRANSACTION = 7;

    private final class Applying implements PartitionLog.Listener {

        @Override
        public void committed(LogPosition position, byte[] entry) {
            site.committed(position, entry);
        }

        @Override
        public void replayed(LogPosition last) {}

        @Override
        public void leadership(boolean leads, long term) {
            site.leadership(leads, term);
        }

        @Override
        public void failed(Throwable cause) {
            throw new AssertionError(cause);
        }
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

    private final FaultyLog log = new FaultyLog(new MemoryLog(), Duration.ZERO);
    private final Partition partition = new Partition(0, Catalog.EMPTY);
    private final Site site = new Site(partition, log, SiteLimits.DEFAULT, new Callbacks());
    private int answered;

    @BeforeEach
    void lead() {
        log.answerNone();
        log.start(LogPosition.START, new Applying());
    }

    private void prepareInTwoEntries() {
        Changes none = new Overlay().toChanges();
        site.append(new LogRecord.PreparedPart(TRANSACTION, none), null);
        site.seal();
        site.append(new LogRecord.Prepared(TRANSACTION, new int[] {0}, none), null);
        site.seal();
        next().take();
    }

    private FaultyLog.Kept next() {
        return log.kept().get(answered++);
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"DISK_FULL", "IO_ERROR"})
    void partsOfATransactionAreForgottenWhenItsRestIsRefused(ErrorCode code) {
        prepareInTwoEntries();
        assertThat(partition.holdsParts()).isTrue();
        next().refuse(code);
        assertThat(partition.holdsParts()).isFalse();
    }

    /** It may be in the log, and decided by whoever leads then. */
    @Test
    void partsOfATransactionStayWhenTheOutcomeOfItsRestIsUnknown() {
        prepareInTwoEntries();
        site.leadership(false, 2);
        assertThat(partition.holdsParts()).isTrue();
        next().take();
        assertThat(partition.holdsParts()).isFalse();
        assertThat(partition.prepared()).containsKey(TRANSACTION);
    }

    @Test
    void whoAsksForTheOutcomeWhileACommitIsUnderWayIsToldThatCommit() {
        Prepares prepares = new Prepares(site);
        Changes none = new Overlay().toChanges();
        site.append(new LogRecord.Prepared(TRANSACTION, new int[] {0, 1}, none), null);
        site.seal();
        next().take();

        CompletableFuture<Void> decided = new CompletableFuture<>();
        prepares.decide(TRANSACTION, true, false, decided);
        site.seal();
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        prepares.outcome(TRANSACTION, outcome);
        site.seal(true);
        while (answered < log.kept().size()) {
            next().take();
        }
        assertThat(decided).isCompleted();
        assertThat(outcome).isCompletedWithValue(true);
        assertThat(partition.decisions().get(TRANSACTION)).matches(Partition.Decision::commit);
    }
}
