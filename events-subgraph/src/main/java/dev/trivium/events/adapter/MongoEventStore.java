package dev.trivium.events.adapter;

import static org.springframework.data.domain.Sort.Direction.ASC;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.trivium.events.domain.Creation;
import dev.trivium.events.domain.Event;
import dev.trivium.events.domain.EventChanged;
import dev.trivium.events.domain.EventFilter;
import dev.trivium.events.domain.EventPage;
import dev.trivium.events.domain.EventStore;
import dev.trivium.events.domain.EventVisibility;
import dev.trivium.events.domain.Place;
import dev.trivium.events.domain.Viewer;
import dev.trivium.starter.DatabaseSetup;
import dev.trivium.starter.NewEvent;
import dev.trivium.starter.Outbox;
import dev.trivium.starter.Outboxes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.aggregation.VariableOperators.Let.ExpressionVariable;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/// Events in the collection `events`, each with the accounts of its changes until they are
/// published.
@Component
final class MongoEventStore implements EventStore, DatabaseSetup {
    private static final int SCHEMA_VERSION = 1;
    private static final String CREATOR = "creatorId";
    private static final String START = "details.startsAt";
    private static final String VISIBILITY = "details.visibility";
    private static final String CREATION_KEY = "creation.key";
    private static final Sort IN_ORDER = Sort.by(ASC, START, "_id");
    private static final Document SAME_CREATOR =
            Document.parse("{$match: {$expr: {$eq: ['$creatorId', '$$creator']}}}");

    /// What is read of a document: not the account of its creation, the text for searching or the
    /// outbox, which make it several times as large.
    private static final String[] FIELDS = {
        CREATOR, "details", "status", "cancellationReason", "version", "createdAt", "updatedAt"
    };

    private final MongoOperations mongo;
    private final Outbox<EventDocument> outbox;

    MongoEventStore(MongoOperations mongo, Outboxes outboxes) {
        this.mongo = mongo;
        this.outbox = outboxes.of(EventDocument.class);
    }

    @Override
    public void apply() {
        var indexes = mongo.indexOps(EventDocument.class);
        indexes.createIndex(new Index().on(START, ASC).on("_id", ASC));
        indexes.createIndex(new Index().on(CREATOR, ASC).on(START, ASC).on("_id", ASC));
        indexes.createIndex(new Index().on(CREATION_KEY, ASC).unique().sparse());
    }

    @Override
    public boolean add(Event event, @Nullable Creation creation, EventChanged change) {
        try {
            outbox.insert(EventDocument.of(event, creation), account(change));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public Optional<Existing> byCreationKey(String key) {
        EventDocument found =
                mongo.findOne(query(where(CREATION_KEY).is(key)), EventDocument.class);
        return found == null || found.creation() == null
                ? Optional.empty()
                : Optional.of(new Existing(found.creation(), found.toEvent()));
    }

    @Override
    public List<Event> byIds(Set<String> ids) {
        return find(query(where("_id").in(ids)));
    }

    @Override
    public boolean replace(Event event, EventChanged change) {
        EventDocument document = EventDocument.of(event, null);
        Update update =
                new Update()
                        .set("details", document.details())
                        .set("foldedTitle", document.foldedTitle())
                        .set("status", document.status())
                        .set("cancellationReason", document.cancellationReason())
                        .set("updatedAt", document.updatedAt());
        return outbox.update(event.id(), event.version() - 1, update, account(change)).isPresent();
    }

    private static NewEvent account(EventChanged change) {
        return new NewEvent(change.getClass().getSimpleName(), SCHEMA_VERSION, change);
    }

    @Override
    public List<Event> list(Viewer viewer, EventFilter filter, EventPage page) {
        List<Criteria> conditions = new ArrayList<>(conditions(filter));
        conditions.add(visibleTo(viewer));
        after(page.after()).ifPresent(conditions::add);
        return find(
                query(new Criteria().andOperator(conditions)).with(IN_ORDER).limit(page.limit()));
    }

    private List<Event> find(Query query) {
        query.fields().include(FIELDS);
        return mongo.query(EventDocument.class).as(Event.class).matching(query).all();
    }

    private static List<Criteria> conditions(EventFilter filter) {
        List<Criteria> conditions = new ArrayList<>();
        if (filter.startsAfter() != null) {
            conditions.add(where(START).gte(filter.startsAfter()));
        }
        if (filter.startsBefore() != null) {
            conditions.add(where(START).lt(filter.startsBefore()));
        }
        if (filter.titleContains() != null && !filter.titleContains().isEmpty()) {
            String text = Pattern.quote(EventDocument.fold(filter.titleContains()));
            conditions.add(where("foldedTitle").regex(text));
        }
        if (filter.status() != null) {
            conditions.add(where("status").is(filter.status()));
        }
        return conditions;
    }

    private static Criteria visibleTo(Viewer viewer) {
        Criteria isPublic = where(VISIBILITY).is(EventVisibility.PUBLIC);
        return viewer.userId() == null
                ? isPublic
                : new Criteria().orOperator(isPublic, where(CREATOR).is(viewer.userId()));
    }

    private static Optional<Criteria> after(@Nullable Place place) {
        return Optional.ofNullable(place)
                .map(p ->
                        new Criteria()
                                .orOperator(
                                        where(START).gt(p.startsAt()),
                                        where(START).is(p.startsAt()).and("_id").gt(p.id())));
    }

    private record CreatorEvents(String id, List<Event> events) {}

    /// One command: the creators that have events, each joined with its page. The join reads no
    /// more of a creator's events than the page holds.
    ///
    ///     {_id: creator}  ->  {_id: creator, events: [{…}, …]}
    @Override
    public Map<String, List<Event>> listByCreator(
            Viewer viewer, Set<String> creators, EventPage page) {
        List<Criteria> conditions = new ArrayList<>(List.of(visibleTo(viewer)));
        after(page.after()).ifPresent(conditions::add);
        var pageOfCreator =
                Aggregation.lookup()
                        .from(mongo.getCollectionName(EventDocument.class))
                        .let(ExpressionVariable.newVariable("creator").forField("_id"))
                        .pipeline(
                                _ -> SAME_CREATOR,
                                Aggregation.match(new Criteria().andOperator(conditions)),
                                Aggregation.sort(IN_ORDER),
                                Aggregation.limit(page.limit()),
                                Aggregation.project(FIELDS))
                        .as("events");
        var byCreator =
                Aggregation.newAggregation(
                        EventDocument.class,
                        Aggregation.match(where(CREATOR).in(creators)),
                        Aggregation.group(CREATOR),
                        pageOfCreator);
        return mongo.aggregate(byCreator, CreatorEvents.class).getMappedResults().stream()
                .collect(Collectors.toMap(CreatorEvents::id, CreatorEvents::events));
    }
}
