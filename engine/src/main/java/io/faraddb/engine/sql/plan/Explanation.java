package io.faraddb.engine.sql.plan;

import io.faraddb.engine.sql.exec.Operator;
import java.util.ArrayList;
import java.util.List;

/** A plan as EXPLAIN prints it: a line for each operator, inputs indented below. */
public final class Explanation {

    private Explanation() {}

    /**
     * @param partitions which ones a run would touch, in words
     */
    public static List<String> lines(Plan plan, String partitions) {
        List<String> lines = new ArrayList<>();
        switch (plan) {
            case Plan.Query query -> add(query.root(), 0, lines);
            case Plan.Modification modification -> {
                lines.add(modification.write().describe());
                add(modification.write().input(), 1, lines);
            }
        }
        plan.routing().globalIndexes().forEach(name -> lines.add("Global index: " + name));
        lines.add("Partitions: " + partitions);
        return lines;
    }

    private static void add(Operator operator, int depth, List<String> lines) {
        String indent = depth == 0 ? "" : "  ".repeat(depth - 1) + "->  ";
        lines.add(indent + operator.describe());
        operator.inputs().forEach(input -> add(input, depth + 1, lines));
    }
}
