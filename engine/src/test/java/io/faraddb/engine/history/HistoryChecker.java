package io.faraddb.engine.history;

import io.faraddb.engine.history.Done.Append;
import io.faraddb.engine.history.Done.Read;
import io.faraddb.engine.history.Done.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether what transactions saw is strictly serializable. They only append to lists, so a list that
 * was read tells who wrote before whom, and who had to come after the reader; with the order in
 * time that is a graph, and there is an order of all if it has no circle. After Kingsbury and
 * Alvaro, "Elle: Inferring Isolation Anomalies from Experimental Observations", VLDB 2020.
 */
public final class HistoryChecker {

    private final List<Done> history;
    private final List<String> complaints = new ArrayList<>();
    private final Map<String, List<Integer>> orders = new HashMap<>();
    private final Map<Append, Integer> writers = new HashMap<>();
    private final Graph graph;

    private HistoryChecker(List<Done> history) {
        this.history = history.stream().sorted(Comparator.comparingLong(Done::ended)).toList();
        this.graph = new Graph(2 * history.size());
    }

    /**
     * What is wrong with a history, in words; empty if nothing is.
     *
     * @param history of all that was committed; reads all lists at its end
     */
    public static List<String> complaints(List<Done> history) {
        HistoryChecker checker = new HistoryChecker(history);
        checker.collectWriters();
        checker.collectOrders();
        for (int i = 0; i < checker.history.size(); i++) {
            checker.checkReads(i);
        }
        if (checker.complaints.isEmpty()) {
            checker.orderByLists();
            checker.orderByTime();
            List<Integer> circle = checker.graph.circle();
            if (!circle.isEmpty()) {
                checker.complaints.add("no order fits: " + checker.inWords(circle));
            }
        }
        return checker.complaints;
    }

    private void collectWriters() {
        for (int i = 0; i < history.size(); i++) {
            for (Step step : history.get(i).steps()) {
                if (step instanceof Append append) {
                    writers.put(append, i);
                }
            }
        }
    }

    private void collectOrders() {
        for (Done done : history) {
            for (Step step : done.steps()) {
                if (step instanceof Read read) {
                    orders.merge(
                            read.list(), read.values(), (a, b) -> a.size() >= b.size() ? a : b);
                }
            }
        }
        writers.keySet().stream()
                .filter(append ->
                        !orders.getOrDefault(append.list(), List.of()).contains(append.value()))
                .forEach(lost -> complaints.add("lost: " + lost));
        orders.forEach((list, values) -> {
            for (int value : values) {
                if (!writers.containsKey(new Append(list, value))) {
                    complaints.add("read what nobody committed: " + value + " in " + list);
                }
            }
            if (values.stream().distinct().count() < values.size()) {
                complaints.add("twice in " + list + ": " + values);
            }
        });
    }

    /** Each read is a beginning of the list and ends with what the transaction itself appended. */
    private void checkReads(int place) {
        Done done = history.get(place);
        Map<String, List<Integer>> own = new HashMap<>();
        Map<String, List<Integer>> before = new HashMap<>();
        for (Step step : done.steps()) {
            List<Integer> appended = own.computeIfAbsent(step.list(), unused -> new ArrayList<>());
            if (step instanceof Append append) {
                appended.add(append.value());
            } else if (step instanceof Read read) {
                List<Integer> values = read.values();
                List<Integer> all = order(read.list());
                int others = values.size() - appended.size();
                if (values.size() > all.size() || !all.subList(0, values.size()).equals(values)) {
                    complaints.add(done.name() + " read no beginning of the list: " + read);
                } else if (others < 0 || !values.subList(others, values.size()).equals(appended)) {
                    complaints.add(done.name() + " misses its own " + appended + ": " + read);
                } else {
                    List<Integer> earlier = values.subList(0, others);
                    List<Integer> first = before.putIfAbsent(read.list(), earlier);
                    if (first != null && !first.equals(earlier)) {
                        complaints.add(done.name() + " read two states of " + read.list());
                    }
                }
            }
        }
    }

    private List<Integer> order(String list) {
        return orders.getOrDefault(list, List.of());
    }

    private int writer(String list, int place) {
        return writers.get(new Append(list, order(list).get(place)));
    }

    private void orderByLists() {
        orders.forEach((list, values) -> {
            for (int i = 1; i < values.size(); i++) {
                graph.edge(writer(list, i - 1), writer(list, i), "wrote " + list + " before");
            }
        });
        for (int i = 0; i < history.size(); i++) {
            for (Map.Entry<String, Integer> read : readsOfOthers(history.get(i)).entrySet()) {
                String list = read.getKey();
                int seen = read.getValue();
                if (seen > 0) {
                    graph.edge(writer(list, seen - 1), i, "wrote " + list + " read by");
                }
                if (seen < order(list).size()) {
                    graph.edge(i, writer(list, seen), "read " + list + " before it was written by");
                }
            }
        }
    }

    /** How much of each list a transaction saw that was not its own. */
    private static Map<String, Integer> readsOfOthers(Done done) {
        Map<String, Integer> own = new HashMap<>();
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (Step step : done.steps()) {
            if (step instanceof Read read) {
                seen.put(read.list(), read.values().size() - own.getOrDefault(read.list(), 0));
            } else {
                own.merge(step.list(), 1, Integer::sum);
            }
        }
        return seen;
    }

    /** A moment after each end, in a chain; who began after a moment comes after it. */
    private void orderByTime() {
        int count = history.size();
        for (int i = 0; i < count; i++) {
            graph.edge(i, count + i, "ended before");
            if (i > 0) {
                graph.edge(count + i - 1, count + i, "");
            }
        }
        for (int i = 0; i < count; i++) {
            int ended = endedBefore(history.get(i).begun());
            if (ended > 0) {
                graph.edge(count + ended - 1, i, "began");
            }
        }
    }

    private int endedBefore(long time) {
        int low = 0;
        int high = history.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (history.get(middle).ended() < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private String inWords(List<Integer> circle) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < circle.size(); i++) {
            int node = circle.get(i);
            if (node < history.size()) {
                words.append("\n  ").append(history.get(node).name()).append(' ');
            }
            words.append(graph.why(node, circle.get((i + 1) % circle.size())));
        }
        return words.toString();
    }
}
