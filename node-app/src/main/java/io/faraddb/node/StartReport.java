package io.faraddb.node;

import io.faraddb.engine.error.SqlException;
import io.faraddb.node.config.StartFailure;
import java.io.PrintStream;
import java.net.BindException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Tells why a node does not start, in sentences that say what to change. */
final class StartReport {

    private static final String DID_NOT_START = "the node did not start";

    private StartReport() {}

    /**
     * @return the exit code
     */
    static int report(Throwable failure, PrintStream out) {
        StartFailure told = explain(failure);
        out.println("farad: " + told.getMessage() + ".");
        out.println(told.remedy());
        log(failure, told);
        return told.exitCode();
    }

    /** What a person can mend needs no stack trace at the terminal, only in the log. */
    private static void log(Throwable failure, StartFailure told) {
        Logger logger = LoggerFactory.getLogger(StartReport.class);
        if (told.exitCode() == StartFailure.FAILED) {
            logger.error(DID_NOT_START, failure);
        } else if (failure != told) {
            logger.info(DID_NOT_START, failure);
        }
        // Else nothing has been started, the log neither.
    }

    static StartFailure explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            StartFailure known = known(cause);
            if (known != null) {
                return known;
            }
        }
        return new StartFailure(
                StartFailure.FAILED,
                "the node did not start: " + failure,
                "The log in the data directory tells more.",
                failure);
    }

    private static @Nullable StartFailure known(Throwable cause) {
        return switch (cause) {
            case StartFailure failure -> failure;
            case PortInUseException inUse ->
                    new StartFailure(
                            StartFailure.UNAVAILABLE,
                            "port " + inUse.getPort() + " is in use",
                            "Stop what uses it, or choose another with --http-port.",
                            inUse);
            case BindException inUse ->
                    new StartFailure(
                            StartFailure.UNAVAILABLE,
                            "cannot listen: " + inUse.getMessage(),
                            "Stop what uses the port, or choose another.",
                            inUse);
            case BindValidationException invalid -> invalid(invalid);
            case ConfigurationPropertiesBindException wrong -> wrong(wrong);
            case SqlException refused ->
                    new StartFailure(
                            StartFailure.FAILED,
                            "the database does not open: " + refused.text(),
                            refused.hint() == null
                                    ? "The log in the data directory tells more."
                                    : refused.hint(),
                            refused);
            default -> null;
        };
    }

    private static StartFailure invalid(BindValidationException invalid) {
        ObjectError error = invalid.getValidationErrors().getAllErrors().getFirst();
        String what =
                error instanceof FieldError field
                        ? invalid.getValidationErrors().getName() + "." + field.getField()
                        : error.getObjectName();
        Object value = error instanceof FieldError field ? field.getRejectedValue() : null;
        return new StartFailure(
                StartFailure.BAD_CONFIGURATION,
                "the configuration is wrong: "
                        + what
                        + " = "
                        + value
                        + " "
                        + error.getDefaultMessage(),
                "Correct it on the command line, in the environment or in farad.properties.",
                invalid);
    }

    private static @Nullable StartFailure wrong(ConfigurationPropertiesBindException wrong) {
        for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindValidationException invalid) {
                return invalid(invalid);
            }
        }
        Throwable root = wrong;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String detail = wrong.getCause() == null ? "" : ": " + wrong.getCause().getMessage();
        return new StartFailure(
                StartFailure.BAD_CONFIGURATION,
                "the configuration is wrong" + detail + " (" + root.getMessage() + ")",
                "Correct it on the command line, in the environment or in farad.properties.",
                wrong);
    }
}
