package dev.trivium.starter.sample;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.trivium.starter.DomainEvent;
import dev.trivium.starter.EventSubscription;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication(proxyBeanMethods = false)
class NotesApplication {
    /// What this subgraph has heard of.
    static final class Heard {
        final Queue<DomainEvent> events = new ConcurrentLinkedQueue<>();
        final Queue<String> failures = new ConcurrentLinkedQueue<>();
    }

    record NoteChanged(String noteId, String text) {
        NoteChanged {
            Objects.requireNonNull(noteId);
        }
    }

    @Bean
    Heard heard() {
        return new Heard();
    }

    @Bean
    EventSubscription subscription(Heard heard) {
        return EventSubscription.of("notes.domain-events")
                .on("NoteChanged", 1, NoteChanged.class, (event, note) -> hear(heard, event, note))
                .ignore("NoteIgnored");
    }

    private static void hear(Heard heard, DomainEvent event, NoteChanged note) {
        if (note.text().equals("poison")) {
            heard.failures.add(note.noteId());
            throw new IllegalStateException("Cannot bear this note");
        }
        heard.events.add(event);
    }

    @Bean
    JWKSource<SecurityContext> keys() {
        return new ImmutableJWKSet<>(new JWKSet(Notes.KEY.toPublicJWK()));
    }
}
