package dev.trivium.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.composition.NpmProgram;
import dev.trivium.language.Outcome;
import dev.trivium.server.configuration.Configuration;
import dev.trivium.server.configuration.ConfigurationReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/// Validates the OpenAPI document of the platform (npm package
/// `@seriousme/openapi-schema-validator`).
class OpenApiTest {
    private static final Path SCHEMA = Path.of("../../schema");

    @Test
    void thePlatformsEndpointsAreDescribedWell() throws Exception {
        try (var program = NpmProgram.start("openapi.mjs");
                var server = platform()) {
            if (program == null) {
                System.out.println("OPENAPI IS NOT VALIDATED: npm is not to be had");
                throw new TestAbortedException("npm is not to be had");
            }
            var url = "http://127.0.0.1:" + server.port() + "/openapi.json";
            var result = program.ask(Map.of("url", url));
            assertThat(result.toString())
                    .isEqualTo("{\"valid\":true,\"version\":\"3.1\",\"errors\":null}");
        }
    }

    private static RouterServer platform() throws IOException {
        var read =
                ConfigurationReader.read(
                        "persisted_queries: {manifests: ['%s']}"
                                .formatted(SCHEMA.resolve("operations").toAbsolutePath()),
                        "router.yaml",
                        Map.of());
        var settings =
                ((Outcome.Accepted<Configuration>) read)
                        .value()
                        .withListen(new Configuration.Listen("127.0.0.1", 0));
        var started =
                RouterServer.start(
                        Files.readString(SCHEMA.resolve("supergraph.graphql")), settings);
        assertThat(started).isInstanceOf(Outcome.Accepted.class);
        return ((Outcome.Accepted<RouterServer>) started).value();
    }
}
