package dev.trivium.starter.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.local.EmbeddedMongo;
import dev.trivium.testkit.Await;
import dev.trivium.testkit.FreePorts;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A start before the database and the broker are there.
class OutageTest {
    @Test
    void theServiceStartsWithoutItsServersAndWorksOnceTheDatabaseAnswers() {
        int port = FreePorts.next();
        try (var notes = new Notes("mongodb://127.0.0.1:" + port, "amqp://127.0.0.1:1/")) {
            var answer = notes.post("{ whoAmI }", Map.of(), null);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("\"code\":\"INTERNAL_SERVER_ERROR\"");
            assertThat(notes.health()).isEqualTo(503);
            try (EmbeddedMongo _ = EmbeddedMongo.inMemory(port)) {
                Await.until("the service is healthy", () -> notes.health() == 200);
                assertThat(
                                notes.ask(
                                                "mutation { addNote(text: \"hello\") { text } }",
                                                Map.of(),
                                                "ann")
                                        .at("/data/addNote/text")
                                        .asString())
                        .isEqualTo("hello by ann");
            }
        }
    }
}
