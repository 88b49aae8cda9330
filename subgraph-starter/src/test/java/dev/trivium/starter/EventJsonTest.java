package dev.trivium.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
    private static final String ENVELOPE =
            """
            {"eventId":"e1","type":"UserCreated","schemaVersion":1,"aggregateId":"u1",\
            "aggregateVersion":1,"occurredAt":"2026-05-01T18:00:00.123Z","traceparent":null,\
            "payload":{"userId":"u1","displayName":"Ann"}}\
            """;

    private final EventJson json = new EventJson();

    record UserCreated(String userId, String displayName, @Nullable Instant seenAt) {
        UserCreated {
            Objects.requireNonNull(userId, "userId");
        }
    }

    @Test
    void writesTheEnvelopeOfTheContract() {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("userId", "u1");
        payload.put("displayName", "Ann");
        var event =
                new DomainEvent(
                        "e1",
                        "UserCreated",
                        1,
                        "u1",
                        1,
                        Instant.parse("2026-05-01T18:00:00.123Z"),
                        null,
                        payload);
        assertThat(new String(json.write(event), StandardCharsets.UTF_8)).isEqualTo(ENVELOPE);
        assertThat(read(ENVELOPE)).isEqualTo(event);
    }

    @Test
    void readsAPayloadAndSkipsWhatItDoesNotKnow() {
        DomainEvent event = read(ENVELOPE.replace("\"Ann\"", "\"Ann\",\"new\":[1,{\"x\":null}]"));
        assertThat(json.payload(event, UserCreated.class))
                .isEqualTo(new UserCreated("u1", "Ann", null));
    }

    @Test
    void instantsTravelAsText() {
        assertThat(json.fields(new UserCreated("u1", "Ann", Instant.EPOCH)))
                .containsEntry("seenAt", "1970-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "{", "{}", "{\"eventId\":\"e1\"}", "\u0000"})
    void rejectsWhatIsNoEnvelope(String body) {
        assertThatExceptionOfType(EventJson.MalformedEventException.class)
                .isThrownBy(() -> read(body));
    }

    @Test
    void rejectsAPayloadWithoutItsFieldsAndDoesNotRepeatItsContent() {
        DomainEvent event = read(ENVELOPE.replace("{\"userId\":\"u1\"", "{\"userId\":null"));
        assertThatExceptionOfType(EventJson.MalformedEventException.class)
                .isThrownBy(() -> json.payload(event, UserCreated.class))
                .withMessageNotContaining("Ann");
    }

    private DomainEvent read(String body) {
        return json.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
