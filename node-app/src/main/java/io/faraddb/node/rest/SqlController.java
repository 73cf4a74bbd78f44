package io.faraddb.node.rest;

import io.faraddb.console.sql.CsvText;
import io.faraddb.console.sql.SqlAnswer;
import io.faraddb.console.sql.SqlRequest;
import io.faraddb.console.sql.SqlSource;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.node.rest.ErrorAnswers.RunFailed;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Statements over HTTP: all of a request are one transaction in a session of its own, unless they
 * say otherwise.
 */
@RestController
@Tag(name = "sql")
@RequestMapping("/api/v1/sql")
public final class SqlController {

    private static final String APPLICATION = "rest";
    private static final int ROWS_MAX_DEFAULT = 10_000;
    private static final int SECONDS_DEFAULT = 60;
    private static final int SECONDS_MAX = 300;

    private static final String RUN_SUMMARY =
            "Runs statements, or tells their plans; as CSV the rows of the last one that gives any";

    private final SqlSource sql;

    public SqlController(SqlSource sql) {
        this.sql = sql;
    }

    /**
     * What to run.
     *
     * @param sql one or more statements
     * @param id under which the run can be cancelled
     * @param rowsMax rows of each result that are told; 10000 if nothing is said
     * @param timeLimitSeconds after which the run is cancelled; 60 if nothing is said
     * @param readOnly whether what writes is refused
     * @param explain whether plans are told instead of running anything
     */
    record Request(
            @NotNull String sql,
            @Nullable @Size(min = 1, max = SqlRequest.ID_LENGTH_MAX) String id,
            @Nullable @Min(1) @Max(SqlRequest.ROWS_LIMIT) Integer rowsMax,
            @Nullable @Min(1) @Max(SECONDS_MAX) Integer timeLimitSeconds,
            @Nullable Boolean readOnly,
            @Nullable Boolean explain) {

        int rows() {
            return rowsMax == null ? ROWS_MAX_DEFAULT : rowsMax;
        }

        SqlRequest checked() {
            return new SqlRequest(
                    id,
                    sql,
                    APPLICATION,
                    rows(),
                    Duration.ofSeconds(
                            timeLimitSeconds == null ? SECONDS_DEFAULT : timeLimitSeconds),
                    Boolean.TRUE.equals(readOnly));
        }
    }

    @Operation(operationId = "run", summary = RUN_SUMMARY)
    @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    SqlAnswer run(@RequestBody @Valid Request request, Principal user) {
        SqlAnswer answer =
                Boolean.TRUE.equals(request.explain())
                        ? sql.explain(user.getName(), request.checked())
                        : sql.run(user.getName(), request.checked());
        SqlAnswer.Failure failure = answer.failure();
        if (failure != null) {
            throw new RunFailed(failure);
        }
        return answer;
    }

    /** The rows of the last statement that gives any, as CSV with a header: all or none. */
    @Operation(operationId = "run", summary = RUN_SUMMARY)
    @PostMapping(produces = CsvText.MEDIA_TYPE)
    String runForCsv(@RequestBody @Valid Request request, Principal user) {
        SqlAnswer answer = run(request, user);
        if (CsvText.isCut(answer)) {
            throw new SqlException(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "the result has more than %d rows".formatted(request.rows()))
                    .hint(
                            ("Ask for more with rowsMax, up to %d, or use COPY over a PostgreSQL"
                                            + " client.")
                                    .formatted(SqlRequest.ROWS_LIMIT));
        }
        return CsvText.of(answer);
    }

    @Operation(summary = "Cancels a run; it answers its own request")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@PathVariable String id, Principal user) {
        if (!sql.cancel(user.getName(), id)) {
            throw new SqlException(ErrorCode.UNDEFINED_OBJECT, "nothing runs under that id");
        }
    }
}
