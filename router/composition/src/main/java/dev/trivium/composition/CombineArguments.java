package dev.trivium.composition;

import dev.trivium.language.Argument;
import dev.trivium.language.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Combines the different arguments that subgraphs give a directive on one element: the highest
/// cost, the strictest authorization.
final class CombineArguments {
    private CombineArguments() {}

    /// @return null where the directive has no rule for that
    static @Nullable List<Argument> combine(List<Applied> applications) {
        FederationDirective directive = applications.getFirst().known();
        if (directive == null) {
            return null;
        }
        return switch (directive) {
            case COST -> List.of(Applied.argument("weight", max(applications, "weight")));
            case LIST_SIZE -> listSize(applications);
            case REQUIRES_SCOPES -> conjunction(applications, "scopes");
            case POLICY -> conjunction(applications, "policies");
            case KEY,
                    REQUIRES,
                    PROVIDES,
                    EXTERNAL,
                    TAG,
                    EXTENDS,
                    SHAREABLE,
                    INACCESSIBLE,
                    OVERRIDE,
                    COMPOSE_DIRECTIVE,
                    INTERFACE_OBJECT,
                    AUTHENTICATED,
                    CONTEXT,
                    FROM_CONTEXT,
                    CACHE_TAG ->
                    null;
        };
    }

    private static List<Argument> listSize(List<Applied> applications) {
        List<Argument> combined = new ArrayList<>();
        if (isGiven(applications, "assumedSize")) {
            combined.add(Applied.argument("assumedSize", max(applications, "assumedSize")));
        }
        for (String list : List.of("slicingArguments", "sizedFields")) {
            if (isGiven(applications, list)) {
                combined.add(Applied.argument(list, union(applications, list)));
            }
        }
        if (isGiven(applications, "requireOneSlicingArgument")) {
            boolean all =
                    applications.stream().allMatch(a -> a.flag("requireOneSlicingArgument", true));
            combined.add(
                    Applied.argument("requireOneSlicingArgument", new Value.BooleanValue(all)));
        }
        return combined;
    }

    private static boolean isGiven(List<Applied> applications, String argument) {
        return applications.stream()
                .map(applied -> applied.argument(argument))
                .anyMatch(value -> value != null && !(value instanceof Value.NullValue));
    }

    private static Value max(List<Applied> applications, String argument) {
        return applications.stream()
                .map(applied -> applied.argument(argument))
                .filter(Value.IntValue.class::isInstance)
                .map(Value.IntValue.class::cast)
                .max(Comparator.comparing(value -> new BigDecimal(value.digits())))
                .map(Value.class::cast)
                .orElseGet(Value.NullValue::new);
    }

    private static Value union(List<Applied> applications, String argument) {
        LinkedHashSet<Value> all = new LinkedHashSet<>();
        for (Applied applied : applications) {
            if (applied.argument(argument) instanceof Value.ListValue(var elements)) {
                all.addAll(elements);
            }
        }
        return new Value.ListValue(List.copyOf(all));
    }

    /// Requirements are lists of alternatives, each of which needs all of its names. All subgraphs'
    /// requirements must hold, so the alternatives are multiplied out.
    private static List<Argument> conjunction(List<Applied> applications, String argument) {
        List<NavigableSet<String>> product = List.of(new TreeSet<>());
        for (Applied applied : applications) {
            product = conjunction(product, alternatives(applied.argument(argument)));
        }
        return List.of(Applied.argument(argument, value(product)));
    }

    static List<NavigableSet<String>> conjunction(
            List<NavigableSet<String>> left, List<NavigableSet<String>> right) {
        List<NavigableSet<String>> product = new ArrayList<>();
        for (NavigableSet<String> one : left) {
            for (NavigableSet<String> other : right) {
                NavigableSet<String> both = new TreeSet<>(one);
                both.addAll(other);
                product.add(both);
            }
        }
        return withoutSupersets(product);
    }

    /// An alternative that needs more than another is never the one that decides.
    static List<NavigableSet<String>> withoutSupersets(List<NavigableSet<String>> alternatives) {
        List<NavigableSet<String>> bySize = new ArrayList<>(alternatives);
        bySize.sort(
                Comparator.<NavigableSet<String>>comparingInt(NavigableSet::size)
                        .thenComparing(set -> String.join(",", set)));
        List<NavigableSet<String>> kept = new ArrayList<>();
        for (NavigableSet<String> alternative : bySize) {
            if (kept.stream().noneMatch(alternative::containsAll)) {
                kept.add(alternative);
            }
        }
        return kept;
    }

    /// No alternatives at all is no requirement.
    static List<NavigableSet<String>> alternatives(@Nullable Value value) {
        List<NavigableSet<String>> alternatives = new ArrayList<>();
        if (value instanceof Value.ListValue(var outer)) {
            for (Value each : outer) {
                List<Value> inner =
                        each instanceof Value.ListValue(var names) ? names : List.of(each);
                TreeSet<String> alternative = new TreeSet<>();
                inner.stream()
                        .map(CombineArguments::text)
                        .filter(Objects::nonNull)
                        .forEach(alternative::add);
                alternatives.add(alternative);
            }
        }
        return alternatives.isEmpty() ? List.of(new TreeSet<>()) : alternatives;
    }

    private static @Nullable String text(Value value) {
        return value instanceof Value.StringValue(var text) ? text : null;
    }

    static Value value(List<NavigableSet<String>> alternatives) {
        List<Value> outer = new ArrayList<>();
        for (NavigableSet<String> alternative : alternatives) {
            List<Value> inner = new ArrayList<>();
            alternative.forEach(name -> inner.add(new Value.StringValue(name)));
            outer.add(new Value.ListValue(inner));
        }
        return new Value.ListValue(outer);
    }
}
