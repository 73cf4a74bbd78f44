package io.faraddb.shell.command;

import io.faraddb.shell.cli.Answer;
import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.print.Format;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code farad config get}: what the node was told, defaults included. */
final class ConfigGetCommand extends FaradCommand {

    private final TargetFinder finder;

    ConfigGetCommand(Output output, TargetFinder finder) {
        super(
                output,
                "config get",
                "Show the node's configuration, or the properties below a name",
                "[NAME]",
                withTarget(format()));
        this.finder = finder;
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        Format format = arguments.format();
        JsonNode all = arguments.cluster(finder, out).rest().get("config");
        if (arguments.values().isEmpty()) {
            Answer.print(all, List.of("name", "value"), format, out);
            return Exit.OK;
        }
        String name = arguments.values().getFirst();
        ArrayNode found = JsonMapper.shared().createArrayNode();
        for (JsonNode property : all) {
            String each = property.path("name").asString("");
            if (each.equals(name) || each.startsWith(name + ".")) {
                found.add(property);
            }
        }
        if (found.isEmpty()) {
            throw new ShellFailure(
                    Exit.FAILED, "there is no property " + name, "farad config get shows all");
        }
        boolean exactly = found.size() == 1 && found.path(0).path("name").asString().equals(name);
        if (exactly && format == Format.TABLE) {
            out.out().println(found.path(0).path("value").asString(""));
        } else {
            Answer.print(found, List.of("name", "value"), format, out);
        }
        return Exit.OK;
    }
}
