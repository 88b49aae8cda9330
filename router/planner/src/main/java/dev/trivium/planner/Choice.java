package dev.trivium.planner;

import dev.trivium.planner.Position.Demand;
import dev.trivium.planner.Position.DirectState;
import dev.trivium.planner.Position.HopState;
import dev.trivium.planner.Position.KeyOption;
import dev.trivium.planner.Position.State;
import dev.trivium.planner.Position.Way;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The states that a plan enters, and what they cost. It only ever grows.
///
/// What counts is, in this order: the sequential steps; the requests, of which one goes to each
/// subgraph at each depth, since entity fetches are batched that way; then how late they are, the
/// places to be fetched, and the fields that representations are made of.
final class Choice {
    static final long REQUEST = 1000;
    private static final long STEP = 1_000_000;
    private static final long LATENCY = 100;
    private static final long PLACE = 10;

    /// What of two ways is better: what costs less or, where no step is to be wasted, what is there
    /// after fewer fetches.
    enum Preference {
        CHEAPER,
        EARLIER
    }

    /// How a state was entered. The depth is the number of fetches on the longest way there.
    sealed interface Arrival {
        int depth();
    }

    record Start(int depth) implements Arrival {}

    record Below(int depth, Way parent) implements Arrival {}

    record Jump(int depth, KeyOption option, List<Pick> picks) implements Arrival {}

    /// A leaf, and from where it is taken.
    record Pick(Demand demand, Way way) {}

    /// @param first the cheapest way; null for the root
    private record Estimate(long cost, int depth, @Nullable Object first) {
        private static final Estimate IMPOSSIBLE = new Estimate(Long.MAX_VALUE, 0, null);

        private boolean isPossible() {
            return cost != Long.MAX_VALUE;
        }
    }

    /// All fetches from one subgraph at one depth, for one part of the response.
    record Request(int subgraph, int depth, int part) {}

    private record Place(int path, Request request) {}

    private final Candidates candidates;
    private final Budget budget;
    private final SequencedMap<State, Arrival> arrivals = new LinkedHashMap<>();
    private final Set<Request> requests = new LinkedHashSet<>();
    private final Set<Place> places = new HashSet<>();
    private final Map<State, Estimate> estimates = new HashMap<>();
    private final Set<State> active = new HashSet<>();
    private final Preference preference;
    private final @Nullable Request banned;

    /// By part; steps of the others do not delay it.
    private final Map<Integer, Integer> deepest = new HashMap<>();

    private long cost;

    /// @param banned a request that is not to be made, or null
    Choice(Candidates candidates, Budget budget, Preference preference, @Nullable Request banned) {
        this.candidates = candidates;
        this.budget = budget;
        this.preference = preference;
        this.banned = banned;
    }

    /// All requests, those that were entered first before the others.
    Set<Request> requests() {
        return requests;
    }

    /// Adds the requests that an entered way needs, itself included.
    void addRequests(Way way, Set<State> seen, Set<Request> found) {
        for (State state : way.states()) {
            if (!seen.add(state)) {
                continue;
            }
            Arrival arrival = arrival(state);
            switch (arrival) {
                case Start _ -> found.add(request(state, arrival.depth()));
                case Below(_, var parent) -> addRequests(parent, seen, found);
                case Jump jump -> {
                    found.add(request(state, arrival.depth()));
                    jump.picks().forEach(pick -> addRequests(pick.way(), seen, found));
                }
            }
        }
    }

    long cost() {
        return cost;
    }

    SequencedMap<State, Arrival> arrivals() {
        return arrivals;
    }

    Arrival arrival(State state) {
        return Objects.requireNonNull(arrivals.get(state));
    }

    /// The number of fetches on the longest way in a part of the response.
    int depth(int part) {
        return deepest.getOrDefault(part, 0);
    }

    /// The number of fetches on the way that is to be preferred.
    int preferredDepth(List<Way> ways) {
        return best(ways).depth();
    }

    /// The way to be preferred, of equals the first; null where none is possible.
    @Nullable Way cheapest(List<Way> ways) {
        if (ways.size() == 1) {
            return ways.getFirst();
        }
        Way best = null;
        Estimate least = Estimate.IMPOSSIBLE;
        for (Way way : ways) {
            Estimate estimate = estimate(way);
            if (isBetter(estimate, least)) {
                best = way;
                least = estimate;
            }
            if (least.cost() == 0 && least.depth() == 0) {
                break;
            }
        }
        return best;
    }

    /// What a way adds; {@link Long#MAX_VALUE} where it is impossible.
    long alone(Way way) {
        return estimate(way).cost();
    }

    /// Enters all states of a way.
    ///
    /// @return false where that is impossible; the choice is void then
    boolean enter(Way way) {
        for (State state : way.states()) {
            if (!enter(state)) {
                return false;
            }
        }
        return true;
    }

    private boolean enter(State state) {
        if (arrivals.containsKey(state)) {
            return true;
        }
        budget.step();
        if (budget.exhausted()) {
            return false;
        }
        return switch (state) {
            case DirectState direct -> enterDirect(direct);
            case HopState hop -> enterHop(hop);
        };
    }

    private boolean enterDirect(DirectState state) {
        if (state.parents.isEmpty()) {
            if (isBanned(state, 0)) {
                return false;
            }
            add(state, new Start(0));
            return true;
        }
        Way parent = cheapest(state.parents);
        if (parent == null || !enter(parent)) {
            return false;
        }
        add(state, new Below(depth(parent), parent));
        return true;
    }

