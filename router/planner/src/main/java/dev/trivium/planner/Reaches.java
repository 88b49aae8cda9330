package dev.trivium.planner;

import dev.trivium.planner.GraphType.EntityKey;
import dev.trivium.planner.GraphType.FieldSet;
import dev.trivium.planner.Reach.Hop;
import dev.trivium.planner.Reach.Provision;
import dev.trivium.planner.Reach.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Finds and remembers which entity fetches are possible. Conditions of hops hold no variables of
/// clients, so that what is found serves every operation.
///
/// Hops are found in rounds: those of rank 1 need only fields of the sources, those of rank 2 may
/// need fields that hops of rank 1 fetch, and so on until a round finds none. A field set may lead
/// back to the same type and the same sources (`friend { email }`); that inner search sees the
/// rounds that have ended, and its own result, being incomplete, is forgotten.
final class Reaches {
    /// More sources than the fields of one supergraph lead to.
    private static final int MAX_KNOWN = 100_000;

    private record Key(int object, List<Source> sources) {}

    private final QueryGraph graph;
    private final Set<String> labels;
    private final Map<Key, Reach> known = new ConcurrentHashMap<>();

    /// @param labels the active labels of progressive overrides
    Reaches(QueryGraph graph, Set<String> labels) {
        this.graph = graph;
        this.labels = labels;
    }

    /// @param sources sorted
    Reach reach(int object, List<Source> sources) {
        Reach reach = known.get(new Key(object, sources));
        return reach != null ? reach : new Search().reach(object, sources);
    }

    /// The ways to a field, sources first.
    List<Provision> provisions(Reach reach, String fieldName, Gate gate) {
        if (fieldName.equals(NormalizedField.TYPENAME)) {
            return typenameProvisions(reach, gate);
        }
        List<Provision> provisions = new ArrayList<>();
        GraphField field = graph.object(reach.object()).fields().get(fieldName);
        if (field != null) {
            for (Source source : reach.sources()) {
                if (gate.lets(source)) {
                    addDirect(provisions, reach.object(), field, source);
                }
            }
            for (Hop hop : gate.again() ? reach.returns() : List.<Hop>of()) {
                addHop(provisions, reach.object(), field, hop, gate);
            }
            for (Hop hop : reach.hops()) {
                if (gate.lets(hop)) {
                    addHop(provisions, reach.object(), field, hop, gate);
                }
            }
        }
        return provisions;
    }

    /// Every subgraph tells the type of its objects, but for interface objects: what these are is
    /// told by a subgraph that has the interface.
    private List<Provision> typenameProvisions(Reach reach, Gate gate) {
        List<Provision> provisions = new ArrayList<>();
        GraphType type = graph.object(reach.object());
        boolean isHidden = false;
        for (Source source : reach.sources()) {
            isHidden |= type.isHiddenIn(source.facet());
            if (gate.lets(source) && !type.isHiddenIn(source.facet())) {
                provisions.add(provision(source, source));
            }
        }
        for (Hop hop : isHidden ? reach.hops() : List.<Hop>of()) {
            if (gate.lets(hop) && !type.isHiddenIn(hop.facet()) && hop.requires() == null) {
                provisions.add(new Provision(hop.facet(), -1, null, known(hop)));
            }
        }
        return provisions;
    }

    private static Provision provision(Source source, Source below) {
        return new Provision(source.facet(), source.view(), null, below);
    }

    private static Source known(Hop hop) {
        return new Source(hop.facet(), QueryGraph.NO_VIEW);
    }

    private void addDirect(
            List<Provision> provisions, int object, GraphField field, Source source) {
        GraphField.In in = field.in().get(source.facet());
        if (in != null
                && !in.hasRequires()
                && in.activeWith(labels)
                && graph.serves(in, field, object, source.view())) {
            provisions.add(
                    provision(source, graph.below(field, object, source.facet(), source.view())));
        }
    }

    private void addHop(
            List<Provision> provisions, int object, GraphField field, Hop hop, Gate gate) {
        int facet = hop.facet();
        GraphField.In in = field.in().get(facet);
        if (in == null || in.external() || !in.activeWith(labels)) {
            return;
        }
        FieldSet required = graph.requires(field, object, facet);
        FieldSet carried = hop.requires();
        boolean serves =
                required != null
                        ? required.equals(carried)
                        : carried == null || gate.carried().contains(carried.text());
        if (serves) {
            Source below = graph.below(field, object, facet, QueryGraph.NO_VIEW);
            String text = carried == null ? null : carried.text();
            provisions.add(new Provision(facet, -1, text, below));
        }
    }

    /// One search, by one thread.
    private final class Search {
        private final Map<Key, Reach> unfinished = new HashMap<>();
        private boolean incomplete;

