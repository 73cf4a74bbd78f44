package io.faraddb.shell.cli;

import java.time.Duration;

/** Lets time go by. */
@FunctionalInterface
public interface Pause {
    void of(Duration time) throws InterruptedException;
}
