package io.faraddb.node.rest;

import io.faraddb.console.schema.Procedure;
import io.faraddb.console.schema.SchemaSource;
import io.faraddb.console.schema.Table;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tables and procedures. */
@RestController
@RequestMapping("/api/v1")
public final class SchemaController {

    private final SchemaSource schema;

    public SchemaController(SchemaSource schema) {
        this.schema = schema;
    }

    @GetMapping("/tables")
    List<Table> tables() {
        return schema.tables();
    }

    @GetMapping("/tables/{name}")
    Table table(@PathVariable String name) {
        Table table = schema.table(name);
        if (table == null) {
            throw new SqlException(
                    ErrorCode.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist");
        }
        return table;
    }

    @GetMapping("/procedures")
    List<Procedure> procedures() {
        return schema.procedures();
    }

    @GetMapping("/procedures/{name}")
    Procedure procedure(@PathVariable String name) {
        Procedure procedure = schema.procedure(name);
        if (procedure == null) {
            throw new SqlException(
                    ErrorCode.UNDEFINED_OBJECT, "procedure \"" + name + "\" does not exist");
        }
        return procedure;
    }
}
