package io.faraddb.engine.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What has to come before what, and why. */
final class Graph {

    private final List<Map<Integer, String>> next = new ArrayList<>();

    Graph(int nodes) {
        for (int i = 0; i < nodes; i++) {
            next.add(new TreeMap<>());
        }
    }

    void edge(int from, int to, String why) {
        if (from != to) {
            next.get(from).putIfAbsent(to, why);
        }
    }

    String why(int from, int to) {
        return next.get(from).getOrDefault(to, "?");
    }

    /** Nodes each of which comes before the next, and the last before the first; empty if none. */
    List<Integer> circle() {
        boolean[] ordered = orderable();
        int start = 0;
        while (start < ordered.length && ordered[start]) {
            start++;
        }
        return start == ordered.length ? List.of() : circleFrom(start, ordered);
    }

    /** Those that are in no circle and behind none. */
    private boolean[] orderable() {
        int[] before = new int[next.size()];
        next.forEach(edges -> edges.keySet().forEach(to -> before[to]++));
        Deque<Integer> free = new ArrayDeque<>();
        for (int i = 0; i < before.length; i++) {
            if (before[i] == 0) {
                free.add(i);
            }
        }
        boolean[] ordered = new boolean[before.length];
        while (!free.isEmpty()) {
            int node = free.remove();
            ordered[node] = true;
            for (int to : next.get(node).keySet()) {
                if (--before[to] == 0) {
                    free.add(to);
                }
            }
        }
        return ordered;
    }

    /** Goes back from a node that is in a circle or behind one. */
    private List<Integer> circleFrom(int start, boolean[] ordered) {
        List<Integer> path = new ArrayList<>();
        int node = start;
        while (!path.contains(node)) {
            path.add(node);
            node = unorderedBefore(node, ordered);
        }
        return path.subList(path.indexOf(node), path.size()).reversed();
    }

    private int unorderedBefore(int node, boolean[] ordered) {
        for (int i = 0; i < ordered.length; i++) {
            if (!ordered[i] && next.get(i).containsKey(node)) {
                return i;
            }
        }
        throw new AssertionError("what has no order has something unordered before it");
    }
}
