package io.faraddb.engine.router;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.procedure.CallableProcedure;
import io.faraddb.engine.procedure.CallableProcedure.Environment;
import io.faraddb.engine.ring.TokenRing;
import io.faraddb.engine.sql.exec.Execution;
import io.faraddb.engine.sql.exec.Execution.Interruption;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.sql.exec.Views;
import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.plan.Plan;
import io.faraddb.engine.sql.plan.Routing;
import io.faraddb.engine.type.TypeKind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A statement or a call with its arguments: what is routed and run. */
public sealed interface Work {

    /** Whether it only reads. */
    boolean readOnly();

    /** Whether it only reads, and takes no longer than handing it to another thread would. */
    boolean brief();

    /** Whether it reads or writes any table; if not, no site has to run it. */
    boolean tables();

    /** The catalog that it was planned for. */
    long catalogVersion();

    CallContext calls();

    /** The one partition that it touches, or {@link Routing#SEVERAL}, or {@link Routing#ANY}. */
    int partition(TokenRing ring);

    /** All partitions that it may touch. */
    Set<Integer> partitions(TokenRing ring);

    Plan.Outcome run(Views views, Interruption interruption);

    /** A planned statement. */
    record StatementWork(
            Plan plan, @Nullable Object[] parameters, CallContext calls, long catalogVersion)
            implements Work {

        @Override
        public boolean readOnly() {
            return plan.readOnly();
        }

        @Override
        public boolean brief() {
            return plan.brief();
        }

        @Override
        public boolean tables() {
            return plan.routing().tables();
        }

        /** Pins read parameters only: no views are needed. */
        private Frame parametersOnly() {
            return Frame.of(new Execution(calls, parameters, NoViews.INSTANCE, () -> {}));
        }

        /** A read of a whole table takes its time, also where one partition is all there is. */
        @Override
        public int partition(TokenRing ring) {
            return plan.readOnly() && plan.routing().everywhere()
                    ? Routing.SEVERAL
                    : plan.routing().partition(ring, parametersOnly());
        }

        @Override
        public Set<Integer> partitions(TokenRing ring) {
            return plan.routing().everywhere()
                    ? all(ring)
                    : plan.routing().partitions(ring, parametersOnly());
        }

        @Override
        public Plan.Outcome run(Views views, Interruption interruption) {
            return plan.run(frame(views, interruption));
        }

        private Frame frame(Views views, Interruption interruption) {
            return Frame.of(new Execution(calls, parameters, views, interruption));
        }

        /** The rows of a query, computed as they are taken. */
        Rows open(Views views, Interruption interruption) {
            Invariant.check(plan instanceof Plan.Query, "only a query is opened");
            return ((Plan.Query) plan).open(frame(views, interruption));
        }
    }

    /**
     * A call of a procedure.
     *
     * @param partitionedBy kind of the argument that names the partition; null when it may touch
     *     all
     */
    record CallWork(
            CallableProcedure procedure,
            @Nullable TypeKind partitionedBy,
            @Nullable Object[] arguments,
            CallContext calls,
            long catalogVersion)
            implements Work {

        @Override
        public boolean readOnly() {
            return procedure.readOnly();
        }

        @Override
        public boolean brief() {
            return false;
        }

        @Override
        public boolean tables() {
            return true;
        }

        @Override
        public int partition(TokenRing ring) {
            var by = procedure.definition().partition();
            if (by == null || partitionedBy == null) {
                return ring.partitions() == 1 ? 0 : Routing.SEVERAL;
            }
            return ring.partitionOf(partitionedBy, arguments[by.parameter()]);
        }

        @Override
        public Set<Integer> partitions(TokenRing ring) {
            int one = partition(ring);
            return one == Routing.SEVERAL ? all(ring) : Set.of(one);
        }

        @Override
        public Plan.Outcome run(Views views, Interruption interruption) {
            List<@Nullable Object[]> rows =
                    procedure.call(arguments, new Environment(calls, views, interruption));
            return new Plan.Outcome("CALL", 0, rows);
        }
    }

    private static Set<Integer> all(TokenRing ring) {
        Set<Integer> all = new TreeSet<>();
        for (int i = 0; i < ring.partitions(); i++) {
            all.add(i);
        }
        return all;
    }
}
