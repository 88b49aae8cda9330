package dev.trivium.planner;

import dev.trivium.language.Argument;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The plan keys of the fields of one object in the merged tree, whatever its runtime type.
///
/// Two fields share a key only if they have the same name, arguments and shape. A client's field
/// gets its response key unless another field has it; a field that the planner adds shares the key
/// of a field that is fetched anyway.
final class KeyScope {
    private record ClientField(
            String responseKey, String name, List<Argument> arguments, String shape) {}

    private record AnyField(String name, List<Argument> arguments, String shape) {}

    private final Map<ClientField, String> clientKeys = new HashMap<>();
    private final Map<AnyField, String> keys = new HashMap<>();
    private final Set<String> used = new HashSet<>(Set.of(NormalizedField.TYPENAME));
    private final Map<String, KeyScope> below = new HashMap<>();
    private @Nullable BitSet served;

    /// The key of a field that the client asks for.
    String client(NormalizedField field, String shape) {
        if (field.isTypename()) {
            return NormalizedField.TYPENAME;
        }
        return clientKeys.computeIfAbsent(
                new ClientField(field.responseKey(), field.name(), field.arguments(), shape),
                _ -> {
                    String key = unused(field.responseKey());
                    keys.putIfAbsent(new AnyField(field.name(), field.arguments(), shape), key);
                    return key;
                });
    }

    /// The key of a field of a key or of `@requires`.
    String internal(NormalizedField field, String shape) {
        if (field.isTypename()) {
            return NormalizedField.TYPENAME;
        }
        return keys.computeIfAbsent(
                new AnyField(field.name(), field.arguments(), shape), _ -> unused(field.name()));
    }

    private String unused(String wanted) {
        String key = wanted;
        for (int i = 1; !used.add(key); i++) {
            key = wanted + "__" + i;
        }
        return key;
    }

    KeyScope below(String planKey) {
        return below.computeIfAbsent(planKey, _ -> new KeyScope());
    }

    /// Adds object types for which the client's fields are fetched.
    void serve(BitSet objectTypes) {
        if (served == null) {
            served = new BitSet();
        }
        served.or(objectTypes);
    }

    /// The object types for which the client's fields are fetched.
    BitSet served() {
        return served == null ? new BitSet() : served;
    }
}