    private boolean enterHop(HopState state) {
        KeyOption option = option(state);
        if (option == null || !active.add(state)) {
            return false;
        }
        List<Pick> picks = new ArrayList<>();
        int depth = 0;
        for (Demand need : option.needs()) {
            Way way = cheapest(need.ways());
            if (way == null || !enter(way)) {
                return false;
            }
            picks.add(new Pick(need, way));
            depth = Math.max(depth, depth(way));
        }
        active.remove(state);
        if (isBanned(state, depth + 1)) {
            return false;
        }
        cost += option.needs().size();
        add(state, new Jump(depth + 1, option, picks));
        return true;
    }

    private @Nullable KeyOption option(HopState state) {
        List<KeyOption> options = candidates.options(state);
        if (options.size() == 1) {
            return options.getFirst();
        }
        return estimate(state).first() instanceof KeyOption option ? option : null;
    }

    private boolean isBanned(State state, int depth) {
        return banned != null && banned.equals(request(state, depth));
    }

    private void add(State state, Arrival arrival) {
        cost += arrivalCost(state, arrival.depth());
        arrivals.put(state, arrival);
        if (!(arrival instanceof Below)) {
            Request request = request(state, arrival.depth());
            requests.add(request);
            places.add(new Place(state.position().path, request));
            deepest.merge(request.part(), arrival.depth(), Math::max);
        }
        estimates.clear();
    }

    private int depth(Way way) {
        int depth = 0;
        for (State state : way.states()) {
            depth = Math.max(depth, arrival(state).depth());
        }
        return depth;
    }

    /// What a root state or a hop adds.
    private long arrivalCost(State state, int depth) {
        if (state instanceof DirectState direct && !direct.parents.isEmpty()) {
            return 0;
        }
        Request request = request(state, depth);
        long added = requests.contains(request) ? 0 : REQUEST + LATENCY * depth;
        added += STEP * Math.max(0, depth - depth(request.part()));
        return places.contains(new Place(state.position().path, request)) ? added : added + PLACE;
    }

    private Estimate estimate(Way way) {
        long most = 0;
        int depth = 0;
        for (State state : way.states()) {
            Estimate estimate = estimate(state);
            if (!estimate.isPossible()) {
                return estimate;
            }
            most = Math.max(most, estimate.cost());
            depth = Math.max(depth, estimate.depth());
        }
        return new Estimate(most, depth, way);
    }

    private Estimate estimate(State state) {
        Arrival arrival = arrivals.get(state);
        if (arrival != null) {
            return new Estimate(0, arrival.depth(), null);
        }
        Estimate known = estimates.get(state);
        if (known != null) {
            return known;
        }
        if (budget.exhausted() || !active.add(state)) {
            return Estimate.IMPOSSIBLE;
        }
        Estimate estimate =
                switch (state) {
                    case DirectState direct -> estimateDirect(direct);
                    case HopState hop -> estimateHop(hop);
                };
        active.remove(state);
        if (estimate.isPossible()) {
            estimates.put(state, estimate);
        }
        return estimate;
    }

    private Estimate estimateDirect(DirectState state) {
        if (!state.parents.isEmpty()) {
            return best(state.parents);
        }
        return isBanned(state, 0)
                ? Estimate.IMPOSSIBLE
                : new Estimate(arrivalCost(state, 0), 0, null);
    }

    /// Among those of equal cost, what is there after fewer fetches: others need not wait for it.
    private boolean isBetter(Estimate one, Estimate other) {
        if (!one.isPossible() || !other.isPossible()) {
            return one.isPossible();
        }
        int byCost = Long.compare(one.cost(), other.cost());
        int byDepth = Integer.compare(one.depth(), other.depth());
        return switch (preference) {
            case CHEAPER -> byCost < 0 || (byCost == 0 && byDepth < 0);
            case EARLIER -> byDepth < 0 || (byDepth == 0 && byCost < 0);
        };
    }

    private Estimate best(List<Way> ways) {
        Estimate best = Estimate.IMPOSSIBLE;
        for (Way way : ways) {
            Estimate estimate = estimate(way);
            if (isBetter(estimate, best)) {
                best = estimate;
            }
        }
        return best;
    }

    private Estimate estimateHop(HopState state) {
        Estimate best = Estimate.IMPOSSIBLE;
        for (KeyOption option : candidates.options(state)) {
            Estimate estimate = estimateOption(state, option);
            if (isBetter(estimate, best)) {
                best = estimate;
            }
        }
        return best;
    }

    private Estimate estimateOption(HopState state, KeyOption option) {
        Set<Object> counted = new HashSet<>();
        long total = option.needs().size();
        int depth = 0;
        for (Demand need : option.needs()) {
            Estimate estimate = best(need.ways());
            if (!estimate.isPossible()) {
                return estimate;
            }
            if (counted.add(Objects.requireNonNull(estimate.first()))) {
                total += estimate.cost();
            }
            depth = Math.max(depth, estimate.depth());
        }
        return isBanned(state, depth + 1)
                ? Estimate.IMPOSSIBLE
                : new Estimate(total + arrivalCost(state, depth + 1), depth + 1, option);
    }

    private Request request(State state, int depth) {
        return new Request(candidates.subgraph(state), depth, state.position().part);
    }
}
