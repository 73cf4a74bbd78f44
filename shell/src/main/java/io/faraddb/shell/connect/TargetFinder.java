package io.faraddb.shell.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the cluster a command means.
 *
 * <p>What the command line says comes first, then {@code FARAD_URL}, then the node whose data
 * directory is {@code ./farad-data}, then the local ports.
 */
public final class TargetFinder {

    private static final Pattern ADDRESS =
            Pattern.compile("(?:jdbc:postgresql://)?(\\[[^]]+]|[^:/?\\[]+)(?::([0-9]+))?([/?].*)?");
    private static final String DEFAULT_USER = "admin";
    private static final int PG_PORT = 5432;
    private static final int HTTP_PORT = 8080;

    private final Map<String, String> environment;
    private final Path workingDirectory;

    /** Looks into these for what the command line leaves out. */
    public TargetFinder(Map<String, String> environment, Path workingDirectory) {
        this.environment = environment;
        this.workingDirectory = workingDirectory;
    }

    /** The cluster; an argument is null where the command line says nothing. */
    public Target find(
            @Nullable String url,
            @Nullable String user,
            @Nullable String passwordFile,
            @Nullable String dataDirectory) {
        Path directory =
                workingDirectory.resolve(
                        dataDirectory != null
                                ? dataDirectory
                                : environment.getOrDefault("FARAD_DATA_DIR", "farad-data"));
        Optional<Ports> ports = ports(directory);
        // Whoever names a directory means its node, whatever the environment says.
        String address =
                url != null ? url : dataDirectory != null ? null : environment.get("FARAD_URL");
        if (dataDirectory != null && url == null && ports.isEmpty()) {
            throw new ShellFailure(
                    Exit.UNAVAILABLE,
                    "no node has left its ports in " + directory,
                    "start one: farad start --data-dir " + dataDirectory);
        }
        String name = user != null ? user : DEFAULT_USER;
        if (address == null) {
            Ports local = ports.orElse(new Ports(PG_PORT, HTTP_PORT));
            return new Target(
                    jdbcUrl("127.0.0.1", local.pg(), "/farad"),
                    "http://127.0.0.1:" + local.http(),
                    name,
                    password(passwordFile, name, ports.isPresent() ? directory : null));
        }
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            throw ShellFailure.usage(
                    "\"" + address + "\" is no address of a cluster",
                    "write HOST:PORT or jdbc:postgresql://HOST:PORT/farad");
        }
        String host = matcher.group(1);
        int port = matcher.group(2) == null ? PG_PORT : Integer.parseInt(matcher.group(2));
        String rest = matcher.group(3) == null ? "/farad" : matcher.group(3);
        boolean own = isLoopback(host) && ports.isPresent() && ports.get().pg() == port;
        int http = own ? ports.orElseThrow().http() : HTTP_PORT;
        return new Target(
                jdbcUrl(host, port, rest),
                "http://" + host + ":" + http,
                name,
                password(passwordFile, name, own ? directory : null));
    }

    private static String jdbcUrl(String host, int port, String rest) {
        return "jdbc:postgresql://" + host + ":" + port + rest;
    }

    private static boolean isLoopback(String host) {
        return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
    }

    private @Nullable String password(
            @Nullable String file, String user, @Nullable Path directoryOfNode) {
        if (file != null) {
            return firstLine(workingDirectory.resolve(file))
                    .orElseThrow(
                            () -> ShellFailure.usage("cannot read the password in " + file, null));
        }
        if (directoryOfNode != null && user.equals(DEFAULT_USER)) {
            Optional<String> kept = firstLine(directoryOfNode.resolve("admin.password"));
            if (kept.isPresent()) {
                return kept.get();
            }
        }
        return environment.get("PGPASSWORD");
    }

    private static Optional<String> firstLine(Path file) {
        try {
            return Files.readString(file).lines().findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Ports> ports(Path directory) {
        Path file = directory.resolve("endpoints.json");
        try {
            JsonNode node = JsonMapper.shared().readTree(Files.readString(file));
            return Optional.of(
                    new Ports(node.path("pg").asInt(PG_PORT), node.path("http").asInt(HTTP_PORT)));
        } catch (IOException | JacksonException e) {
            // No node has run there, or it is just writing the file: the defaults then.
            return Optional.empty();
        }
    }

    private record Ports(int pg, int http) {}
}
