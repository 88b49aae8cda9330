package dev.trivium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trivium.composition.NpmProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Uses the explorer in headless Chromium. The screenshots are in `target/screenshots`.
class ExplorerInBrowserTest {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final String DEVELOPMENT =
            """
            explorer: {query_plans: true}
            subscription: {mode: {passthrough: {all: {protocol: sse}}}}
            """;

    private static @Nullable NpmProgram browser;
    private static @Nullable TestRouter router;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Files.createDirectories(SCREENSHOTS);
        var program = NpmProgram.start("explorer.mjs", "explorer-subgraphs.mjs");
        var started = program == null ? null : program.ask(Map.of("start", true));
        if (program == null || started == null || started.has("missing")) {
            System.out.println(
                    "THE EXPLORER IS NOT LOOKED AT: "
                            + (started == null ? "npm is not to be had" : started.path("missing")));
            return;
        }
        browser = program;
        var addresses = new StringBuilder("override_subgraph_url:\n");
        started.path("ports")
                .properties()
                .forEach(port ->
                        addresses.append(
                                "  %s: http://127.0.0.1:%d/graphql\n"
                                        .formatted(port.getKey(), port.getValue().asInt())));
        router = TestRouter.start(TestRouter.resource("explorer.graphql"), DEVELOPMENT + addresses);
    }

    @AfterAll
    static void stop() {
        if (router != null) {
            router.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void showsTheAnswerAndThePlanOfAQueryAndKeepsTheTab() throws IOException {
        var seen = playQuietly("query");
        // Recorded, not asserted: the machine may be busy.
        System.out.println("The explorer's first contentful paint: " + seen.path("paint") + " ms");

        assertThat(seen.at("/response/data/products/1/reviews/0/author/displayName").asString())
                .isEqualTo("Grace Hopper");
        assertThat(texts(seen.path("nodes")))
                .satisfiesExactlyInAnyOrder(
                        it -> assertThat(it).matches("Fetch 0: accounts, query, .* ms · .* B"),
                        it -> assertThat(it).matches("Fetch 1: shop, query, .* ms · .* B"),
                        it -> assertThat(it).matches("Fetch 2: accounts, User, .* ms · .* B"),
                        it -> assertThat(it).matches("Fetch 3: reviews, Product, .* ms · .* B"),
                        it -> assertThat(it).matches("Fetch 4: accounts, User, .* ms · .* B"));
        assertThat(seen.path("details").asString())
                .contains("#3 reviews", "Waits for", "#1", "200", "... on Product", "text");
        assertThat(seen.path("kept").asString()).contains("query Shop");
    }

    @Test
    void showsWhichFetchFailed() throws IOException {
        var seen = play("error");
        assertThat(texts(seen.path("complaints")))
                .as("what the browser says of a refused operation")
                .allMatch(it -> it.contains("status of 400"));
        assertThat(seen.at("/response/errors/0/extensions/service").asString())
                .isEqualTo("reviews");
        assertThat(seen.at("/response/data/products/0/rating").isNull()).isTrue();
        assertThat(seen.at("/refused/errors/0/extensions/code").asString()).isNotEmpty();
        assertThat(seen.path("hint").asString()).contains("no plan");
    }

    @Test
    void showsDeferredPartsAsTheyArrive() throws IOException {
        var seen = playQuietly("defer");
        assertThat(seen.at("/first/data/products/0").has("reviews")).isFalse();
        assertThat(seen.at("/last/data/products/0/name").asString()).isEqualTo("Thing 0");
        assertThat(seen.at("/last/data/products/3/reviews/1/text").asString())
                .isEqualTo("Opinion 1 on 3");
        assertThat(texts(seen.path("nodes"))).hasSize(2);
        assertThat(seen.path("summary").asString()).contains("1 deferred");
    }

    @Test
    void showsTheEventsOfASubscriptionUntilItIsStopped() throws IOException {
        var seen = playQuietly("subscription");
        assertThat(seen.path("events")).hasSize(3);
        assertThat(seen.at("/events/2/data/productAdded/name").asString()).isEqualTo("Novelty 3");
        assertThat(seen.at("/events/2/data/productAdded/reviews/0/text").asString())
                .as("of another subgraph than the event")
                .isEqualTo("Opinion 0 on 3");
        assertThat(texts(seen.path("nodes")))
                .satisfiesExactlyInAnyOrder(
                        it -> assertThat(it).matches("Fetch 0: shop, subscription, .* ms · .* B"),
                        it -> assertThat(it).matches("Fetch 1: reviews, Product, .* ms · .* B"));
        assertThat(seen.path("summary").asString()).containsPattern("event [3-9]");
    }

    @Test
    void logsInForAllTabs() throws IOException {
        var seen = playQuietly("logIn");
        assertThat(seen.path("problem").asString()).contains("the password is wrong");
        assertThat(seen.at("/loggedIn/data/me/displayName").asString()).isEqualTo("Ada Lovelace");
        assertThat(seen.at("/inNewTab/data/me/id").asString()).isEqualTo("0");
        assertThat(seen.at("/loggedOut/data/me").isNull()).isTrue();
    }

    @Test
    void showsTheDocumentation() throws IOException {
        assertThat(playQuietly("documentation").path("text").asString())
                .contains("What can be bought.", "reviews", "seller");
    }

    @Test
    void hasADarkSide() throws IOException {
        assertThat(playQuietly("dark").path("background").asString()).isEqualTo("rgb(33, 42, 59)");
    }

    @Test
    void fitsAPhone() throws IOException {
        var seen = playQuietly("phone");
        assertThat(seen.path("width").asInt()).isLessThanOrEqualTo(390);
        assertThat(seen.at("/editor/width").asDouble()).isGreaterThan(300);
        assertThat(seen.at("/answer/y").asDouble())
                .as("the answer stands below the operation")
                .isGreaterThan(seen.at("/editor/y").asDouble());
    }

    /// Plays a scene, in which nothing may be complained of.
    private static JsonNode playQuietly(String scene) throws IOException {
        var seen = play(scene);
        assertThat(texts(seen.path("complaints"))).as("errors of the console").isEmpty();
        return seen;
    }

    /// Plays a scene, in which nothing may be asked of another host.
    private static JsonNode play(String scene) throws IOException {
        assumeTrue(browser != null && router != null);
        var url = "http://127.0.0.1:" + Objects.requireNonNull(router).port() + "/graphql";
        var folder = SCREENSHOTS.toAbsolutePath().toString();
        var seen =
                Objects.requireNonNull(browser)
                        .ask(Map.of("scene", scene, "url", url, "folder", folder));
        assertThat(seen.path("failure").asString("")).as("see %s", folder).isEmpty();
        assertThat(texts(seen.path("elsewhere"))).as("requests to other hosts").isEmpty();
        return seen;
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString).toList();
    }
}
