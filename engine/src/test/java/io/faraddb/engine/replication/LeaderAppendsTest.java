package io.faraddb.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a leader lets into its log. */
class LeaderAppendsTest {

    private final LeaderAppends appends = new LeaderAppends(0);

    private PendingAppend issue(long term, long index, int length) {
        PendingAppend append = PendingAppend.entry(new LogPosition(term, index), new byte[length]);
        assertThat(appends.issue(append)).isSameAs(append);
        return append;
    }

    private @Nullable ErrorCode accept(PendingAppend append, int offset) {
        SqlException refusal = appends.accept(append.part(offset, 10, 0));
        return refusal == null ? null : refusal.code();
    }

    @Test
    void onlyTheNextIndexIsLetIn() {
        appends.lead(3, 7);
        PendingAppend eighth = issue(3, 8, 5);
        PendingAppend again = issue(3, 8, 5);
        PendingAppend tenth = issue(3, 10, 5);
        assertThat(accept(tenth, 0)).isEqualTo(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE);
        assertThat(accept(eighth, 0)).isNull();
        assertThat(accept(again, 0)).isEqualTo(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE);
        assertThat(eighth.appended()).isTrue();
        assertThat(again.appended()).isFalse();
        assertThat(appends.committed(new LogPosition(3, 8))).isSameAs(eighth);
        assertThat(appends.committed(new LogPosition(3, 8))).isNull();
    }

    @Test
    void thoseBehindAFailedOneFailLikeIt() {
        appends.lead(3, 0);
        PendingAppend first = issue(3, 1, 5);
        PendingAppend second = issue(3, 2, 5);
        assertThat(appends.refused(first, Refusals.queueFull())).isTrue();
        assertThat(appends.refused(first, Refusals.queueFull())).isFalse();
        assertThat(accept(second, 0)).isEqualTo(ErrorCode.INSUFFICIENT_RESOURCES);
        assertThat(accept(issue(3, 1, 5), 0)).isNull();
        assertThat(accept(issue(3, 3, 5), 0)).isEqualTo(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE);
    }

    @Test
    void largeEntryIsAppendedWithItsLastPartAndMayBeginAnew() {
        appends.lead(1, 0);
        PendingAppend broken = issue(1, 1, 25);
        assertThat(accept(broken, 0)).isNull();
        assertThat(accept(broken, 20)).isNotNull();
        appends.refused(broken, Refusals.notLeading(0));
        PendingAppend whole = issue(1, 1, 25);
        assertThat(accept(whole, 10)).isNotNull();
        assertThat(accept(whole, 0)).isNull();
        assertThat(accept(whole, 10)).isNull();
        assertThat(whole.appended()).isFalse();
        assertThat(accept(whole, 20)).isNull();
        assertThat(whole.appended()).isTrue();
        assertThat(broken.appended()).isFalse();
    }

    @Test
    void nothingOfALeadOutlivesIt() {
        assertThat(appends.issue(PendingAppend.entry(LogPosition.START, new byte[1]))).isNull();
        appends.lead(1, 0);
        PendingAppend in = issue(1, 1, 5);
        PendingAppend waiting = issue(1, 2, 5);
        assertThat(accept(in, 0)).isNull();
        assertThat(appends.depose()).containsExactly(in, waiting);
        assertThat(accept(waiting, 0)).isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
        for (PendingAppend append : new PendingAppend[] {in, waiting}) {
            append.lost(Refusals.notLeading(0), Refusals.outcomeUnknown(0));
        }
        assertThat(((SqlException) in.done().exceptionNow()).code())
                .isEqualTo(ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN);
        assertThat(((SqlException) waiting.done().exceptionNow()).code())
                .isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);

        appends.lead(2, 1);
        assertThat(accept(waiting, 0)).isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
        assertThat(appends.issue(PendingAppend.entry(new LogPosition(1, 2), new byte[1]))).isNull();
        assertThat(appends.committed(new LogPosition(1, 1))).isNull();
        assertThat(accept(issue(2, 2, 5), 0)).isNull();
    }
}
