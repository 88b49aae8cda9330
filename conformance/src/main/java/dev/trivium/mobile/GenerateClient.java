package dev.trivium.mobile;

import com.apollographql.apollo.compiler.ApolloCompilerPlugin;
import com.apollographql.apollo.compiler.ApolloCompilerPluginEnvironment;
import com.apollographql.apollo.compiler.ApolloCompilerRegistry;
import com.apollographql.apollo.compiler.EntryPoints;
import com.apollographql.apollo.compiler.InputFile;
import com.apollographql.apollo.compiler.OptionsKt;
import com.apollographql.apollo.compiler.operationoutput.OperationId;
import dev.trivium.language.Outcome.Accepted;
import dev.trivium.language.Outcome.Rejected;
import dev.trivium.language.Printer;
import dev.trivium.supergraph.ApiSchema;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// Makes a typed client of the platform's operations with Apollo Kotlin's compiler, as the build of
/// an Android app does. What identifies an operation is its id in the manifest. The files of
/// options name every option, since the compiler wants them so: null is its own default.
public final class GenerateClient {
    private final Path schema;
    private final Path options;
    private final Path target;

    private GenerateClient(Path schema, Path options, Path target) {
        this.schema = schema;
        this.options = options;
        this.target = target;
    }

    /// @param arguments three folders: the platform's schema, the options of Apollo's compiler, and
    ///   where to write
    public static void main(String[] arguments) throws IOException {
        new GenerateClient(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]))
                .generate();
    }

    private void generate() throws IOException {
        Files.createDirectories(target);
        EntryPoints.INSTANCE.buildSources(
                List.of(idsOf(manifest())),
                Map.of(),
                OptionsKt.getDefaultLogger(),
                List.of(input(apiSchema()), input(options.resolve("rest.graphqls"))),
                operations(),
                options.resolve("schema.json").toFile(),
                options.resolve("code.json").toFile(),
                options.resolve("operations.json").toFile(),
                null,
                target.resolve("client").toFile(),
                target.resolve("builders").toFile());
    }

    private Path apiSchema() throws IOException {
        var sdl = Files.readString(schema.resolve("supergraph.graphql"));
        return switch (SupergraphReader.read(sdl)) {
            case Accepted<Supergraph>(var supergraph) ->
                    Files.writeString(
                            target.resolve("api.graphqls"),
                            Printer.print(ApiSchema.of(supergraph)));
            case Rejected<Supergraph>(var issues) -> throw new IllegalStateException("" + issues);
        };
    }

    private List<InputFile> operations() throws IOException {
        try (Stream<Path> files = Files.list(schema.resolve("operations"))) {
            return files.filter(file -> file.toString().endsWith(".graphql"))
                    .sorted()
                    .map(GenerateClient::input)
                    .toList();
        }
    }

    private static InputFile input(Path file) {
        return new InputFile(file.toFile(), file.getFileName().toString());
    }

    /// From names to ids.
    private Map<String, String> manifest() throws IOException {
        var text = Files.readString(schema.resolve("operations/manifest.json"));
        Map<String, String> ids = new HashMap<>();
        for (var operation : new JsonMapper().readTree(text).get("operations")) {
            ids.put(operation.get("name").asString(), operation.get("id").asString());
        }
        return ids;
    }

    private static ApolloCompilerPlugin idsOf(Map<String, String> manifest) {
        return new ApolloCompilerPlugin() {
            @Override
            public void beforeCompilationStep(
                    ApolloCompilerPluginEnvironment environment, ApolloCompilerRegistry registry) {
                registry.registerOperationIdsGenerator(operations ->
                        operations.stream()
                                .map(operation ->
                                        new OperationId(
                                                id(manifest, operation.getName()),
                                                operation.getName()))
                                .toList());
            }
        };
    }

    private static String id(Map<String, String> manifest, String name) {
        var id = manifest.get(name);
        if (id == null) {
            throw new IllegalStateException("the manifest has no operation " + name);
        }
        return id;
    }
}
