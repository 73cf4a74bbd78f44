package io.faraddb.engine.sql.exec.write;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Holding;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.sql.exec.write.TableWriter.Location;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows that end with their key and partition. */
final class LocatedRows {

    private LocatedRows() {}

    /** All rows of the source; of several with one location, the first. */
    static List<@Nullable Object[]> all(Operator source, Frame frame, int width) {
        List<@Nullable Object[]> held = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        Rows rows = source.open(frame);
        Holding holding = frame.execution().holding();
        for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
            boolean joined = row.length > width + 2;
            if (!joined || seen.add(identity(location(row)))) {
                held.add(row);
                holding.add(row);
            }
        }
        return held;
    }

    private static Object identity(Location location) {
        return List.of(location.partition(), ByteBuffer.wrap(location.key()));
    }

    static Location location(@Nullable Object[] row) {
        Object key = Invariant.notNull(row[row.length - 2], "a located row has its key");
        Object partition =
                Invariant.notNull(row[row.length - 1], "a located row has its partition");
        return new Location((int) (long) (Long) partition, (byte[]) key);
    }
}
