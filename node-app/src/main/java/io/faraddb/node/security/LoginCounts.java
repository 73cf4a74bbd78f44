package io.faraddb.node.security;

import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** Log-ins over HTTP since the start. */
@Component
public final class LoginCounts {

    private final LongAdder[] counts = new LongAdder[2 * Way.values().length];

    /** How a password came. */
    public enum Way {
        /** By the console's form. */
        FORM,
        /** By HTTP Basic, with each request of a program anew. */
        BASIC
    }

    LoginCounts() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    private LongAdder count(Way way, boolean passed) {
        return counts[2 * way.ordinal() + (passed ? 1 : 0)];
    }

    void checked(Way way, boolean passed) {
        count(way, passed).increment();
    }

    public long get(Way way, boolean passed) {
        return count(way, passed).sum();
    }
}
