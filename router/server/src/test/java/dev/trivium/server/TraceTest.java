package dev.trivium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What the plan panel of the explorer reads.
class TraceTest {
    private static final String NAME = "0123456789abcdef";
    private static final String DEVELOPMENT = "explorer: {query_plans: true}\n";
    private static final String QUERY = "{items{name inStock}}";
    private static final String ITEMS =
            """
            {"data":{"items":[{"__typename":"Item","id":"1","name":"a"}]}}\
            """;

    @Test
    void hasThePlanAndEachCall() {
        try (var items = ScriptedSubgraph.answering(ITEMS);
                var stock =
                        ScriptedSubgraph.start(
                                exchange -> exchange.answer("500 Oops", "application/json", "{}"));
                var router = TestRouter.start(DEVELOPMENT + TestRouter.addresses(items, stock))) {
            var answer = ask(router, NAME);
            var trace = read(router, NAME);

            assertThat(trace.getBoolean("complete")).isTrue();
            var fetches = trace.getJsonObject("plan").getJsonArray("fetches");
            assertThat(fetches).hasSize(2);
            assertThat(fetches.getJsonObject(1).getJsonArray("dependencies")).containsExactly(0);

            var calls = trace.getJsonArray("calls");
            assertThat(calls).hasSize(2);
            var first = calls.getJsonObject(0);
            assertThat(first.getInteger("fetch")).isZero();
            assertThat(first.getInteger("status")).isEqualTo(200);
            assertThat(first.getInteger("responseBytes")).isEqualTo(ITEMS.length());
            assertThat(first.getInteger("requestBytes"))
                    .isEqualTo(items.exchanges().getFirst().body().length());
            var second = calls.getJsonObject(1);
            assertThat(second.getInteger("fetch")).isEqualTo(1);
            assertThat(second.getInteger("status")).isEqualTo(500);
            assertThat(second.getLong("startMicros"))
                    .isGreaterThanOrEqualTo(first.getLong("startMicros") + first.getLong("micros"));
            assertThat(trace.getLong("micros"))
                    .isGreaterThanOrEqualTo(
                            second.getLong("startMicros") + second.getLong("micros"));
            assertThat(answer.headers()).noneMatch(header -> header.contains("trivium"));
        }
    }

    @Test
    void saysWhyThereIsNoAnswer() {
        try (var items = ScriptedSubgraph.start(ScriptedSubgraph.Exchange::reset);
                var router = TestRouter.start(DEVELOPMENT + TestRouter.addresses(items, items))) {
            ask(router, NAME);
            var call = read(router, NAME).getJsonArray("calls").getJsonObject(0);
            assertThat(call.getString("failure")).isEqualTo("UNAVAILABLE");
            assertThat(call.getInteger("status")).isNull();
            assertThat(call.getLong("micros")).isNotNegative();
        }
    }

    @Test
    void growsAndTellsWhoWaitedForAnEqualQuery() throws InterruptedException {
        var released = new CountDownLatch(1);
        try (var items =
                        ScriptedSubgraph.start(exchange -> {
                            released.await();
                            exchange.answer("{\"data\":{\"items\":[]}}");
                        });
                var router = TestRouter.start(DEVELOPMENT + TestRouter.addresses(items, items))) {
            // Equal queries are joined within one event loop; of more requests than there are
            // loops, some share one.
            List<Thread> asking = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
                var name = NAME + i;
                names.add(name);
                asking.add(Thread.ofVirtual().start(() -> ask(router, name)));
            }
            for (var name : names) {
                await().until(() -> trace(router, name, "").status() == 200);
                var trace = read(router, name);
                assertThat(trace.getBoolean("complete")).isFalse();
                assertThat(trace.getJsonArray("calls").getJsonObject(0).getLong("micros")).isNull();
            }
            released.countDown();
            for (var thread : asking) {
                thread.join();
            }
            var shared =
                    names.stream()
                            .map(name -> read(router, name).getJsonArray("calls").getJsonObject(0))
                            .filter(call -> call.getBoolean("shared"))
                            .count();
            assertThat(shared).isEqualTo(names.size() - items.exchanges().size()).isPositive();
        }
    }

    @Test
    void isForPagesOfThisRouterOnly() {
        try (var items = ScriptedSubgraph.answering(ITEMS);
                var router = TestRouter.start(DEVELOPMENT + TestRouter.addresses(items, items))) {
            ask(router, NAME);
            assertThat(trace(router, NAME, "").status()).isEqualTo(200);
            assertThat(trace(router, NAME, "Sec-Fetch-Site: same-origin\r\n").status())
                    .isEqualTo(200);
            assertThat(trace(router, NAME, "Sec-Fetch-Site: cross-site\r\n").status())
                    .isEqualTo(404);
            assertThat(trace(router, NAME, "").headers())
                    .contains("cache-control: no-store")
                    .noneMatch(header -> header.startsWith("access-control"));
            assertThat(trace(router, "fedcba9876543210", "").status()).isEqualTo(404);
        }
    }

    @Test
    void aNameThatCanBeGuessedIsNotTaken() {
        try (var items = ScriptedSubgraph.answering(ITEMS);
                var router = TestRouter.start(DEVELOPMENT + TestRouter.addresses(items, items))) {
            for (var name : List.of("short", "x".repeat(65), "0123456789abcde/")) {
                ask(router, name);
                assertThat(trace(router, name, "").status()).isEqualTo(404);
            }
        }
    }

    @Test
    void thereIsNoneInProduction() {
        try (var items = ScriptedSubgraph.answering(ITEMS);
                var router = TestRouter.start(items, items);
                var withoutPage =
                        TestRouter.start(
                                "explorer: {enabled: false, query_plans: true}\n"
                                        + TestRouter.addresses(items, items))) {
            for (var each : List.of(router, withoutPage)) {
                ask(each, NAME);
                assertThat(trace(each, NAME, "").status()).isEqualTo(404);
            }
        }
    }

    private static RawHttp.Response ask(TestRouter router, String name) {
        var body = new JsonObject().put("query", QUERY).encode();
        return router.post(TestRouter.JSON + "Trivium-Trace: " + name + "\r\n", body);
    }

    private static RawHttp.Response trace(TestRouter router, String name, String headers) {
        return router.send(
                "GET /explorer/traces/" + name + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
    }

    private static JsonObject read(TestRouter router, String name) {
        var response = trace(router, name, "");
        assertThat(response.status()).isEqualTo(200);
        return new JsonObject(response.body());
    }
}
