package dev.trivium.conformance;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import com.apollographql.apollo.ApolloCall;
import com.apollographql.apollo.ApolloClient;
import com.apollographql.apollo.api.Adapter;
import com.apollographql.apollo.api.ApolloResponse;
import com.apollographql.apollo.api.CustomScalarAdapters;
import com.apollographql.apollo.api.Operation;
import com.apollographql.apollo.api.http.HttpRequest;
import com.apollographql.apollo.api.http.HttpResponse;
import com.apollographql.apollo.api.json.JsonReader;
import com.apollographql.apollo.api.json.JsonWriter;
import com.apollographql.apollo.network.http.HttpInterceptor;
import com.apollographql.apollo.network.http.HttpInterceptorChain;
import dev.trivium.mobile.client.CreateEventMutation;
import dev.trivium.mobile.client.EventsQuery;
import dev.trivium.mobile.client.LogInMutation;
import dev.trivium.mobile.client.ReadEventQuery;
import dev.trivium.mobile.client.SignUpMutation;
import dev.trivium.mobile.client.type.CreateEventInput;
import dev.trivium.mobile.client.type.DateTime;
import dev.trivium.mobile.client.type.EventFilter;
import dev.trivium.mobile.client.type.EventStatus;
import dev.trivium.mobile.client.type.EventVisibility;
import dev.trivium.mobile.client.type.LogInInput;
import dev.trivium.mobile.client.type.SignUpInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The platform's first flows as an Android app walks them: with Apollo Kotlin, and the client that
/// its compiler generates from `schema/operations`.
final class MobileFlows implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PASSWORD = "correct horse battery staple";
    private static final OffsetDateTime STARTS_AT = OffsetDateTime.parse("2030-05-01T18:00:00Z");

    private final Requests requests = new Requests();
    private final ApolloClient client;
    private @Nullable String token;

    MobileFlows(URI router) {
        client =
                new ApolloClient.Builder()
                        .serverUrl(router.toString())
                        .sendDocument(false)
                        .sendApqExtensions(true)
                        .addCustomScalarAdapter(DateTime.type, new DateTimeAdapter())
                        .addHttpInterceptor(requests)
                        .build();
    }

    void walk() {
        var email = UUID.randomUUID() + "@example.com";
        var id = signUp(email);
        assertThat(logIn(email)).isEqualTo(id);
        var event = createEvent();
        findEvent(event);
        readEvent(event);
        requests.haveIdsOnly(
                List.of("SignUp", "LogIn", "LogIn", "CreateEvent", "Events", "ReadEvent"));
    }

    private String signUp(String email) {
        var input = SignUpInput.builder().email(email).password(PASSWORD).displayName("Ada");
        var signedUp = data(client.mutation(new SignUpMutation(input.build()))).signUp;
        assertThat(signedUp.user.displayName).isEqualTo("Ada");
        assertThat(signedUp.session.sessionFields.expiresIn).isBetween(1, 600);
        return signedUp.user.id;
    }

    private String logIn(String email) {
        var wrong = LogInInput.builder().email(email).password("not this one, no").build();
        var refused = answer(client.mutation(new LogInMutation(wrong)));
        assertThat(refused.data).isNull();
        assertThat(refused.errors)
                .singleElement()
                .satisfies(error ->
                        assertThat(error.getExtensions()).containsEntry("code", "UNAUTHENTICATED"));

        var input = LogInInput.builder().email(email).password(PASSWORD).build();
        var loggedIn = data(client.mutation(new LogInMutation(input))).logIn;
        token = loggedIn.session.sessionFields.accessToken;
        return loggedIn.user.id;
    }

    private String createEvent() {
        var input =
                CreateEventInput.builder()
                        .title("Tea")
                        .startsAt(STARTS_AT)
                        .capacity(3)
                        .visibility(EventVisibility.PUBLIC)
                        .build();
        var event =
                data(client.mutation(new CreateEventMutation(input))).createEvent.event.eventFields;
        assertThat(event.creator.displayName).isEqualTo("Ada");
        assertThat(event.startsAt).isEqualTo(STARTS_AT);
        assertThat(event.status).isEqualTo(EventStatus.SCHEDULED);
        return event.id;
    }

    private void findEvent(String id) {
        var filter = EventFilter.builder().titleContains("Tea").status(EventStatus.SCHEDULED);
        var query = EventsQuery.builder().first(100).filter(filter.build()).build();
        assertThat(data(client.query(query)).events.edges)
                .extracting(edge -> edge.node.eventFields.id)
                .contains(id);
    }

    private void readEvent(String id) {
        var event = data(client.query(new ReadEventQuery(id))).event.eventFields;
        assertThat(event.id).isEqualTo(id);
        assertThat(event.title).isEqualTo("Tea");
        assertThat(event.capacity).isEqualTo(3);
        assertThat(event.endsAt).isNull();
    }

    private <D extends Operation.Data> D data(ApolloCall<D> call) {
        return Objects.requireNonNull(answer(call).dataAssertNoErrors());
    }

    private <D extends Operation.Data> ApolloResponse<D> answer(ApolloCall<D> call) {
        if (token != null) {
            call.addHttpHeader("Authorization", "Bearer " + token);
        }
        try {
            return BuildersKt.runBlocking(
                    EmptyCoroutineContext.INSTANCE,
                    (_, continuation) -> call.execute(continuation));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /// What the client sends, as it goes over the wire.
    private static final class Requests implements HttpInterceptor {
        private final List<JsonNode> sent = new CopyOnWriteArrayList<>();

        @Override
        public @Nullable Object intercept(
                HttpRequest request,
                HttpInterceptorChain chain,
                Continuation<? super HttpResponse> continuation)
                throws Throwable {
            var body = new Buffer();
            Objects.requireNonNull(request.getBody()).writeTo(body);
            sent.add(JSON.readTree(body.readUtf8()));
            return chain.proceed(request, continuation);
        }

        /// Each request names its operation by the id that the manifest has for it, and has no
        /// text.
        void haveIdsOnly(List<String> operations) {
            var ids = manifest();
            assertThat(sent)
                    .extracting(request -> request.get("operationName").asString())
                    .containsExactlyElementsOf(operations);
            assertThat(sent)
                    .allSatisfy(request -> {
                        assertThat(request.has("query")).isFalse();
                        assertThat(request.at("/extensions/persistedQuery/sha256Hash").asString())
                                .isEqualTo(ids.get(request.get("operationName").asString()));
                    });
        }

        /// From names to ids.
        private static Map<String, String> manifest() {
            Map<String, String> ids = new HashMap<>();
            var file = Platform.ROOT.resolve("schema/operations/manifest.json");
            try {
                for (var operation : JSON.readTree(Files.readString(file)).get("operations")) {
                    ids.put(operation.get("name").asString(), operation.get("id").asString());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return ids;
        }
    }

    private static final class DateTimeAdapter implements Adapter<OffsetDateTime> {
        @Override
        public OffsetDateTime fromJson(JsonReader reader, CustomScalarAdapters adapters)
                throws IOException {
            return OffsetDateTime.parse(Objects.requireNonNull(reader.nextString()));
        }

        @Override
        public void toJson(JsonWriter writer, CustomScalarAdapters adapters, OffsetDateTime value)
                throws IOException {
            writer.value(ISO_OFFSET_DATE_TIME.format(value));
        }
    }
}
