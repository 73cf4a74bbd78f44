package io.faraddb.console.schema;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** Tables. */
@Controller
class TablesController {

    private final SchemaSource schema;

    TablesController(SchemaSource schema) {
        this.schema = schema;
    }

    @GetMapping("/tables")
    String list(Model model) {
        model.addAttribute("tables", schema.tables());
        return "console/schema/tables";
    }

    @GetMapping("/tables/{name}")
    String show(@PathVariable String name, Model model) {
        Table table = schema.table(name);
        if (table == null) {
            throw new ResponseStatusException(
                    HttpStatus.NOT_FOUND, "There is no table \"" + name + "\".");
        }
        model.addAttribute("table", table);
        return "console/schema/table";
    }
}
