package dev.trivium.events.adapter;

import dev.trivium.events.domain.Event;
import dev.trivium.events.domain.EventPage;
import dev.trivium.events.domain.Place;
import dev.trivium.starter.Connection;
import dev.trivium.starter.Cursors;
import dev.trivium.starter.PageRequest;
import dev.trivium.starter.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns what clients ask of a list of events into the domain's terms, and what is found into a
/// page.
final class EventLists {
    private static final Cursors CURSORS = new Cursors("events.byStart");

    private EventLists() {}

    static PageRequest request(@Nullable Integer first, @Nullable String after) {
        return PageRequest.of(first, after, CURSORS);
    }

    /// One event more than the client asks for tells whether there is a next page.
    static EventPage page(PageRequest request) {
        Position after = request.after();
        return new EventPage(
                after == null ? null : new Place(after.at(), after.id()), request.lookahead());
    }

    static Connection<Event> connection(List<Event> found, PageRequest request) {
        return Connection.of(
                found, request, CURSORS, event -> new Position(event.startsAt(), event.id()));
    }
}
