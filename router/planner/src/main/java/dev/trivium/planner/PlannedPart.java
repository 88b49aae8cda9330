package dev.trivium.planner;

import dev.trivium.planner.Choice.Pick;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Fields that were planned together: all of a query, or those root fields of a mutation that go in
/// one request.
final class PlannedPart {
    private final Choice choice;
    private final List<Pick> picks;
    private final FetchGroups fetchGroups;
    private final List<FetchGroup> groups;
    private final Map<FetchGroup, Integer> ids = new HashMap<>();

    /// @param contextPrefix of the variables of contextual arguments
    PlannedPart(Choice choice, List<Pick> picks, String contextPrefix) {
        this.choice = choice;
        this.picks = picks;
        this.fetchGroups = new FetchGroups(choice, contextPrefix);
        this.groups = fetchGroups.sort(picks);
    }

    Choice choice() {
        return choice;
    }

    /// One for each leaf.
    List<Pick> picks() {
        return picks;
    }

    /// Those of a lower depth first.
    List<FetchGroup> groups() {
        return groups;
    }

    /// The groups in which a field is asked for.
    Iterable<FetchGroup> fetches(Pick pick) {
        return fetchGroups.groups(pick);
    }

    /// The fetch that a group became part of.
    int id(FetchGroup group) {
        return Objects.requireNonNull(ids.get(group));
    }

    void joined(FetchGroup group, int fetch) {
        ids.put(group, fetch);
    }
}
