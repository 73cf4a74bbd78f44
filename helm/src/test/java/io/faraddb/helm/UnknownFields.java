package io.faraddb.helm;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Fields of manifests that Kubernetes does not know and would drop without a word. */
final class UnknownFields {

    private final List<String> found = new ArrayList<>();

    private UnknownFields() {}

    static List<String> of(HasMetadata manifest) {
        UnknownFields fields = new UnknownFields();
        fields.visit(manifest.getKind(), manifest);
        return fields.found;
    }

    private void visit(String path, Object value) {
        if (value instanceof Collection<?> items) {
            int index = 0;
            for (Object item : items) {
                visit(path + "[" + index++ + "]", item);
            }
        } else if (value != null
                && value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")) {
            visitModel(path, value);
        }
    }

    private void visitModel(String path, Object model) {
        for (Method method : model.getClass().getMethods()) {
            String name = method.getName();
            if (method.getParameterCount() != 0 || !name.startsWith("get")) {
                continue;
            }
            Object value = call(method, model);
            if (name.equals("getAdditionalProperties") && value instanceof Map<?, ?> unknown) {
                unknown.keySet().forEach(field -> found.add(path + "." + field));
            } else {
                visit(path + "." + name.substring(3), value);
            }
        }
    }

    private static Object call(Method method, Object model) {
        try {
            return method.invoke(model);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError(e);
        }
    }
}
