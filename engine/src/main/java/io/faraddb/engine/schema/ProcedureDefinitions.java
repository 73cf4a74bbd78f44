package io.faraddb.engine.schema;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.CatalogChange;
import io.faraddb.engine.catalog.Partitioning;
import io.faraddb.engine.catalog.ProcedureDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.parse.ast.ProcedureStatement;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Procedures as statements define them. */
final class ProcedureDefinitions {

    private final Procedures procedures;

    ProcedureDefinitions(Procedures procedures) {
        this.procedures = procedures;
    }

    CatalogChange create(ProcedureStatement.CreateProcedure create, Catalog catalog) {
        SchemaChanges.requirePublic(create.name());
        String name = create.name().name();
        if (catalog.procedure(name) != null && !create.orReplace()) {
            throw new SqlException(
                            ErrorCode.DUPLICATE_FUNCTION,
                            "procedure \"" + name + "\" already exists")
                    .at(create.name().position());
        }
        if (!create.allowedRoles().isEmpty()) {
            throw SqlException.unsupported("ALLOW of a procedure").at(create.position());
        }
        ProcedureDef.Body body = body(create, catalog);
        List<SqlType> types = types(body, catalog);
        ProcedureDef definition =
                new ProcedureDef(
                        catalog.nextOid(), name, types, partition(create, types, catalog), body);
        procedures.loader().load(definition, catalog);
        return new CatalogChange.PutProcedure(definition);
    }

    private ProcedureDef.Body body(ProcedureStatement.CreateProcedure create, Catalog catalog) {
        return switch (create.body()) {
            case ProcedureStatement.SqlBody sql ->
                    new ProcedureDef.Body.Statements(
                            sql.statements().stream()
                                    .map(ProcedureStatement.BodyStatement::text)
                                    .toList());
            case ProcedureStatement.JavaBody java -> {
                String jar = procedures.loader().archiveOf(java.className(), catalog);
                if (jar == null) {
                    throw new SqlException(
                                    ErrorCode.UNDEFINED_OBJECT,
                                    "class " + java.className() + " is in no loaded archive")
                            .hint("Load its jar first: farad procedure load JAR.")
                            .at(create.position());
                }
                yield new ProcedureDef.Body.JavaClass(java.className(), jar);
            }
        };
    }

    private List<SqlType> types(ProcedureDef.Body body, Catalog catalog) {
        return switch (body) {
            case ProcedureDef.Body.JavaClass javaClass ->
                    procedures.loader().parameterTypes(javaClass, catalog);
            case ProcedureDef.Body.Statements statements ->
                    inferred(statements.statements(), catalog);
        };
    }

    /** Each parameter has the type of its first use, in all statements. */
    private List<SqlType> inferred(List<String> statements, Catalog catalog) {
        List<SqlType> types = new ArrayList<>();
        for (String sql : statements) {
            List<SqlType> used = procedures.loader().inferTypes(sql, catalog, types);
            for (int i = 0; i < used.size(); i++) {
                if (i >= types.size()) {
                    types.add(used.get(i));
                } else if (types.get(i).equals(SqlType.UNKNOWN)) {
                    types.set(i, used.get(i));
                }
            }
        }
        return types;
    }

    private static ProcedureDef.@Nullable PartitionedBy partition(
            ProcedureStatement.CreateProcedure create, List<SqlType> types, Catalog catalog) {
        ProcedureStatement.ProcedurePartition partition = create.partition();
        if (partition == null) {
            return null;
        }
        TableDef table = SchemaChanges.table(partition.table(), catalog);
        int column = table.columnIndex(partition.column());
        boolean partitioned =
                table.partitioning() instanceof Partitioning.ByColumn by && by.column() == column;
        if (!partitioned) {
            throw new SqlException(
                            ErrorCode.INVALID_OBJECT_DEFINITION,
                            "table \"%s\" is not partitioned by column \"%s\""
                                    .formatted(table.name(), partition.column()))
                    .at(partition.position());
        }
        if (partition.parameter() >= types.size()) {
            throw new SqlException(
                            ErrorCode.INVALID_OBJECT_DEFINITION,
                            "the procedure has %d parameters, PARAMETER %d is none of them"
                                    .formatted(types.size(), partition.parameter()))
                    .hint("Parameters are counted from 0.")
                    .at(partition.position());
        }
        return new ProcedureDef.PartitionedBy(
                table.name(), partition.column(), partition.parameter());
    }

    CatalogChange drop(
            ProcedureStatement.DropProcedure drop, Catalog catalog, SchemaChanges.Context context) {
        List<CatalogChange> changes = new ArrayList<>();
        for (QualifiedName name : drop.names()) {
            if (catalog.procedure(name.name()) != null) {
                changes.add(new CatalogChange.DropProcedure(name.name()));
            } else if (drop.ifExists()) {
                context.notice("procedure " + name.name() + "() does not exist, skipping");
            } else {
                throw new SqlException(
                                ErrorCode.UNDEFINED_FUNCTION,
                                "procedure " + name.name() + " does not exist")
                        .at(name.position());
            }
        }
        return new CatalogChange.All(changes);
    }
}
