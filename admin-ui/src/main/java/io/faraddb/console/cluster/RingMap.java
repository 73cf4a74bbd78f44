package io.faraddb.console.cluster;

import java.util.List;

/**
 * Which partition owns which token. A key belongs to the greatest token that its hash reaches.
 *
 * @param firstToken the least one
 * @param tokenWidth hashes from one token to the next
 * @param owners the partition of each token, ascending
 */
public record RingMap(int partitions, int firstToken, int tokenWidth, List<Integer> owners) {

    public RingMap {
        owners = List.copyOf(owners);
    }
}
