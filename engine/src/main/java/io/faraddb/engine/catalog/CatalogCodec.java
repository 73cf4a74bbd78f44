package io.faraddb.engine.catalog;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.InvariantViolation;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.RowLayout;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Catalog changes as bytes, for the control log: a format byte, then the change with a tag byte and
 * its parts in the order of the records' components.
 */
public final class CatalogCodec {

    private static final int FORMAT = 1;
    private static final int PUT_TABLE = 1;
    private static final int DROP_TABLE = 2;
    private static final int PUT_PROCEDURE = 3;
    private static final int DROP_PROCEDURE = 4;
    private static final int PUT_JAR = 5;
    private static final int DROP_JAR = 6;
    private static final int PUT_USER = 7;
    private static final int DROP_USER = 8;
    private static final int ALL = 9;

    private CatalogCodec() {}

    public static byte[] encode(CatalogChange change) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            write(change, out);
        } catch (IOException impossible) {
            throw new InvariantViolation("memory takes bytes", impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws SqlException DATA_CORRUPTED if these are not the bytes of a change
     */
    public static CatalogChange decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new SqlException(
                                ErrorCode.DATA_CORRUPTED,
                                "a catalog change of unknown format " + format)
                        .hint("It was written by a newer release: start that one.");
            }
            return read(in);
        } catch (IOException truncated) {
            throw new SqlException(ErrorCode.DATA_CORRUPTED, "a catalog change is cut short");
        }
    }

    /** A catalog as a snapshot holds it: version, next oid, all its contents as one change. */
    public static byte[] encodeWhole(Catalog catalog) {
        byte[] contents = encode(contentsOf(catalog));
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + contents.length)
                .putLong(catalog.version())
                .putInt(catalog.nextOid())
                .put(contents)
                .array();
    }

    /**
     * @throws SqlException DATA_CORRUPTED if these are not the bytes of a catalog
     */
    public static Catalog decodeWhole(byte[] bytes) {
        int header = Long.BYTES + Integer.BYTES;
        if (bytes.length < header) {
            throw new SqlException(ErrorCode.DATA_CORRUPTED, "a catalog is cut short");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        CatalogChange contents = decode(Arrays.copyOfRange(bytes, header, bytes.length));
        return Catalog.of(buffer.getLong(), buffer.getInt(), contents);
    }

    private static CatalogChange contentsOf(Catalog catalog) {
        List<CatalogChange> changes = new ArrayList<>();
        catalog.jars().forEach(jar -> changes.add(new CatalogChange.PutJar(jar)));
        catalog.tables().forEach(table -> changes.add(new CatalogChange.PutTable(table)));
        catalog.procedures()
                .forEach(procedure -> changes.add(new CatalogChange.PutProcedure(procedure)));
        catalog.users().forEach(user -> changes.add(new CatalogChange.PutUser(user)));
        return new CatalogChange.All(changes);
    }

    private static void write(CatalogChange change, DataOutputStream out) throws IOException {
        switch (change) {
            case CatalogChange.PutTable put -> {
                out.writeByte(PUT_TABLE);
                writeTable(put.table(), out);
            }
            case CatalogChange.DropTable drop -> {
                out.writeByte(DROP_TABLE);
                out.writeInt(drop.oid());
            }
            case CatalogChange.PutProcedure put -> {
                out.writeByte(PUT_PROCEDURE);
                writeProcedure(put.procedure(), out);
            }
            case CatalogChange.DropProcedure drop -> {
                out.writeByte(DROP_PROCEDURE);
                out.writeUTF(drop.name());
            }
            case CatalogChange.PutJar put -> {
                out.writeByte(PUT_JAR);
                out.writeUTF(put.jar().name());
                out.writeUTF(put.jar().sha256());
                out.writeInt(put.jar().bytes().length);
                out.write(put.jar().bytes());
            }
            case CatalogChange.DropJar drop -> {
                out.writeByte(DROP_JAR);
                out.writeUTF(drop.name());
            }
            case CatalogChange.PutUser put -> {
                out.writeByte(PUT_USER);
                out.writeInt(put.user().oid());
                out.writeUTF(put.user().name());
                out.writeUTF(put.user().verifier());
                out.writeBoolean(put.user().superuser());
            }
            case CatalogChange.DropUser drop -> {
                out.writeByte(DROP_USER);
                out.writeUTF(drop.name());
            }
            case CatalogChange.All all -> {
                out.writeByte(ALL);
                out.writeInt(all.changes().size());
                for (CatalogChange part : all.changes()) {
                    write(part, out);
                }
            }
        }
    }

    private static CatalogChange read(DataInputStream in) throws IOException {
        int tag = in.readByte();
        return switch (tag) {
            case PUT_TABLE -> new CatalogChange.PutTable(readTable(in));
            case DROP_TABLE -> new CatalogChange.DropTable(in.readInt());
            case PUT_PROCEDURE -> new CatalogChange.PutProcedure(readProcedure(in));
            case DROP_PROCEDURE -> new CatalogChange.DropProcedure(in.readUTF());
            case PUT_JAR -> {
                String name = in.readUTF();
                String sha256 = in.readUTF();
                yield new CatalogChange.PutJar(
                        new JarDef(name, sha256, in.readNBytes(in.readInt())));
            }
            case DROP_JAR -> new CatalogChange.DropJar(in.readUTF());
            case PUT_USER ->
                    new CatalogChange.PutUser(
                            new UserDef(
                                    in.readInt(), in.readUTF(), in.readUTF(), in.readBoolean()));
            case DROP_USER -> new CatalogChange.DropUser(in.readUTF());
            case ALL -> {
                int count = in.readInt();
                List<CatalogChange> changes = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    changes.add(read(in));
                }
                yield new CatalogChange.All(changes);
            }
            default ->
                    throw new SqlException(
                            ErrorCode.DATA_CORRUPTED, "a catalog change of unknown kind " + tag);
        };
    }

    private static void writeTable(TableDef table, DataOutputStream out) throws IOException {
        out.writeInt(table.oid());
        out.writeUTF(table.name());
        out.writeInt(table.columns().size());
        for (ColumnDef column : table.columns()) {
            writeColumn(column, out);
        }
        out.writeInt(table.primaryKey().size());
        for (int place : table.primaryKey()) {
            out.writeInt(place);
        }
        out.writeUTF(table.primaryKeyName());
        switch (table.partitioning()) {
            case Partitioning.ByColumn by -> out.writeInt(by.column());
            case Partitioning.ByRowId byRowId -> out.writeInt(-1);
            case Partitioning.Replicated replicated -> out.writeInt(-2);
        }
        out.writeInt(table.indexes().size());
        for (IndexDef index : table.indexes()) {
            out.writeInt(index.oid());
            out.writeUTF(index.name());
            out.writeInt(index.columns().size());
            for (IndexDef.IndexColumn column : index.columns()) {
                out.writeInt(column.column());
                out.writeBoolean(column.descending());
            }
            out.writeBoolean(index.unique());
            out.writeBoolean(index.constraint());
        }
        out.writeInt(table.checks().size());
        for (CheckDef check : table.checks()) {
            out.writeUTF(check.name());
            out.writeUTF(check.text());
        }
    }

    private static TableDef readTable(DataInputStream in) throws IOException {
        int oid = in.readInt();
        String name = in.readUTF();
        List<ColumnDef> columns = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            columns.add(readColumn(in));
        }
        List<Integer> primaryKey = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            primaryKey.add(in.readInt());
        }
        String primaryKeyName = in.readUTF();
        int by = in.readInt();
        Partitioning partitioning =
                switch (by) {
                    case -1 -> new Partitioning.ByRowId();
                    case -2 -> new Partitioning.Replicated();
                    default -> new Partitioning.ByColumn(by);
                };
        List<IndexDef> indexes = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            indexes.add(readIndex(in));
        }
        List<CheckDef> checks = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            checks.add(new CheckDef(in.readUTF(), in.readUTF()));
        }
        return new TableDef(
                oid, name, columns, primaryKey, primaryKeyName, partitioning, indexes, checks);
    }

    private static IndexDef readIndex(DataInputStream in) throws IOException {
        int oid = in.readInt();
        String name = in.readUTF();
        List<IndexDef.IndexColumn> columns = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            columns.add(new IndexDef.IndexColumn(in.readInt(), in.readBoolean()));
        }
        return new IndexDef(oid, name, columns, in.readBoolean(), in.readBoolean());
    }

    private static void writeColumn(ColumnDef column, DataOutputStream out) throws IOException {
        out.writeUTF(column.name());
        writeType(column.type(), out);
        out.writeBoolean(column.notNull());
        writeNullable(column.defaultText(), out);
        Object missing = column.missingValue();
        out.writeBoolean(missing != null);
        if (missing != null) {
            byte[] row = RowLayout.of(column.type()).encode(new Object[] {missing});
            out.writeInt(row.length);
            out.write(row);
        }
        out.writeBoolean(column.dropped());
    }

    private static ColumnDef readColumn(DataInputStream in) throws IOException {
        String name = in.readUTF();
        SqlType type = readType(in);
        boolean notNull = in.readBoolean();
        String defaultText = readNullable(in);
        Object missing = null;
        if (in.readBoolean()) {
            missing = RowLayout.of(type).column(in.readNBytes(in.readInt()), 0, 0);
        }
        return new ColumnDef(name, type, notNull, defaultText, missing, in.readBoolean());
    }

    private static void writeNullable(@Nullable String text, DataOutputStream out)
            throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    private static @Nullable String readNullable(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }

    private static void writeType(SqlType type, DataOutputStream out) throws IOException {
        out.writeUTF(type.kind().name());
        out.writeInt(type.length());
        out.writeInt(type.precision());
        out.writeInt(type.scale());
        SqlType element = type.element();
        out.writeBoolean(element != null);
        if (element != null) {
            writeType(element, out);
        }
    }

    private static SqlType readType(DataInputStream in) throws IOException {
        TypeKind kind = TypeKind.valueOf(in.readUTF());
        int length = in.readInt();
        int precision = in.readInt();
        int scale = in.readInt();
        SqlType element = in.readBoolean() ? readType(in) : null;
        return new SqlType(kind, length, precision, scale, element);
    }

    private static void writeProcedure(ProcedureDef procedure, DataOutputStream out)
            throws IOException {
        out.writeInt(procedure.oid());
        out.writeUTF(procedure.name());
        out.writeInt(procedure.parameterTypes().size());
        for (SqlType type : procedure.parameterTypes()) {
            writeType(type, out);
        }
        ProcedureDef.PartitionedBy partition = procedure.partition();
        out.writeBoolean(partition != null);
        if (partition != null) {
            out.writeUTF(partition.table());
            out.writeUTF(partition.column());
            out.writeInt(partition.parameter());
        }
        switch (procedure.body()) {
            case ProcedureDef.Body.Statements body -> {
                out.writeByte(1);
                out.writeInt(body.statements().size());
                for (String statement : body.statements()) {
                    out.writeUTF(statement);
                }
            }
            case ProcedureDef.Body.JavaClass body -> {
                out.writeByte(2);
                out.writeUTF(body.className());
                out.writeUTF(body.jar());
            }
        }
    }

    private static ProcedureDef readProcedure(DataInputStream in) throws IOException {
        int oid = in.readInt();
        String name = in.readUTF();
        List<SqlType> types = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            types.add(readType(in));
        }
        ProcedureDef.PartitionedBy partition =
                in.readBoolean()
                        ? new ProcedureDef.PartitionedBy(in.readUTF(), in.readUTF(), in.readInt())
                        : null;
        ProcedureDef.Body body;
        if (in.readByte() == 1) {
            List<String> statements = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                statements.add(in.readUTF());
            }
            body = new ProcedureDef.Body.Statements(statements);
        } else {
            body = new ProcedureDef.Body.JavaClass(in.readUTF(), in.readUTF());
        }
        return new ProcedureDef(oid, name, types, partition, body);
    }
}
