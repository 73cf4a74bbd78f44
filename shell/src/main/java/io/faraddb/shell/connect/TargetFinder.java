package io.faraddb.shell.connect;

import java.io.IOException;
import java.io.PrintWriter;
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
    private static final String DATABASE = "/farad";
    private static final int PG_PORT = 5432;
    private static final int HTTP_PORT = 8080;

    private static final int PORT_MAX = 65_535;

    private final Map<String, String> environment;
    private final Path workingDirectory;
    private final PasswordPrompt prompt;

    /** Looks into these for what the command line leaves out, and asks for passwords at last. */
    public TargetFinder(
            Map<String, String> environment, Path workingDirectory, PasswordPrompt prompt) {
        this.environment = environment;
        this.workingDirectory = workingDirectory;
        this.prompt = prompt;
    }

    /** What the command line says: null where it says nothing. */
    public record Wanted(
            @Nullable String url,
            @Nullable String httpUrl,
            @Nullable String user,
            @Nullable String passwordFile,
            @Nullable String dataDirectory) {

        public static final Wanted NOTHING = new Wanted(null, null, null, null, null);
    }

    /**
     * The cluster that is meant.
     *
     * @param trace where each call of REST is told, if anywhere
     */
    public Cluster cluster(Wanted wanted, @Nullable PrintWriter trace) {
        Target target = find(wanted);
        if (target.password() == null) {
            String asked = prompt.ask(target.user(), target.host() + ":" + target.port());
            target = asked == null ? target : target.withPassword(asked);
        }
        return Cluster.of(target, trace);
    }

    /** The same before anybody is asked for a password. */
    Target find(Wanted wanted) {
        String url = wanted.url();
        String dataDirectory = wanted.dataDirectory();
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
        String name = wanted.user() != null ? wanted.user() : DEFAULT_USER;
        String passwordFile = wanted.passwordFile();
        if (address == null) {
            Ports local = ports.orElse(new Ports(PG_PORT, HTTP_PORT, null));
            return new Target(
                    "127.0.0.1",
                    local.pg(),
                    DATABASE,
                    http(wanted, "127.0.0.1", local),
                    name,
                    password(passwordFile, name, ports.isPresent() ? directory : null),
                    local.certificate());
        }
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            throw ShellFailure.usage(
                    "\"" + address + "\" is no address of a cluster",
                    "write HOST:PORT or jdbc:postgresql://HOST:PORT/farad");
        }
        String host = matcher.group(1);
        int port = matcher.group(2) == null ? PG_PORT : port(matcher.group(2));
        String rest = matcher.group(3) == null ? DATABASE : matcher.group(3);
        boolean own = isLoopback(host) && ports.isPresent() && ports.get().pg() == port;
        Ports known = own ? ports.orElseThrow() : new Ports(PG_PORT, HTTP_PORT, null);
        return new Target(
                host,
                port,
                rest,
                http(wanted, host, known),
                name,
                password(passwordFile, name, own ? directory : null),
                known.certificate());
    }

    private static int port(String digits) {
        int port = digits.length() > 5 ? 0 : Integer.parseInt(digits);
        if (port < 1 || port > PORT_MAX) {
            throw ShellFailure.usage(digits + " is no port", "ports go from 1 to " + PORT_MAX);
        }
        return port;
    }

    private String http(Wanted wanted, String host, Ports ports) {
        String given =
                wanted.httpUrl() != null ? wanted.httpUrl() : environment.get("FARAD_HTTP_URL");
        // Whose node is named by its directory is at that node's port.
        if (given == null || wanted.httpUrl() == null && wanted.dataDirectory() != null) {
            String scheme = ports.certificate() == null ? "http://" : "https://";
            return scheme + host + ":" + ports.http();
        }
        if (!given.startsWith("http://") && !given.startsWith("https://")) {
            throw ShellFailure.usage(
                    "\"" + given + "\" is no address of REST", "write http://HOST:PORT");
        }
        return given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
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
            Path certificate = directory.resolve("certificate.pem");
            return Optional.of(
                    new Ports(
                            node.path("pg").asInt(PG_PORT),
                            node.path("http").asInt(HTTP_PORT),
                            Files.exists(certificate) ? certificate : null));
        } catch (IOException | JacksonException e) {
            // No node has run there, or it is just writing the file: the defaults then.
            return Optional.empty();
        }
    }

    /**
     * What a node leaves in its data directory.
     *
     * @param certificate its own, if it encrypts
     */
    private record Ports(int pg, int http, @Nullable Path certificate) {}
}
