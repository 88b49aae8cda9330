package dev.trivium.server.commands;

import dev.trivium.server.compose.ComposeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program: `java -jar trivium-router.jar COMMAND`.
@Command(
        name = "trivium-router",
        description = "A GraphQL federation router.",
        mixinStandardHelpOptions = true,
        subcommands = {
            RouterCommand.class,
            PlanCommand.class,
            PersistCommand.class,
            ComposeCommand.class,
            ConfigCommand.class
        })
public final class Main {

    private Main() {}

    /// @param arguments the name of a command, and its options
    public static void main(String[] arguments) {
        int status = commandLine().execute(arguments);
        if (status != RouterCommand.RUNNING) {
            System.exit(status);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}
