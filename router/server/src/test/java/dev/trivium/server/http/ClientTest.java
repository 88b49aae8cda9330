package dev.trivium.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.server.TestRouter;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTest {

    @ParameterizedTest
    @ValueSource(strings = {"apollographql", "graphql"})
    void namesItself(String prefix) {
        var headers =
                MultiMap.caseInsensitiveMultiMap()
                        .add(prefix + "-client-name", " shop-android ")
                        .add(prefix + "-client-version", "1.2.3")
                        .add("X-Apollo-Operation-Name", "Cart");

        assertThat(Caller.of(headers).client())
                .isEqualTo(new Client("shop-android", "1.2.3", "Cart"));
    }

    @Test
    void saysNothingOfItself() {
        var headers = MultiMap.caseInsensitiveMultiMap().add("graphql-client-name", " ");

        assertThat(Client.of(headers)).isEqualTo(Client.UNNAMED);
    }

    @Test
    void cannotForgeALineOfALog() {
        var client = new Client("a\r\nERROR b\u001b[31m\u2028\u00e9", null, null);

        assertThat(client.name()).isEqualTo("a??ERROR b?[31m??");
    }

    @Test
    void longNamesAreCut() {
        assertThat(new Client("n".repeat(5_000), null, null).name()).isEqualTo("n".repeat(128));
    }

    @Test
    void anOperationNameInAHeaderDoesNotChooseTheOperation() {
        try (var router = TestRouter.start("")) {
            var body = "{\"query\":\"query A{a:__typename} query B{b:__typename}\"%s}";
            var header = TestRouter.JSON + "X-Apollo-Operation-Name: A\r\n";

            assertThat(router.post(header, body.formatted("")).body()).doesNotContain("data");
            assertThat(router.post(header, body.formatted(",\"operationName\":\"B\"")).body())
                    .isEqualTo("{\"data\":{\"b\":\"Query\"}}");
        }
    }
}
