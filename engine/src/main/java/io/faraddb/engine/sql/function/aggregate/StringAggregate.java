package io.faraddb.engine.sql.function.aggregate;

import io.faraddb.engine.sql.function.Aggregate.Accumulator;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** string_agg: strings with what is between them. */
final class StringAggregate {

    private StringAggregate() {}

    static final class OfText implements Accumulator {
        private @Nullable StringBuilder text;

        @Override
        public void add(@Nullable Object[] arguments) {
            if (!(arguments[0] instanceof String value)) {
                return;
            }
            if (text == null) {
                text = new StringBuilder();
            } else if (arguments[1] != null) {
                text.append((String) arguments[1]);
            }
            text.append(value);
        }

        @Override
        public boolean keepsArguments() {
            return true;
        }

        @Override
        public @Nullable Object result() {
            return text == null ? null : text.toString();
        }
    }

    static final class OfBytes implements Accumulator {
        private @Nullable ByteArrayOutputStream bytes;

        @Override
        public void add(@Nullable Object[] arguments) {
            if (!(arguments[0] instanceof byte[] value)) {
                return;
            }
            if (bytes == null) {
                bytes = new ByteArrayOutputStream();
            } else if (arguments[1] instanceof byte[] separator) {
                bytes.writeBytes(separator);
            }
            bytes.writeBytes(value);
        }

        @Override
        public boolean keepsArguments() {
            return true;
        }

        @Override
        public @Nullable Object result() {
            return bytes == null ? null : bytes.toByteArray();
        }
    }
}
