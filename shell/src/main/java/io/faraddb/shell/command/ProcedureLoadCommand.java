package io.faraddb.shell.command;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.print.Column;
import io.faraddb.shell.print.Format;
import io.faraddb.shell.print.RowSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code farad procedure load}: brings the classes of a jar to the cluster. */
final class ProcedureLoadCommand extends FaradCommand {

    private static final String PROCEDURE = "io/faraddb/api/Procedure";
    private static final int JAR_BYTES_MAX = 32 << 20;

    private final TargetFinder finder;

    ProcedureLoadCommand(Output output, TargetFinder finder) {
        super(
                output,
                "procedure load",
                "Load a jar of procedures' classes, or a new one in its place",
                "JAR",
                withTarget(
                        option(null, "name", "NAME", "of the archive in the cluster (its file's)"),
                        format()));
        this.finder = finder;
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        Format format = arguments.format();
        Path file = Path.of(arguments.values().getFirst());
        if (!Files.isRegularFile(file)) {
            throw new ShellFailure(Exit.FAILED, "there is no file " + file);
        }
        if (Files.size(file) > JAR_BYTES_MAX) {
            throw new ShellFailure(
                    Exit.FAILED, file + " has more than " + (JAR_BYTES_MAX >> 20) + " MiB");
        }
        byte[] bytes = Files.readAllBytes(file);
        List<String> procedures = procedures(file, bytes);
        String name = name(arguments.option("name"), file);
        JsonNode jar =
                arguments
                        .cluster(finder, out)
                        .rest()
                        .put("jars/" + URLEncoder.encode(name, StandardCharsets.UTF_8), bytes);
        List<List<String>> rows =
                procedures.stream()
                        .map(type -> List.of(jar.path("name").asString(), type))
                        .toList();
        format.printer()
                .print(
                        List.of(Column.text("jar"), Column.text("class")),
                        RowSource.of(rows),
                        out.out());
        if (format == Format.TABLE && !procedures.isEmpty()) {
            String first = procedures.getFirst();
            out.out()
                    .printf(
                            "CREATE PROCEDURE %s [PARTITION ON TABLE t COLUMN c] FROM CLASS %s;"
                                    + " makes it callable.%n",
                            first.substring(first.lastIndexOf('.') + 1)
                                    .toLowerCase(java.util.Locale.ROOT),
                            first);
        }
        return Exit.OK;
    }

    private static String name(@Nullable String given, Path file) {
        String fileName = String.valueOf(file.getFileName());
        String name = given != null ? given : fileName.replaceFirst("\\.jar$", "");
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}")) {
            throw ShellFailure.usage("\"" + name + "\" is no name for an archive", "--name");
        }
        return name;
    }

    /** The classes that CREATE PROCEDURE ... FROM CLASS takes. */
    static List<String> procedures(Path file, byte[] jar) throws IOException {
        List<String> procedures = new ArrayList<>();
        boolean any = false;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                any = true;
                if (entry.getName().endsWith(".class") && isProcedure(zip.readAllBytes())) {
                    String path = entry.getName();
                    procedures.add(
                            path.substring(0, path.length() - ".class".length()).replace('/', '.'));
                }
            }
        }
        if (!any) {
            throw new ShellFailure(Exit.FAILED, file + " is no jar");
        }
        return procedures;
    }

    private static boolean isProcedure(byte[] bytes) {
        try {
            ClassModel model = ClassFile.of().parse(bytes);
            return model.interfaces().stream()
                    .anyMatch(implemented -> implemented.asInternalName().equals(PROCEDURE));
        } catch (IllegalArgumentException notOfThisJava) {
            return false;
        }
    }
}
