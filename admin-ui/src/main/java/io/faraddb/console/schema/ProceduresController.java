package io.faraddb.console.schema;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Stored procedures. */
@Controller
class ProceduresController {

    private final SchemaSource schema;

    ProceduresController(SchemaSource schema) {
        this.schema = schema;
    }

    @GetMapping("/procedures")
    String list(Model model) {
        model.addAttribute("procedures", schema.procedures());
        return "console/schema/procedures";
    }
}
