package dev.trivium.events.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Keeps events in memory, and what was told of them.
final class FakeEventStore implements EventStore {
    final List<EventChanged> told = new ArrayList<>();
    private final Map<String, Event> events = new LinkedHashMap<>();
    private final Map<String, Existing> creations = new HashMap<>();

    /// Runs before the next [#replace] only, as somebody else's change would.
    private @Nullable Runnable interference;

    void interfere(Runnable change) {
        this.interference = change;
    }

    @Override
    public boolean add(Event event, @Nullable Creation creation, EventChanged change) {
        if (creation != null
                && creations.putIfAbsent(creation.key(), new Existing(creation, event)) != null) {
            return false;
        }
        events.put(event.id(), event);
        told.add(change);
        return true;
    }

    @Override
    public Optional<Existing> byCreationKey(String key) {
        return Optional.ofNullable(creations.get(key));
    }

    @Override
    public List<Event> byIds(Set<String> ids) {
        return events.values().stream().filter(event -> ids.contains(event.id())).toList();
    }

    @Override
    public boolean replace(Event event, EventChanged change) {
        Runnable before = interference;
        interference = null;
        if (before != null) {
            before.run();
        }
        Event present = events.get(event.id());
        if (present == null || present.version() != event.version() - 1) {
            return false;
        }
        events.put(event.id(), event);
        told.add(change);
        return true;
    }

    @Override
    public List<Event> list(Viewer viewer, EventFilter filter, EventPage page) {
        return list(viewer, page, event -> true);
    }

    @Override
    public Map<String, List<Event>> listByCreator(
            Viewer viewer, Set<String> creators, EventPage page) {
        return creators.stream()
                .collect(
                        Collectors.toMap(
                                creator -> creator,
                                creator ->
                                        list(
                                                viewer,
                                                page,
                                                event -> event.creatorId().equals(creator))));
    }

    private List<Event> list(Viewer viewer, EventPage page, Predicate<Event> condition) {
        return events.values().stream()
                .filter(event -> event.isVisibleTo(viewer) && condition.test(event))
                .sorted(Comparator.comparing(Event::startsAt).thenComparing(Event::id))
                .limit(page.limit())
                .toList();
    }
}
