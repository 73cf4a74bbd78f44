package io.faraddb.engine.sql.optimize;

import java.util.List;
import java.util.function.BiFunction;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;

/**
 * Which of Calcite's rules run, in three passes: filters go down and projections up, so that joins
 * are neighbours; three or more joined tables are put in order; what that left is tidied up.
 *
 * <p>Rules must not simplify expressions: their meaning is PostgreSQL's, and only we know it.
 */
final class JoinRules {

    static final RelDataTypeSystem TYPE_SYSTEM = RelDataTypeSystem.DEFAULT;

    static final HepProgram NOTHING = new HepProgramBuilder().build();

    /** Steps of one pass, so that two rules can't undo each other for ever. */
    private static final int STEPS_MAX = 2_000;

    private static final int TABLES_TO_ORDER_MIN = 3;

    private static final RelBuilderFactory BUILDER =
            RelBuilder.proto(
                    Contexts.of(
                            RelBuilder.Config.DEFAULT
                                    .withSimplify(false)
                                    .withSimplifyLimit(false)
                                    .withSimplifyValues(false)));

    private static final HepProgram PUSH_DOWN =
            pass(
                    HepMatchOrder.ARBITRARY,
                    CoreRules.FILTER_MERGE.config,
                    CoreRules.FILTER_PROJECT_TRANSPOSE.config,
                    CoreRules.FILTER_INTO_JOIN.config,
                    CoreRules.JOIN_CONDITION_PUSH.config,
                    CoreRules.JOIN_PROJECT_BOTH_TRANSPOSE_INCLUDE_OUTER.config,
                    CoreRules.JOIN_PROJECT_LEFT_TRANSPOSE_INCLUDE_OUTER.config,
                    CoreRules.JOIN_PROJECT_RIGHT_TRANSPOSE_INCLUDE_OUTER.config,
                    CoreRules.PROJECT_MERGE.config,
                    CoreRules.PROJECT_REMOVE.config);

    private static final HepProgram GATHER_JOINS =
            pass(HepMatchOrder.BOTTOM_UP, CoreRules.JOIN_TO_MULTI_JOIN.config);

    private static final HepProgram ORDER_JOINS =
            pass(HepMatchOrder.BOTTOM_UP, CoreRules.MULTI_JOIN_OPTIMIZE.config);

    private static final HepProgram TIDY_UP =
            pass(
                    HepMatchOrder.ARBITRARY,
                    CoreRules.FILTER_INTO_JOIN.config,
                    CoreRules.JOIN_CONDITION_PUSH.config,
                    CoreRules.PROJECT_MERGE.config,
                    CoreRules.PROJECT_REMOVE.config,
                    CoreRules.FILTER_MERGE.config);

    private JoinRules() {}

    private static HepProgram pass(HepMatchOrder order, RelRule.Config... rules) {
        HepProgramBuilder program =
                new HepProgramBuilder().addMatchOrder(order).addMatchLimit(STEPS_MAX);
        List<RelOptRule> all =
                java.util.Arrays.stream(rules)
                        .map(rule -> rule.withRelBuilderFactory(BUILDER).toRule())
                        .toList();
        return program.addRuleCollection(all).build();
    }

    /**
     * @param fold makes a filter a part of the table below it
     */
    static RelNode optimize(RelNode region, BiFunction<LogicalFilter, BoundTable, RelNode> fold) {
        RelNode pushed = run(PUSH_DOWN, region);
        RelNode folded = pushed.accept(new Folding(fold));
        if (countTables(folded) < TABLES_TO_ORDER_MIN) {
            return folded;
        }
        RelNode ordered = run(ORDER_JOINS, run(GATHER_JOINS, folded));
        return run(TIDY_UP, ordered).accept(new Folding(fold));
    }

    private static RelNode run(HepProgram program, RelNode root) {
        HepPlanner planner = new HepPlanner(program, Contexts.empty());
        planner.setRoot(root);
        return planner.findBestExp();
    }

    private static int countTables(RelNode node) {
        return node instanceof TableScan
                ? 1
                : node.getInputs().stream().mapToInt(JoinRules::countTables).sum();
    }

    private static final class Folding extends RelShuttleImpl {

        private final BiFunction<LogicalFilter, BoundTable, RelNode> fold;

        Folding(BiFunction<LogicalFilter, BoundTable, RelNode> fold) {
            this.fold = fold;
        }

        @Override
        public RelNode visit(LogicalFilter filter) {
            return filter.getInput() instanceof TableScan scan
                    ? fold.apply(filter, RegionReader.table(scan))
                    : super.visit(filter);
        }

        @Override
        public RelNode visit(LogicalJoin join) {
            return visitChildren(join);
        }
    }
}
