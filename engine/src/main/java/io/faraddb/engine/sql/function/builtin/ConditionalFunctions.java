package io.faraddb.engine.sql.function.builtin;

import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.type.TypeKind;
import io.faraddb.engine.type.ValueOrder;
import org.jspecify.annotations.Nullable;

/** GREATEST and LEAST, which leave nulls out, and who is asking. */
final class ConditionalFunctions implements FunctionSource {

    /** The one database of a node. */
    private static final String DATABASE = "farad";

    /** The one schema of the users' tables. */
    private static final String SCHEMA = "public";

    @Override
    public void define(Definitions definitions) {
        extreme(definitions, "greatest", 1);
        extreme(definitions, "least", -1);
        for (String name : new String[] {"current_user", "session_user", "user", "current_role"}) {
            definitions.general(name + "() -> name stable", (arguments, context) -> context.user());
        }
        definitions.define("current_catalog() -> name stable", () -> DATABASE);
        definitions.define("current_schema() -> name stable", () -> SCHEMA);
    }

    private static void extreme(Definitions to, String name, int sign) {
        to.typed(
                name + "(variadic anycompatible) -> anycompatible lenient",
                (types, result) -> {
                    TypeKind kind = result.kind();
                    return (arguments, context) -> best(kind, arguments, sign);
                });
    }

    private static @Nullable Object best(TypeKind kind, @Nullable Object[] arguments, int sign) {
        Object best = null;
        for (Object argument : arguments) {
            if (best == null
                    || (argument != null && ValueOrder.compare(kind, argument, best) * sign > 0)) {
                best = argument;
            }
        }
        return best;
    }
}
