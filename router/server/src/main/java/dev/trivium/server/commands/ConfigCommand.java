package dev.trivium.server.commands;

import dev.trivium.server.configuration.ConfigurationReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `config`: about the configuration file.
@Command(
        name = "config",
        description = "About the configuration file.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "schema",
            description = "Prints the JSON Schema of router.yaml.",
            mixinStandardHelpOptions = true)
    int schema() {
        spec.commandLine().getOut().println(ConfigurationReader.jsonSchema());
        return 0;
    }
}
