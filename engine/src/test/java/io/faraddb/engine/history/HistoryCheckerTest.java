package io.faraddb.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.history.Done.Append;
import io.faraddb.engine.history.Done.Read;
import io.faraddb.engine.history.Done.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryCheckerTest {

    private static final long END = 1_000;

    private final List<Done> history = new ArrayList<>();

    private void done(String name, long begun, long ended, Step... steps) {
        history.add(new Done(name, begun, ended, List.of(steps)));
    }

    private static Step read(String list, Integer... values) {
        return new Read(list, List.of(values));
    }

    private static Step append(String list, int value) {
        return new Append(list, value);
    }

    @Test
    void takesWhatHasAnOrder() {
        done("a", 0, 10, append("x", 1));
        done("b", 0, 12, read("x"), append("y", 2), read("y", 2));
        done("c", 5, 20, read("x", 1), append("x", 3), read("x", 1, 3));
        done("end", END, END, read("x", 1, 3), read("y", 2));
        assertThat(HistoryChecker.complaints(history)).isEmpty();
    }

    @Test
    void seesWriteSkew() {
        done("a", 0, 10, read("x"), append("y", 1));
        done("b", 0, 10, read("y"), append("x", 2));
        done("end", END, END, read("x", 2), read("y", 1));
        assertThat(HistoryChecker.complaints(history).toString())
                .contains("a read x before it was written by")
                .contains("b read y before it was written by");
    }

    @Test
    void seesAStaleRead() {
        done("a", 0, 10, append("x", 1));
        done("b", 11, 20, read("x"));
        done("end", END, END, read("x", 1));
        assertThat(HistoryChecker.complaints(history).toString())
                .contains("a ended before")
                .contains("b read x before it was written by");
    }

    @Test
    void seesHalfATransaction() {
        done("a", 0, 10, append("x", 1), append("y", 1));
        done("b", 0, 10, read("x", 1), read("y"));
        done("end", END, END, read("x", 1), read("y", 1));
        assertThat(HistoryChecker.complaints(history).toString())
                .contains("a wrote x read by")
                .contains("b read y before it was written by");
    }

    @Test
    void seesWhatIsLostAndWhatNobodyWrote() {
        done("a", 0, 10, append("x", 1));
        done("end", END, END, read("x", 7));
        assertThat(HistoryChecker.complaints(history).toString())
                .contains("lost: Append[list=x, value=1]")
                .contains("read what nobody committed: 7 in x");
    }

    @Test
    void seesReadsThatDoNotFitTheTransactionsOwn() {
        done("a", 0, 10, append("x", 1), read("x"));
        done("b", 0, 10, read("y"), read("y", 2));
        done("c", 0, 10, append("y", 2));
        done("end", END, END, read("x", 1), read("y", 2));
        assertThat(HistoryChecker.complaints(history).toString())
                .contains("a misses its own [1]")
                .contains("b read two states of y");
    }

    @Test
    void seesTwoOrders() {
        done("a", 0, 10, append("x", 1));
        done("b", 0, 10, append("x", 2));
        done("c", 0, 10, read("x", 2));
        done("end", END, END, read("x", 1, 2));
        assertThat(HistoryChecker.complaints(history).toString())
                .contains("c read no beginning of the list");
    }
}
