package io.faraddb.node.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** A configuration as properties, such as they are written down; without its secrets. */
public final class ConfigurationView {

    private static final String PREFIX = "farad";
    private static final String SECRET = "******";

    private ConfigurationView() {}

    /** Values by name; one that is not set is empty. */
    public static Map<String, String> of(FaradProperties properties) {
        Map<String, String> view = new TreeMap<>();
        add(PREFIX, properties, view);
        return view;
    }

    private static void add(String prefix, Record values, Map<String, String> view) {
        for (RecordComponent component : values.getClass().getRecordComponents()) {
            String name = prefix + "." + dashed(component.getName());
            Object value = value(component, values);
            if (value instanceof Record nested) {
                add(name, nested, view);
            } else if (value != null && name.contains("password")) {
                view.put(name, SECRET);
            } else {
                view.put(name, text(value));
            }
        }
    }

    private static @Nullable Object value(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a public record tells its values", e);
        }
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Duration time -> text(time);
            case DataSize size -> text(size);
            case Enum<?> choice -> choice.name().toLowerCase(Locale.ROOT);
            case Collection<?> all ->
                    all.stream().map(String::valueOf).collect(Collectors.joining(","));
            default -> value.toString();
        };
    }

    /** In the largest unit that needs no fraction. */
    private static String text(Duration time) {
        return inUnits(time.toMillis(), new int[] {1000, 60, 60}, "ms", "s", "m", "h");
    }

    private static String text(DataSize size) {
        return inUnits(size.toBytes(), new int[] {1024, 1024, 1024}, "B", "KB", "MB", "GB");
    }

    private static String inUnits(long amount, int[] steps, String... units) {
        long rest = amount;
        int unit = 0;
        while (unit < steps.length && rest != 0 && rest % steps[unit] == 0) {
            rest /= steps[unit];
            unit++;
        }
        return rest + units[unit];
    }
}
