package io.faraddb.engine.type;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's numbers and sizes of types, arrays included. */
public final class TypeOids {

    private static final Map<TypeKind, Integer> ARRAYS = arrays();
    private static final Map<Integer, SqlType> TYPES = types();

    private TypeOids() {}

    private static Map<TypeKind, Integer> arrays() {
        Map<TypeKind, Integer> arrays = new EnumMap<>(TypeKind.class);
        arrays.put(TypeKind.BOOLEAN, 1000);
        arrays.put(TypeKind.BYTEA, 1001);
        arrays.put(TypeKind.INTERNAL_CHAR, 1002);
        arrays.put(TypeKind.NAME, 1003);
        arrays.put(TypeKind.SMALLINT, 1005);
        arrays.put(TypeKind.INTEGER, 1007);
        arrays.put(TypeKind.REGPROC, 1008);
        arrays.put(TypeKind.TEXT, 1009);
        arrays.put(TypeKind.XID, 1011);
        arrays.put(TypeKind.CHAR, 1014);
        arrays.put(TypeKind.VARCHAR, 1015);
        arrays.put(TypeKind.BIGINT, 1016);
        arrays.put(TypeKind.REAL, 1021);
        arrays.put(TypeKind.DOUBLE, 1022);
        arrays.put(TypeKind.OID, 1028);
        arrays.put(TypeKind.TIMESTAMP, 1115);
        arrays.put(TypeKind.DATE, 1182);
        arrays.put(TypeKind.TIME, 1183);
        arrays.put(TypeKind.TIMESTAMPTZ, 1185);
        arrays.put(TypeKind.INTERVAL, 1187);
        arrays.put(TypeKind.NUMERIC, 1231);
        arrays.put(TypeKind.REGCLASS, 2210);
        arrays.put(TypeKind.REGTYPE, 2211);
        arrays.put(TypeKind.RECORD, 2287);
        arrays.put(TypeKind.UUID, 2951);
        arrays.put(TypeKind.REGNAMESPACE, 4090);
        return Map.copyOf(arrays);
    }

    private static Map<Integer, SqlType> types() {
        Map<Integer, SqlType> types = new HashMap<>();
        for (TypeKind kind : TypeKind.values()) {
            if (kind != TypeKind.ARRAY) {
                types.put(kind.oid(), SqlType.of(kind));
            }
        }
        ARRAYS.forEach((kind, oid) -> types.put(oid, SqlType.array(SqlType.of(kind))));
        return Map.copyOf(types);
    }

    /** A type's oid in pg_type. */
    public static int oid(SqlType type) {
        SqlType element = type.element();
        if (element == null) {
            return type.kind().oid();
        }
        return ARRAYS.getOrDefault(element.kind(), type.kind().oid());
    }

    /** The type of an oid in pg_type, without modifiers; null if FaradDB has none of it. */
    public static @Nullable SqlType type(int oid) {
        return TYPES.get(oid);
    }

    /** The oid of the array type whose elements are of this kind; 0 if there is none. */
    public static int arrayOid(TypeKind element) {
        return ARRAYS.getOrDefault(element, 0);
    }

    /** As pg_type's typlen: bytes of a value, -1 if they vary, -2 for a C string. */
    public static int length(SqlType type) {
        return switch (type.kind()) {
            case BOOLEAN, INTERNAL_CHAR -> 1;
            case SMALLINT -> 2;
            case INTEGER, REAL, DATE, OID, XID, REGCLASS, REGTYPE, REGPROC, REGNAMESPACE, VOID -> 4;
            case BIGINT, DOUBLE, TIME, TIMESTAMP, TIMESTAMPTZ -> 8;
            case UUID, INTERVAL -> 16;
            case NAME -> 64;
            case UNKNOWN -> -2;
            case NUMERIC, TEXT, VARCHAR, CHAR, BYTEA, ARRAY, RECORD -> -1;
        };
    }
}
