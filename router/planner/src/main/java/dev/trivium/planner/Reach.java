package dev.trivium.planner;

import dev.trivium.planner.GraphType.EntityKey;
import dev.trivium.planner.GraphType.FieldSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// All ways to fields of an object of one type that came from some subgraphs.
///
/// @param object the number of the object type
/// @param sources the subgraphs that the object may come from, sorted
/// @param hops the entity fetches that are possible then; each needs nothing but sources and hops
///   of a lower rank
/// @param returns entity fetches back to the sources, for what is deferred
record Reach(int object, List<Source> sources, List<Hop> hops, List<Hop> returns) {

    /// A {@link Facets facet} of a subgraph that the object comes from, and the view through which
    /// it is seen there.
    record Source(int facet, int view) implements Comparable<Source> {
        @Override
        public int compareTo(Source other) {
            int bySubgraph = Integer.compare(facet, other.facet);
            return bySubgraph != 0 ? bySubgraph : Integer.compare(view, other.view);
        }
    }

    /// An entity fetch.
    ///
    /// @param requires the field set that is sent along for `@requires`, or null
    /// @param rank from 1
    /// @param keys those that can be sent; at least one
    /// @param back whether it leads back to a source, for what is deferred
    record Hop(
            int facet, @Nullable FieldSet requires, int rank, List<EntityKey> keys, boolean back) {
        /// The ways to what it needs.
        Gate gate() {
            return Gate.before(rank, facet, requires != null || back);
        }

        /// There is one instance for each hop of a reach.
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        private boolean requires(@Nullable String text) {
            return requires == null ? text == null : requires.text().equals(text);
        }
    }

    /// One way to a field. Two ways are equal if they are the same for two object types.
    ///
    /// @param view through which the source sees the object; -1 for a hop
    /// @param requires the field set of the hop's `@requires`, or null
    /// @param below where the field's value is
    record Provision(int facet, int view, @Nullable String requires, Source below) {
        boolean isDirect() {
            return view >= 0;
        }
    }

    /// Whether objects come from one subgraph alone, which then serves without a hop what it can.
    boolean isOnlyFrom(int facet) {
        return sources.stream().allMatch(it -> it.facet() == facet);
    }

    /// The hop of a provision of this reach.
    Hop hop(Provision provision) {
        return Objects.requireNonNull(findHop(provision.facet(), provision.requires()));
    }

    @Nullable Hop findHop(int facet, @Nullable String requires) {
        for (Hop hop : hops) {
            if (hop.facet() == facet && hop.requires(requires)) {
                return hop;
            }
        }
        for (Hop hop : returns) {
            if (hop.facet() == facet && requires == null) {
                return hop;
            }
        }
        return null;
    }
}
