package io.faraddb.engine.replication;

import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import io.faraddb.engine.log.PartitionLogContract;
import io.faraddb.engine.log.RecordingListener;
import io.faraddb.engine.log.ReplicatedLogContract;
import io.faraddb.engine.log.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The replicated log keeps the contract, alone and with two others. */
class RatisLogContractTest {

    private static final int PARTITION = 3;

    abstract static class OnGroup extends PartitionLogContract {

        @TempDir Path directory = Path.of("");

        private final int size;
        private @Nullable TestGroup group;

        OnGroup(int size) {
            this.size = size;
        }

        private TestGroup group() throws IOException {
            TestGroup made = group;
            if (made == null) {
                made = new TestGroup(directory, size, true, TestGroup.STEADY);
                group = made;
            }
            return made;
        }

        @Override
        protected PartitionLog open() throws IOException {
            TestGroup opened = group();
            for (int member = 0; member < size; member++) {
                opened.open(member);
            }
            for (int member = 1; member < size; member++) {
                opened.start(member, PARTITION, LogPosition.START);
            }
            return opened.log(0, PARTITION);
        }

        @Override
        protected void shut(PartitionLog log) throws IOException {
            group().closeAll();
        }

        @AfterEach
        void close() {
            if (group != null) {
                group.close();
            }
        }

        @Override
        protected void await(RecordingListener listener, BooleanSupplier condition)
                throws Exception {
            TestGroup drawn = group();
            Waiting.until(
                    listener,
                    () -> {
                        drawn.draw(0, PARTITION);
                        return condition.getAsBoolean();
                    });
        }
    }

    @Nested
    @Tag("slow")
    class WithLeadersThatFall extends ReplicatedLogContract {

        @TempDir Path directory = Path.of("");

        private @Nullable TestGroup group;

        private TestGroup group() throws IOException {
            TestGroup made = group;
            if (made == null) {
                made = new TestGroup(directory, size(), false, TestGroup.SETTINGS);
                group = made;
            }
            return made;
        }

        @BeforeEach
        void open() throws IOException {
            for (int replica = 0; replica < size(); replica++) {
                group().open(replica);
            }
            for (int replica = 0; replica < size(); replica++) {
                group().start(replica, PARTITION, LogPosition.START);
            }
        }

        @AfterEach
        void close() {
            if (group != null) {
                group.close();
            }
        }

        @Override
        protected int size() {
            return 3;
        }

        @Override
        protected PartitionLog log(int replica) throws IOException {
            return group().startedLog(replica, PARTITION);
        }

        @Override
        protected RecordingListener listener(int replica) {
            return Objects.requireNonNull(group).listener(replica);
        }

        @Override
        protected void depose(int leader) throws IOException {
            group().isolate(leader);
        }

        @Override
        protected void reconcile() throws IOException {
            group().mend();
        }

        @Override
        protected void await(BooleanSupplier condition) throws InterruptedException {
            Waiting.until(condition);
        }
    }

    @Nested
    class Alone extends OnGroup {
        Alone() {
            super(1);
        }
    }

    @Nested
    class OfThree extends OnGroup {
        OfThree() {
            super(3);
        }
    }
}
