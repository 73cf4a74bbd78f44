package io.faraddb.engine.procedure;

import io.faraddb.api.Procedure;
import io.faraddb.api.SqlStatement;
import io.faraddb.api.Transaction;
import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.JarDef;
import io.faraddb.engine.catalog.ProcedureDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.plan.Plan;
import io.faraddb.engine.type.SqlType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes procedures callable: finds the class, plans the statements. */
public final class ProcedureLoader {

    private final StatementPlanner planner;
    private final Map<String, ArchiveLoader> archives = new ConcurrentHashMap<>();

    /** Plans a statement of a procedure. */
    @FunctionalInterface
    public interface StatementPlanner {
        /**
         * @param parameterTypes of $1, $2, ...; empty to infer them
         */
        Plan plan(String sql, Catalog catalog, List<SqlType> parameterTypes);
    }

    public ProcedureLoader(StatementPlanner planner) {
        this.planner = planner;
    }

    /**
     * @throws SqlException if the class is not there or not of the right form, or a statement is
     *     wrong
     */
    public CallableProcedure load(ProcedureDef definition, Catalog catalog) {
        return switch (definition.body()) {
            case ProcedureDef.Body.Statements body -> statements(definition, body, catalog);
            case ProcedureDef.Body.JavaClass body -> javaClass(definition, body, catalog);
        };
    }

    private CallableProcedure statements(
            ProcedureDef definition, ProcedureDef.Body.Statements body, Catalog catalog) {
        List<SqlType> types = definition.parameterTypes();
        List<Plan> plans =
                body.statements().stream().map(sql -> planner.plan(sql, catalog, types)).toList();
        plans.forEach(plan -> requireOnePartition(definition, plan));
        return new StatementsProcedure(definition, types, plans);
    }

    private CallableProcedure javaClass(
            ProcedureDef definition, ProcedureDef.Body.JavaClass body, Catalog catalog) {
        Class<?> type = find(body, catalog);
        Method run = runMethod(type);
        Map<SqlStatement, Plan> plans = new LinkedHashMap<>();
        for (SqlStatement statement : statements(type)) {
            plans.put(statement, planner.plan(statement.text(), catalog, List.of()));
        }
        List<List<Field>> queries = new ArrayList<>();
        for (Plan plan : plans.values()) {
            requireOnePartition(definition, plan);
            List<Field> fields = plan.fields();
            if (fields != null) {
                queries.add(fields);
            }
        }
        List<Class<?>> classes = List.of(run.getParameterTypes());
        return new JavaProcedure(
                definition,
                handle(type, run),
                classes.subList(1, classes.size()),
                parameterTypes(type, run),
                plans,
                ResultShape.of(run, queries));
    }

    private static void requireOnePartition(ProcedureDef definition, Plan plan) {
        List<String> indexes = plan.routing().globalIndexes();
        if (definition.partition() != null && !indexes.isEmpty()) {
            throw new SqlException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "a single-partition procedure cannot write global index \"%s\""
                                    .formatted(indexes.getFirst()))
                    .detail(
                            "Procedure %s is created with PARTITION ON."
                                    .formatted(definition.name()))
                    .hint(
                            "Create the procedure without PARTITION ON, or the unique key with the"
                                    + " partitioning column.");
        }
    }

    /** The SQL types of a class's arguments, for its definition. */
    public List<SqlType> parameterTypes(ProcedureDef.Body.JavaClass body, Catalog catalog) {
        Class<?> type = find(body, catalog);
        return parameterTypes(type, runMethod(type));
    }

    /** Which archive holds a class; null if none does. */
    public @Nullable String archiveOf(String className, Catalog catalog) {
        for (JarDef jar : catalog.jars()) {
            if (archive(jar).holds(className)) {
                return jar.name();
            }
        }
        return null;
    }

    /** Reads an archive, to be sure that it is one. */
    public void check(JarDef jar) {
        ArchiveLoader.of(jar);
    }

    private ArchiveLoader archive(JarDef jar) {
        return archives.computeIfAbsent(jar.sha256(), unused -> ArchiveLoader.of(jar));
    }

    private Class<?> find(ProcedureDef.Body.JavaClass body, Catalog catalog) {
        JarDef jar = catalog.jar(body.jar());
        if (jar == null) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_OBJECT,
                            "class " + body.className() + " is in no loaded archive")
                    .hint("Load its jar first: farad procedure load JAR.");
        }
        Class<?> type;
        try {
            type = Class.forName(body.className(), true, archive(jar));
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_OBJECT,
                            "class %s cannot be loaded from archive \"%s\": %s"
                                    .formatted(body.className(), jar.name(), missing))
                    .hint("Put what it needs into the same jar.");
        }
        if (!Procedure.class.isAssignableFrom(type)) {
            throw wrong(type, "does not implement " + Procedure.class.getName());
        }
        return type;
    }

    private static SqlException wrong(Class<?> type, String what) {
        return new SqlException(
                ErrorCode.INVALID_OBJECT_DEFINITION,
                "procedure class " + type.getName() + " " + what);
    }

    private static Method runMethod(Class<?> type) {
        Method found = null;
        for (Method method : type.getMethods()) {
            if (method.getName().equals("run") && !method.isBridge()) {
                if (found != null) {
                    throw wrong(type, "has more than one public method named run");
                }
                found = method;
            }
        }
        if (found == null
                || found.getParameterCount() == 0
                || found.getParameterTypes()[0] != Transaction.class) {
            throw wrong(type, "has no public method run(Transaction, ...)");
        }
        return found;
    }

    private static List<SqlType> parameterTypes(Class<?> type, Method run) {
        List<SqlType> types = new ArrayList<>();
        Class<?>[] classes = run.getParameterTypes();
        for (int i = 1; i < classes.length; i++) {
            SqlType sqlType = JavaValues.typeOf(classes[i]);
            if (sqlType == null) {
                throw wrong(type, "takes a " + classes[i].getName() + ", which has no SQL type");
            }
            types.add(sqlType);
        }
        return types;
    }

    private static List<SqlStatement> statements(Class<?> type) {
        List<SqlStatement> statements = new ArrayList<>();
        for (var field : type.getDeclaredFields()) {
            if (field.getType() != SqlStatement.class) {
                continue;
            }
            if (!Modifier.isStatic(field.getModifiers())) {
                throw wrong(type, "keeps a statement in a field that is not static");
            }
            field.setAccessible(true);
            try {
                statements.add((SqlStatement) field.get(null));
            } catch (IllegalAccessException hidden) {
                throw wrong(type, "hides its field " + field.getName());
            }
        }
        return statements;
    }

    /** An instance's run as (Transaction, Object[]) to Object. */
    private static MethodHandle handle(Class<?> type, Method run) {
        try {
            Object instance = type.getConstructor().newInstance();
            run.setAccessible(true);
            MethodHandle bound = MethodHandles.lookup().unreflect(run).bindTo(instance);
            MethodHandle spread = bound.asSpreader(Object[].class, run.getParameterCount() - 1);
            return spread.asType(
                    MethodType.methodType(Object.class, Transaction.class, Object[].class));
        } catch (ReflectiveOperationException failure) {
            throw wrong(type, "cannot be instantiated: " + failure);
        }
    }

    /**
     * The types of a statement's parameters.
     *
     * @param known those that are known already; may be fewer
     */
    public List<SqlType> inferTypes(String sql, Catalog catalog, List<SqlType> known) {
        return planner.plan(sql, catalog, known).parameters();
    }
}
