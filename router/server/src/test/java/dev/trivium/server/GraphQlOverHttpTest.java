package dev.trivium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trivium.composition.NpmProgram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Runs the published audits of GraphQL over HTTP (npm package `graphql-http`).
class GraphQlOverHttpTest {
    private static @Nullable NpmProgram audits;

    @BeforeAll
    static void start() throws InterruptedException {
        audits = NpmProgram.start("audit.mjs");
        if (audits == null) {
            System.out.println("GRAPHQL OVER HTTP IS NOT AUDITED: npm is not to be had");
        }
    }

    @AfterAll
    static void stop() {
        if (audits != null) {
            audits.close();
        }
    }

    @Test
    void allAuditsAreOkWithoutCsrfPrevention() throws IOException {
        List<String> notOk = new ArrayList<>();
        assertThat(run("csrf: {enabled: false}", notOk)).isEqualTo(61);
        assertThat(notOk).isEmpty();
    }

    @Test
    void csrfPreventionRefusesTheBareGetRequestsOnly() throws IOException {
        List<String> notOk = new ArrayList<>();
        assertThat(run("", notOk)).isEqualTo(61);
        assertThat(notOk).hasSize(3).allMatch(it -> it.contains("GET"));
    }

    @Test
    void theStatusesOfTheDraftAreOkToo() throws IOException {
        List<String> notOk = new ArrayList<>();
        var draft = "http: {status_codes: draft}\ncsrf: {enabled: false}";
        assertThat(run(draft, notOk)).isEqualTo(61);
        // The draft has moved on to 422, where this audit wants 400.
        assertThat(notOk).singleElement().asString().contains("400 on variable coercion failure");
    }

    /// @param notOk gets the names of those audits that are not
    /// @return how many there are
    private static int run(String configuration, List<String> notOk) throws IOException {
        NpmProgram program = audits;
        assumeTrue(program != null);
        try (var router = TestRouter.start(configuration)) {
            var url = "http://127.0.0.1:" + router.port() + "/graphql";
            JsonNode results = program.ask(Map.of("url", url));
            for (JsonNode result : results) {
                if (!result.path("status").asString().equals("ok")) {
                    notOk.add(result.path("name").asString() + ": " + result.path("reason"));
                }
            }
            return results.size();
        }
    }
}
