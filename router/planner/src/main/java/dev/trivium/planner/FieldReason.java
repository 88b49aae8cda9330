package dev.trivium.planner;

import java.util.List;
import java.util.stream.Collectors;

/// Why a field is fetched where it is.
///
/// @param path the plan keys from the root to the field, with dots between them
/// @param field the name of the field in its types
/// @param types the runtime types of the objects whose field this is
/// @param subgraph the name of the one that is asked
/// @param fetches the ids of the fetches that ask it
/// @param purpose who needs the field: the client, or an entity fetch
/// @param ways all that were possible, the chosen one among them
public record FieldReason(
        String path,
        String field,
        List<String> types,
        String subgraph,
        List<Integer> fetches,
        String purpose,
        List<PossibleWay> ways) {

    public FieldReason {
        types = List.copyOf(types);
        fetches = List.copyOf(fetches);
        ways = List.copyOf(ways);
    }

    /// A way to a field.
    ///
    /// @param how it is entered, in words
    /// @param cost what the way alone would cost, in the units of the planner's choice
    public record PossibleWay(String subgraph, String how, long cost, boolean chosen) {}

    /// Whether a question is about this field: its path or the end of it, or `Type.field`.
    public boolean answers(String question) {
        return path.equals(question)
                || path.endsWith("." + question)
                || types.stream().anyMatch(type -> question.equals(type + "." + field));
    }

    /// In words, one line for each way.
    public String text() {
        StringBuilder out = new StringBuilder(path);
        out.append(" (").append(String.join("|", types)).append('.').append(field).append(")\n");
        out.append("  for ").append(purpose).append(", from ").append(subgraph);
        out.append(", fetch ");
        out.append(fetches.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        out.append(
                ways.size() == 1
                        ? ": nobody else serves it here\n"
                        : ": of " + ways.size() + " ways the one that adds least to the plan\n");
        for (PossibleWay way : ways) {
            out.append(way.chosen() ? "  * " : "  - ").append(way.subgraph());
            out.append(": ").append(way.how());
            out.append(" (alone ").append(way.cost()).append(")\n");
        }
        return out.toString();
    }
}
