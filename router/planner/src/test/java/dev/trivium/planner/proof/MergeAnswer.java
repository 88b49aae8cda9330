package dev.trivium.planner.proof;

import dev.trivium.planner.plan.Fetch.FetchField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Merges the answers of subgraphs into a tree of maps and lists.
final class MergeAnswer {
    private MergeAnswer() {}

    /// @param expected of the answer, which may hold more
    static void into(
            Map<String, @Nullable Object> object, Map<?, ?> answer, List<FetchField> expected) {
        merge(object, kept(answer, expected));
    }

    /// What a plan expects of an answer; the rest, like the `__typename` of an interface object,
    /// means nothing.
    private static Map<String, @Nullable Object> kept(Map<?, ?> answer, List<FetchField> expected) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        for (FetchField field : expected) {
            if (answer.containsKey(field.planKey())) {
                Object value = answer.get(field.planKey());
                boolean isObject = field.isObject();
                kept.put(field.planKey(), isObject ? keptOf(value, field.selections()) : value);
            }
        }
        return kept;
    }

    private static @Nullable Object keptOf(@Nullable Object value, List<FetchField> expected) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> kept = new ArrayList<>();
            list.forEach(it -> kept.add(keptOf(it, expected)));
            return kept;
        }
        return value instanceof Map<?, ?> object ? kept(object, expected) : value;
    }

    /// Merges by key, lists by index; null never overwrites.
    private static void merge(
            Map<String, @Nullable Object> target, Map<String, @Nullable Object> source) {
        source.forEach((key, value) -> {
            Object there = target.get(key);
            if (there == null) {
                target.put(key, value);
            } else {
                mergeInto(there, value);
            }
        });
    }

    @SuppressWarnings("unchecked") // the merged tree
    private static void mergeInto(@Nullable Object target, @Nullable Object source) {
        if (target instanceof Map<?, ?> a && source instanceof Map<?, ?> b) {
            merge((Map<String, @Nullable Object>) a, (Map<String, @Nullable Object>) b);
        } else if (target instanceof List<?> a && source instanceof List<?> b) {
            for (int i = 0; i < a.size(); i++) {
                mergeInto(a.get(i), b.get(i));
            }
        }
    }
}
