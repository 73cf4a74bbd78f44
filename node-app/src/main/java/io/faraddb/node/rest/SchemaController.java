package io.faraddb.node.rest;

import io.faraddb.console.schema.Procedure;
import io.faraddb.console.schema.SchemaSource;
import io.faraddb.console.schema.Table;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tables and procedures. */
@RestController
@Tag(name = "schema")
@RequestMapping("/api/v1")
public final class SchemaController {

    private final SchemaSource schema;

    public SchemaController(SchemaSource schema) {
        this.schema = schema;
    }

    @Operation(summary = "Tables, with what they take")
    @GetMapping("/tables")
    List<Table> tables() {
        return schema.tables();
    }

    @Operation(summary = "A table")
    @GetMapping("/tables/{name}")
    Table table(@PathVariable String name) {
        Table table = schema.table(name);
        if (table == null) {
            throw new SqlException(
                    ErrorCode.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist");
        }
        return table;
    }

    @Operation(summary = "Procedures, with how they ran")
    @GetMapping("/procedures")
    List<Procedure> procedures() {
        return schema.procedures();
    }

    @Operation(summary = "A procedure")
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
