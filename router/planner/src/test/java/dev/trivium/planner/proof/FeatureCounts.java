package dev.trivium.planner.proof;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// In how many supergraphs, and in how many compared operations, each feature was.
record FeatureCounts(Map<Feature, Integer> supergraphs, Map<Feature, Integer> operations) {
    FeatureCounts() {
        this(new EnumMap<>(Feature.class), new EnumMap<>(Feature.class));
    }

    void addSupergraph(Set<Feature> features) {
        features.forEach(it -> supergraphs.merge(it, 1, Integer::sum));
    }

    void addOperation(Set<Feature> features) {
        features.forEach(it -> operations.merge(it, 1, Integer::sum));
    }

    void add(FeatureCounts other) {
        other.supergraphs.forEach(
                (feature, count) -> supergraphs.merge(feature, count, Integer::sum));
        other.operations.forEach(
                (feature, count) -> operations.merge(feature, count, Integer::sum));
    }

    int inSupergraphs(Feature feature) {
        return supergraphs.getOrDefault(feature, 0);
    }

    int inOperations(Feature feature) {
        return operations.getOrDefault(feature, 0);
    }

    /// A line for each feature.
    String table() {
        StringBuilder table = new StringBuilder();
        for (Feature feature : Feature.values()) {
            String worlds = feature.isOfSupergraphs() ? String.valueOf(inSupergraphs(feature)) : "";
            String uses = feature.isOfOperations() ? String.valueOf(inOperations(feature)) : "";
            table.append("  %-36s%8s%8s%n".formatted(feature, worlds, uses));
        }
        return table.toString();
    }
}
