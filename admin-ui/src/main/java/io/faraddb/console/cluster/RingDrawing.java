package io.faraddb.console.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The ring as circles whose strokes are dashed, their length being the number of tokens. There are
 * more tokens than pixels: so the ring is cut into arcs, and each arc is divided, from the inside
 * outwards, among the partitions by how many of its tokens they own. A lens shows the first tokens
 * one by one.
 *
 * @param bands of the ring
 * @param lens one circle for each partition that owns one of the first tokens
 */
public record RingDrawing(int tokens, List<Band> bands, int lensTokens, List<Band> lens) {

    /** Colours that partitions are told apart by; numbers stand beside them. */
    public static final int COLOURS = 8;

    private static final int ARCS = 64;

    /** Pieces that are drawn at most; a ring of more is drawn as if it were even. */
    private static final int BANDS_MAX = 8_192;

    private static final double INNER_RADIUS = 95;
    private static final double WIDTH = 17;
    private static final int LENS_TOKENS = 64;
    private static final double LENS_RADIUS = 79;
    private static final double LENS_WIDTH = 18;

    /** Room around each token in the lens, in tokens. */
    private static final double LENS_INSET = 0.08;

    /**
     * A stroke in a partition's colour.
     *
     * @param dashes lengths of dash, gap, dash, gap and so on, in tokens; none for a whole circle
     */
    public record Band(int partition, int colour, String radius, String width, String dashes) {

        static Band of(int partition, double radius, double width, String dashes) {
            return new Band(partition, partition % COLOURS, number(radius), number(width), dashes);
        }
    }

    static RingDrawing of(RingMap map) {
        List<Integer> owners = map.owners();
        int lensTokens = Math.min(LENS_TOKENS, owners.size());
        return new RingDrawing(
                owners.size(),
                bands(map),
                lensTokens,
                lens(owners.subList(0, lensTokens), map.partitions()));
    }

    private static List<Band> bands(RingMap map) {
        int arcs = Math.min(ARCS, map.owners().size());
        int[][] counts = new int[arcs][map.partitions()];
        int[] all = new int[map.partitions()];
        for (int token = 0; token < map.owners().size(); token++) {
            int owner = map.owners().get(token);
            counts[(int) ((long) token * arcs / map.owners().size())][owner]++;
            all[owner]++;
        }
        boolean even = isEven(counts, all) || arcs * map.partitions() > BANDS_MAX;
        List<Band> bands = new ArrayList<>();
        if (even) {
            add(bands, all, "none");
            return bands;
        }
        double arc = (double) map.owners().size() / arcs;
        for (int i = 0; i < arcs; i++) {
            double rest = map.owners().size() - (i + 1) * arc;
            String dashes = "0 %s %s %s".formatted(number(i * arc), number(arc), number(rest));
            add(bands, counts[i], dashes);
        }
        return bands;
    }

    /** Whether every arc is divided as the whole ring is, give or take a token. */
    private static boolean isEven(int[][] counts, int[] all) {
        for (int[] arc : counts) {
            for (int partition = 0; partition < all.length; partition++) {
                double mean = (double) all[partition] / counts.length;
                if (Math.abs(arc[partition] - mean) > 1) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void add(List<Band> bands, int[] counts, String dashes) {
        int tokens = IntStream.of(counts).sum();
        double inner = INNER_RADIUS;
        for (int partition = 0; partition < counts.length; partition++) {
            double width = WIDTH * counts[partition] / tokens;
            if (counts[partition] > 0) {
                bands.add(Band.of(partition, inner + width / 2, width, dashes));
            }
            inner += width;
        }
    }

    private static List<Band> lens(List<Integer> owners, int partitions) {
        return IntStream.range(0, partitions)
                .filter(owners::contains)
                .mapToObj(partition ->
                        Band.of(partition, LENS_RADIUS, LENS_WIDTH, dashes(owners, partition)))
                .toList();
    }

    /** A dash for each token of the partition, a gap for each other one. */
    private static String dashes(List<Integer> owners, int partition) {
        StringBuilder dashes = new StringBuilder();
        for (int owner : owners) {
            dashes.append(
                    owner == partition
                            ? "0 %s %s %s "
                                    .formatted(
                                            number(LENS_INSET),
                                            number(1 - 2 * LENS_INSET),
                                            number(LENS_INSET))
                            : "0 1 ");
        }
        return dashes.toString().strip();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
