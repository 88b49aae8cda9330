package dev.trivium.execution;

import dev.trivium.planner.plan.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A fetch, ready to run.
///
/// @param id the number of the fetch in the program
/// @param service the name of the subgraph; null for the introspection of the API schema
/// @param prefix of the request: `{"query":"…"`
/// @param variables the numbers of the client's variables that the text uses
/// @param dependencies how many fetches have to end before this one starts
/// @param dependents the fetches that wait for this one
/// @param shape of the answer's `data`; for entities one list for each group, from slot 1
/// @param groups what the fetch asks for; empty for a root fetch
/// @param rule what clients see of the subgraph's errors
record FetchProgram(
        int id,
        int subgraph,
        @Nullable String service,
        boolean mutation,
        byte[] prefix,
        int[] variables,
        int dependencies,
        int[] dependents,
        Condition condition,
        Shape shape,
        List<EntityGroupProgram> groups,
        ErrorPolicy.Rule rule) {

    private static final byte[] VARIABLES = JsonText.utf8(",\"variables\":{");
    private static final int ROOM_FOR_VARIABLES = 256;

    boolean isRoot() {
        return groups.isEmpty();
    }

    /// Whether it may take several requests, since they differ in more than the entities.
    boolean hasContexts() {
        return !groups.isEmpty() && !groups.getFirst().contexts().isEmpty();
    }

    /// A group by its response key in the answer, or -1. A subgraph that ignores aliases in the
    /// paths of its errors is understood where there is no doubt.
    int group(Object key) {
        for (int i = 0; i < groups.size(); i++) {
            if (shape.name(i).equals(key)) {
                return i;
            }
        }
        return groups.size() == 1 && key.equals("_entities") ? 0 : -1;
    }

    /// The body of a request without entities.
    byte[] body(VariableValues values) {
        JsonBuffer out = new JsonBuffer(prefix.length + ROOM_FOR_VARIABLES);
        out.append(prefix);
        if (writeVariables(values, out)) {
            out.append('}');
        }
        out.append('}');
        return out.copy();
    }

    /// The start of a request with entities, up to where the lists of representations follow.
    JsonBuffer start(VariableValues values) {
        return start(values, 0);
    }

    /// @param length of the whole request, probably
    JsonBuffer start(VariableValues values, int length) {
        int least = 2 * (prefix.length + ROOM_FOR_VARIABLES);
        JsonBuffer out = new JsonBuffer(Math.max(least, length + JsonBuffer.ROOM));
        out.append(prefix);
        if (writeVariables(values, out)) {
            out.append(',');
        } else {
            out.append(VARIABLES);
        }
        return out;
    }

    private boolean writeVariables(VariableValues values, JsonBuffer out) {
        boolean any = false;
        for (int variable : variables) {
            if (values.isGiven(variable)) {
                if (any) {
                    out.append(',');
                } else {
                    out.append(VARIABLES);
                }
                any = true;
                values.write(variable, out);
            }
        }
        return any;
    }
}
