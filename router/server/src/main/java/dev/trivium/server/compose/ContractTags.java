package dev.trivium.server.compose;

import dev.trivium.composition.CompositionResult;
import dev.trivium.composition.Contract;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tags of `--contract`.
record ContractTags(Set<String> included, Set<String> excluded) {

    /// @return null where a part is neither `include=TAG` nor `exclude=TAG`
    static @Nullable ContractTags parse(List<String> parts) {
        ContractTags tags = new ContractTags(new LinkedHashSet<>(), new LinkedHashSet<>());
        for (String part : parts) {
            int equals = part.indexOf('=');
            String tag = part.substring(equals + 1).strip();
            if (tag.isEmpty()) {
                return null;
            }
            switch (part.substring(0, Math.max(equals, 0))) {
                case "include" -> tags.included.add(tag);
                case "exclude" -> tags.excluded.add(tag);
                default -> {
                    return null;
                }
            }
        }
        return tags;
    }

    /// The contract of a composed supergraph; anything else stays as it is.
    CompositionResult apply(CompositionResult result) {
        return included.isEmpty() && excluded.isEmpty()
                ? result
                : Contract.derive(result, included, excluded);
    }
}
