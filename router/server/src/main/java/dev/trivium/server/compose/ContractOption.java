package dev.trivium.server.compose;

import dev.trivium.composition.Contract;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The option `--contract`.
final class ContractOption {
    private ContractOption() {}

    /// @param parts `include=TAG`, `exclude=TAG` and `unreachable=hide` or `unreachable=keep`
    /// @return null where a part is none of these
    static @Nullable Contract parse(List<String> parts) {
        Set<String> included = new HashSet<>();
        Set<String> excluded = new HashSet<>();
        boolean hidesUnreachable = !parts.isEmpty();
        for (String part : parts) {
            int equals = part.indexOf('=');
            String value = part.substring(equals + 1).strip();
            if (value.isEmpty()) {
                return null;
            }
            switch (part.substring(0, Math.max(equals, 0)).strip()) {
                case "include" -> included.add(value);
                case "exclude" -> excluded.add(value);
                case "unreachable" -> {
                    if (!Set.of("hide", "keep").contains(value)) {
                        return null;
                    }
                    hidesUnreachable = value.equals("hide");
                }
                default -> {
                    return null;
                }
            }
        }
        return new Contract(included, excluded, hidesUnreachable);
    }
}
