package io.faraddb.console.sql;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Statements run from the browser, and their plans. */
@Controller
@RequestMapping("/sql")
class SqlController {

    /** Rows of one result that a page shows. */
    static final int ROWS_SHOWN_MAX = 1_000;

    /** What sessions of the console are called. */
    private static final String APPLICATION = "console";

    private static final String VIEW = "console/sql/sql";
    private static final String FILE = "result.csv";
    private static final String FILE_CUT = "result-first-" + SqlRequest.ROWS_LIMIT + "-rows.csv";
    private static final int SECONDS_DEFAULT = 30;

    private final SqlSource sql;

    SqlController(SqlSource sql) {
        this.sql = sql;
    }

    /**
     * The form's fields.
     *
     * @param run number of the run, by which it can be cancelled
     * @param seconds time limit
     */
    record Form(String sql, @Nullable String run, @Nullable Integer seconds) {

        Form {
            // Forms are sent with the line ends of networks; positions count those of the editor.
            sql = sql.replace("\r\n", "\n");
        }

        int checkedSeconds() {
            int asked = seconds == null ? SECONDS_DEFAULT : seconds;
            return Math.clamp(asked, 1, (int) SqlRequest.TIME_LIMIT_MAX.toSeconds());
        }

        private SqlRequest request(int rowsMax, boolean readOnly) {
            boolean numbered = run != null && run.length() <= SqlRequest.ID_LENGTH_MAX;
            return new SqlRequest(
                    numbered ? run : null,
                    sql,
                    APPLICATION,
                    rowsMax,
                    Duration.ofSeconds(checkedSeconds()),
                    readOnly);
        }
    }

    @GetMapping
    String show(@RequestParam(defaultValue = "") String sql, Model model) {
        fill(new Form(sql, null, null), model);
        return VIEW;
    }

    @PostMapping
    String run(Form form, Principal user, Model model) {
        fill(form, model);
        answer(form, sql.run(user.getName(), form.request(ROWS_SHOWN_MAX, false)), model);
        return VIEW;
    }

    @PostMapping("/explain")
    String explain(Form form, Principal user, Model model) {
        fill(form, model);
        answer(form, sql.explain(user.getName(), form.request(ROWS_SHOWN_MAX, false)), model);
        return VIEW;
    }

    /** Runs the text once more and writes nothing: what is shown is cut, this is not so soon. */
    @PostMapping("/csv")
    Object download(Form form, Principal user, Model model) {
        SqlAnswer answer = sql.run(user.getName(), form.request(SqlRequest.ROWS_LIMIT, true));
        if (answer.failure() != null) {
            fill(form, model);
            answer(form, answer, model);
            return VIEW;
        }
        String name = CsvText.isCut(answer) ? FILE_CUT : FILE;
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(CsvText.of(answer));
    }

    /** Ends a run, which answers its own request; one that is done or has not begun goes on. */
    @PostMapping("/cancel")
    ResponseEntity<Void> cancel(@RequestParam String run, Principal user) {
        sql.cancel(user.getName(), run);
        return ResponseEntity.noContent().build();
    }

    private static void fill(Form form, Model model) {
        model.addAttribute("sql", form.sql());
        model.addAttribute("seconds", form.checkedSeconds());
        model.addAttribute("secondsMax", SqlRequest.TIME_LIMIT_MAX.toSeconds());
        model.addAttribute("rowsCsv", SqlRequest.ROWS_LIMIT);
    }

    private static void answer(Form form, SqlAnswer answer, Model model) {
        model.addAttribute("answer", ShownAnswer.of(form.sql(), answer));
    }
}
