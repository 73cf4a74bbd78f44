package io.faraddb.shell.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandOption;

/** Has other shells complete farad's commands and options, and files behind them. */
public final class CompletionScript {

    /** What the launcher does itself. */
    private static final List<String> LAUNCHER =
            List.of(
                    "start --data-dir --name --bind --insecure --pg-port --pg-socket-dir"
                            + " --volt-port --http-port --cluster-port --join --partitions"
                            + " --replicas --detach",
                    "stop --data-dir");

    // The longest command that the words begin with decides which options there are.
    private static final String BASH =
            """
            _farad() {
              local current=${COMP_WORDS[COMP_CWORD]} typed= word line
              local commands='%s'
              for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                case $word in -*) ;; *) typed+="$word " ;; esac
              done
              local words= options=
              while IFS= read -r line; do
                local name=${line%%%% -*} rest
                case $name in
                  "$typed"?*) rest=${name#"$typed"}; words+=" ${rest%%%% *}" ;;
                esac
                case "$typed" in
                  "$name "*) options=${line#"$name"} ;;
                esac
              done <<< "$commands"
              case $current in
                -*) words=$options ;;
                *) [[ -n $options ]] && words= ;;
              esac
              COMPREPLY=($(compgen -W "$words" -- "$current"))
            }
            complete -o default -F _farad farad
            """;
    private static final String ZSH = "autoload -U +X bashcompinit && bashcompinit\n";

    private CompletionScript() {}

    static String bash(Collection<Command> commands) {
        List<String> lines = new ArrayList<>(LAUNCHER);
        for (Command command : commands) {
            String options =
                    command.getOptions().stream()
                            .map(CommandOption::longName)
                            .collect(Collectors.joining(" --", " --", " --help"));
            lines.add(command.getName() + (command.getOptions().isEmpty() ? " --help" : options));
        }
        return BASH.formatted(String.join("\n", lines));
    }

    static String zsh(Collection<Command> commands) {
        return ZSH + bash(commands);
    }
}
