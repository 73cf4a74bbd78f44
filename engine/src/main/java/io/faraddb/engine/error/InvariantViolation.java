package io.faraddb.engine.error;

/** A defect of FaradDB's own. Whoever owns the broken state stops at once. */
public final class InvariantViolation extends RuntimeException {

    public InvariantViolation(String message) {
        super(message);
    }

    public InvariantViolation(String message, Throwable cause) {
        super(message, cause);
    }
}
