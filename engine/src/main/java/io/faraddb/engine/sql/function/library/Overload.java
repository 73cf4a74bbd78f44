package io.faraddb.engine.sql.function.library;

import io.faraddb.engine.type.SqlType;
import java.util.List;

/**
 * One of the functions of a name.
 *
 * @param <T> what it makes: function, aggregate or set function
 */
record Overload<T>(Signature signature, Maker<T> maker) {

    /** Makes the function for types that are settled. */
    @FunctionalInterface
    interface Maker<T> {
        /**
         * @param parameters one for each argument
         */
        T make(List<SqlType> parameters, SqlType result);
    }

    /** The function for arguments that this overload takes. */
    T bind(List<SqlType> arguments) {
        return Polymorphism.bind(this, arguments);
    }

    boolean hasSameParameters(Overload<T> other) {
        return signature.parameters().equals(other.signature.parameters());
    }
}
