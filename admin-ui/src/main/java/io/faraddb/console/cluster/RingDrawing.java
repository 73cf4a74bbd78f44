package io.faraddb.console.cluster;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ring as circles whose strokes are dashed: for each partition one circle, with a dash for each
 * of its tokens. The circle's length is the number of tokens, so all of them are drawn, though
 * there may be more than pixels; a lens shows the first ones large.
 *
 * @param ring of all tokens
 * @param lens of the first ones
 */
public record RingDrawing(int tokens, List<Arc> ring, int lensTokens, List<Arc> lens) {

    /** Colours that partitions are told apart by; numbers stand beside them. */
    public static final int COLOURS = 8;

    private static final int LENS_TOKENS = 64;

    /** Longest pattern of owners that is looked for, to be drawn again and again. */
    private static final int PERIOD_MAX = 1_024;

    /** Room around each token in the lens, in tokens. */
    private static final double LENS_INSET = 0.08;

    /**
     * One partition's tokens.
     *
     * @param dashes lengths of dash, gap, dash, gap and so on, in tokens
     */
    public record Arc(int partition, int colour, String dashes) {}

    static RingDrawing of(RingMap map) {
        List<Integer> owners = map.owners();
        int lensTokens = Math.min(LENS_TOKENS, owners.size());
        List<Integer> pattern = owners.subList(0, period(owners));
        return new RingDrawing(
                owners.size(),
                arcs(map.partitions(), pattern, 0),
                lensTokens,
                arcs(map.partitions(), owners.subList(0, lensTokens), LENS_INSET));
    }

    /** After how many tokens the owners come again in the same order. */
    private static int period(List<Integer> owners) {
        for (int period = 1; period <= Math.min(PERIOD_MAX, owners.size()); period++) {
            int step = period;
            boolean repeats =
                    owners.size() % step == 0
                            && IntStream.range(step, owners.size())
                                    .allMatch(i -> owners.get(i).equals(owners.get(i - step)));
            if (repeats) {
                return period;
            }
        }
        return owners.size();
    }

    private static List<Arc> arcs(int partitions, List<Integer> owners, double inset) {
        return IntStream.range(0, partitions)
                .filter(owners::contains)
                .mapToObj(partition ->
                        new Arc(partition, partition % COLOURS, dashes(owners, partition, inset)))
                .toList();
    }

    /** A dash for each token of the partition, a gap for each other one. */
    private static String dashes(List<Integer> owners, int partition, double inset) {
        return owners.stream()
                .map(owner ->
                        owner == partition
                                ? "0 %s %s %s".formatted(inset, 1 - 2 * inset, inset)
                                : "0 1")
                .collect(Collectors.joining(" "));
    }
}
