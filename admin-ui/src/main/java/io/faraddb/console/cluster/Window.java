package io.faraddb.console.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How far back history goes, and how fine it is. */
public enum Window {
    LAST_15_MINUTES("15m", Duration.ofSeconds(1), 900),
    LAST_24_HOURS("24h", Duration.ofSeconds(10), 8_640);

    private final String text;
    private final Duration step;
    private final int samplesMax;

    Window(String text, Duration step, int samplesMax) {
        this.text = text;
        this.step = step;
        this.samplesMax = samplesMax;
    }

    /** As addresses carry it. */
    public String text() {
        return text;
    }

    /** Time between two samples. */
    public Duration step() {
        return step;
    }

    /** Samples that are kept. */
    public int samplesMax() {
        return samplesMax;
    }

    /**
     * @throws IllegalArgumentException with a sentence, if there is none of that name
     */
    public static Window of(String text) {
        return Arrays.stream(values())
                .filter(window -> window.text.equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "window \"%s\" is not one of %s"
                                        .formatted(
                                                text,
                                                Arrays.stream(values())
                                                        .map(Window::text)
                                                        .collect(Collectors.joining(", ")))));
    }
}
