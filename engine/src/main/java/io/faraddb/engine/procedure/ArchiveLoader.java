package io.faraddb.engine.procedure;

import io.faraddb.api.Procedure;
import io.faraddb.engine.catalog.JarDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.constant.ClassDesc;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** The classes of one archive. They see the JDK, the procedure API, and each other. */
final class ArchiveLoader extends ClassLoader {

    /** Bytes of all classes and resources of one archive, unpacked. */
    static final long UNPACKED_BYTES_MAX = 256L << 20;

    private final Map<String, byte[]> entries;

    private ArchiveLoader(Map<String, byte[]> entries) {
        super("archive", new ApiOnly(Procedure.class.getClassLoader()));
        this.entries = entries;
    }

    /** Hides the engine's own classes from procedures. */
    private static final class ApiOnly extends ClassLoader {
        private final ClassLoader api;

        ApiOnly(ClassLoader api) {
            super(ClassLoader.getPlatformClassLoader());
            this.api = api;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("io.faraddb.api.")) {
                return api.loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }

    /**
     * @throws SqlException 22023 if the bytes are no archive
     */
    static ArchiveLoader of(JarDef jar) {
        Map<String, byte[]> entries = new HashMap<>();
        long total = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar.bytes()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] bytes = zip.readNBytes((int) (UNPACKED_BYTES_MAX - total) + 1);
                total += bytes.length;
                if (total > UNPACKED_BYTES_MAX) {
                    throw new SqlException(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "archive \""
                                    + jar.name()
                                    + "\" unpacks to more than "
                                    + (UNPACKED_BYTES_MAX >> 20)
                                    + " MiB");
                }
                entries.put(entry.getName(), bytes);
            }
        } catch (IOException damaged) {
            throw new SqlException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "archive \"" + jar.name() + "\" cannot be read: " + damaged.getMessage());
        }
        if (entries.isEmpty()) {
            throw new SqlException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "archive \"" + jar.name() + "\" is not a jar or is empty");
        }
        return new ArchiveLoader(entries);
    }

    boolean holds(String className) {
        return entries.containsKey(className.replace('.', '/') + ".class");
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = entries.get(name.replace('.', '/') + ".class");
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        byte[] guarded = LoopGuard.guard(bytes, this::classBytes);
        return defineClass(name, guarded, 0, guarded.length);
    }

    private @Nullable InputStream classBytes(ClassDesc type) {
        String descriptor = type.descriptorString();
        return getResourceAsStream(descriptor.substring(1, descriptor.length() - 1) + ".class");
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] bytes = entries.get(name);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }
}
