package io.faraddb.engine.sql.plan;

import io.faraddb.engine.sql.plan.Routing.Pin;
import java.util.ArrayList;
import java.util.List;

/** Collects what the parts of a statement can touch. */
final class RoutingDraft {

    private final List<Pin> pins = new ArrayList<>();
    private final List<String> globalIndexes = new ArrayList<>();
    private boolean everywhere;
    private boolean tables;

    void everywhere() {
        everywhere = true;
        tables = true;
    }

    /** A table that each partition has whole. */
    void anywhere() {
        tables = true;
    }

    void pin(Pin pin) {
        pins.add(pin);
        tables = true;
    }

    /** Writes entries of a global index. */
    void globalIndex(String name) {
        globalIndexes.add(name);
    }

    Routing finished() {
        return new Routing(everywhere, pins, tables, globalIndexes);
    }
}