        Reach reach(int object, List<Source> sources) {
            Key key = new Key(object, sources);
            Reach reach = known.get(key);
            if (reach == null) {
                reach = unfinished.get(key);
                if (reach != null) {
                    incomplete = true;
                } else {
                    reach = find(key);
                }
            }
            return reach;
        }

        private Reach find(Key key) {
            Reach reach = new Reach(key.object(), key.sources(), List.of(), List.of());
            int rank = 1;
            for (List<Hop> found = round(key, reach, rank);
                    !found.isEmpty();
                    found = round(key, reach, rank)) {
                List<Hop> hops = new ArrayList<>(reach.hops());
                hops.addAll(found);
                reach = new Reach(key.object(), key.sources(), List.copyOf(hops), List.of());
                rank++;
            }
            reach = new Reach(key.object(), key.sources(), reach.hops(), returns(reach));
            unfinished.remove(key);
            if (unfinished.isEmpty()) {
                incomplete = false;
            }
            if (!incomplete && known.size() < MAX_KNOWN) {
                known.put(key, reach);
            }
            return reach;
        }

        private List<Hop> returns(Reach reach) {
            List<Hop> returns = new ArrayList<>();
            Gate gate = Gate.before(1, -1, false);
            for (Source source : reach.sources()) {
                int facet = source.facet();
                List<EntityKey> keys =
                        graph.keys(reach.object(), facet).stream()
                                .filter(key -> canFetch(reach, key, gate))
                                .toList();
                if (!keys.isEmpty() && reach.findHop(facet, null) == null) {
                    returns.add(new Hop(facet, null, 1, keys, true));
                }
            }
            return returns;
        }

        private List<Hop> round(Key key, Reach reach, int rank) {
            unfinished.put(key, reach);
            List<Hop> found = new ArrayList<>();
            for (int facet = 0; facet < graph.facets(); facet++) {
                addIfPossible(found, reach, facet, null, rank);
                for (FieldSet requires : graph.object(key.object()).requires().get(facet)) {
                    addIfPossible(found, reach, facet, requires, rank);
                }
            }
            return found;
        }

        private void addIfPossible(
                List<Hop> found, Reach reach, int facet, @Nullable FieldSet requires, int rank) {
            String text = requires == null ? null : requires.text();
            if (reach.findHop(facet, text) != null
                    || (requires == null && reach.isOnlyFrom(facet))) {
                return;
            }
            Gate gate = Gate.before(rank, facet, requires != null);
            if (requires != null && !canFetch(reach, requires.fields(), gate)) {
                return;
            }
            List<EntityKey> keys =
                    graph.keys(reach.object(), facet).stream()
                            .filter(key -> canFetch(reach, key, gate))
                            .toList();
            if (!keys.isEmpty()) {
                found.add(new Hop(facet, requires, rank, keys, false));
            }
        }

        private boolean canFetch(Reach reach, EntityKey key, Gate gate) {
            boolean typeMatters =
                    key.typename() == null
                            || !reach.sources().stream()
                                    .allMatch(it -> graph.covers(key, it.facet()));
            return canFetch(reach, key.fields().fields(), gate)
                    && (!typeMatters || !typenameProvisions(reach, gate).isEmpty());
        }

        private boolean canFetch(Reach reach, List<NormalizedField> fields, Gate gate) {
            for (NormalizedField field : fields) {
                if (!field.onTypes().contains(graph.objectName(reach.object()))) {
                    continue;
                }
                List<Provision> provisions = provisions(reach, field.name(), gate);
                if (provisions.isEmpty() || !canFetchBelow(reach.object(), field, provisions)) {
                    return false;
                }
            }
            return true;
        }

        private boolean canFetchBelow(
                int object, NormalizedField field, List<Provision> provisions) {
            if (field.selections().isEmpty()) {
                return true;
            }
            GraphField of = graph.object(object).field(field.name());
            SequencedSet<Integer> below = new LinkedHashSet<>();
            field.selections()
                    .forEach(it -> graph.numbers(it.onTypes()).stream().forEach(below::add));
            for (int type : below) {
                List<Source> sources = sourcesBelow(of, type, provisions);
                if (!sources.isEmpty()
                        && !canFetch(reach(type, sources), field.selections(), Gate.OPEN)) {
                    return false;
                }
            }
            return true;
        }

        private List<Source> sourcesBelow(GraphField field, int type, List<Provision> provisions) {
            TreeSet<Source> sources = new TreeSet<>();
            for (Provision provision : provisions) {
                if (graph.possible(field, provision.facet()).get(type)) {
                    sources.add(provision.below());
                }
            }
            return List.copyOf(sources);
        }
    }
}
