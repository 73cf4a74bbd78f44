package io.faraddb.node.rest;

import io.faraddb.engine.Engine;
import io.faraddb.engine.catalog.JarDef;
import io.faraddb.engine.catalog.UserDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.node.engine.NodeEngine;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.HexFormat;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Archives of procedures' classes: CREATE PROCEDURE ... FROM CLASS finds classes in them. */
@RestController
@Tag(name = "schema")
@RequestMapping("/api/v1/jars")
public final class JarController {

    /** An archive is one entry of the log that keeps the schema, which may have twice as much. */
    static final int JAR_BYTES_MAX = 32 << 20;

    private final NodeEngine node;

    public JarController(NodeEngine node) {
        this.node = node;
    }

    record Jar(String name, String sha256, int bytes) {}

    @Operation(summary = "Archives of procedures' classes")
    @GetMapping
    List<Jar> jars() {
        return node.engine().catalog().jars().stream().map(JarController::of).toList();
    }

    @Operation(
            summary = "Loads an archive, or puts a new one in its place",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    @PutMapping("/{name}")
    Jar load(@PathVariable String name, HttpServletRequest request, Principal user)
            throws IOException {
        Engine engine = node.engine();
        UserDef who = engine.user(user.getName());
        if (who == null || !who.superuser()) {
            throw new SqlException(
                    ErrorCode.INSUFFICIENT_PRIVILEGE, "only a superuser may load Java classes");
        }
        byte[] bytes = request.getInputStream().readNBytes(JAR_BYTES_MAX + 1);
        if (bytes.length > JAR_BYTES_MAX) {
            throw new SqlException(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "an archive has at most " + (JAR_BYTES_MAX >> 20) + " MiB")
                    .hint("Leave out what the procedures do not need.");
        }
        JarDef jar = new JarDef(name, sha256(bytes), bytes);
        engine.loadJar(jar);
        return of(jar);
    }

    private static Jar of(JarDef jar) {
        return new Jar(jar.name(), jar.sha256(), jar.bytes().length);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
