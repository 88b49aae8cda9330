package dev.trivium.starter.sample;

import com.netflix.graphql.dgs.DgsComponent;
import com.netflix.graphql.dgs.DgsData;
import com.netflix.graphql.dgs.DgsDataLoader;
import com.netflix.graphql.dgs.DgsMutation;
import com.netflix.graphql.dgs.DgsQuery;
import com.netflix.graphql.dgs.InputArgument;
import dev.trivium.starter.Caller;
import dev.trivium.starter.NewEvent;
import dev.trivium.starter.Outbox;
import dev.trivium.starter.Outboxes;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dataloader.BatchLoaderEnvironment;
import org.dataloader.DataLoader;
import org.dataloader.MappedBatchLoaderWithContext;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.security.access.AccessDeniedException;

@DgsComponent
class NoteFetcher {
    private final MongoOperations mongo;
    private final Outbox<Note> outbox;

    NoteFetcher(MongoOperations mongo, Outboxes outboxes) {
        this.mongo = mongo;
        this.outbox = outboxes.of(Note.class);
    }

    @Document("notes")
    record Note(String id, String text, long version) {}

    /// Asks for the caller inside a batch loader.
    @DgsDataLoader(name = "callers")
    static final class CallerLoader implements MappedBatchLoaderWithContext<String, String> {
        @Override
        public CompletionStage<Map<String, String>> load(
                Set<String> keys, BatchLoaderEnvironment environment) {
            String caller = Caller.of(environment).id().orElse("nobody");
            return CompletableFuture.supplyAsync(() ->
                    keys.stream().collect(Collectors.toMap(Function.identity(), k -> caller)));
        }
    }

    @DgsQuery
    CompletableFuture<String> whoAmI(DataFetchingEnvironment environment) {
        DataLoader<String, String> callers = environment.getDataLoader("callers");
        return Objects.requireNonNull(callers).load("any");
    }

    @DgsQuery(field = "protected")
    String guarded() {
        throw new AccessDeniedException("org.example.Internals");
    }

    @DgsQuery
    String broken() {
        throw new IllegalStateException("secret detail");
    }

    @DgsQuery
    @Nullable String nothing() {
        return null;
    }

    @DgsQuery
    Instant echo(@InputArgument Instant at) {
        return at;
    }

    @DgsQuery
    @Nullable Note note(@InputArgument String id) {
        return mongo.findById(id, Note.class);
    }

    @DgsData(parentType = "Note")
    @Nullable Note next() {
        return null;
    }

    @DgsMutation
    Note addNote(@InputArgument String text, Caller caller) {
        String owner = caller.require();
        var note = new Note(UUID.randomUUID().toString(), text + " by " + owner, 1);
        outbox.insert(note, event("NoteChanged", note.id(), note.text()));
        return note;
    }

    @DgsMutation
    Optional<Note> changeNote(
            @InputArgument String id, @InputArgument int version, @InputArgument String text) {
        String type = text.equals("unheard") ? "NoteUnheard" : "NoteChanged";
        return outbox.update(
                id,
                version,
                Update.update("text", text),
                event(type, id, text),
                event("NoteIgnored", id, text));
    }

    private static NewEvent event(String type, String id, String text) {
        return new NewEvent(type, 1, new NotesApplication.NoteChanged(id, text));
    }
}
