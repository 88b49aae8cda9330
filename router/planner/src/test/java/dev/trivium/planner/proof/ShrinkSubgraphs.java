package dev.trivium.planner.proof;

import dev.trivium.composition.SubgraphSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Makes subgraphs smaller while they still fail: leaves out subgraphs, types and fields, each of
/// which is written on lines of its own.
final class ShrinkSubgraphs {
    private ShrinkSubgraphs() {}

    /// @param fails whether subgraphs compose and fail
    static List<SubgraphSource> shrink(
            List<SubgraphSource> subgraphs, Predicate<List<SubgraphSource>> fails) {
        List<SubgraphSource> smallest = subgraphs;
        for (int i = smallest.size() - 1; i >= 0; i--) {
            List<SubgraphSource> fewer = new ArrayList<>(smallest);
            fewer.remove(i);
            smallest = fewer.size() > 0 && fails.test(fewer) ? fewer : smallest;
        }
        for (boolean again = true; again; ) {
            int before = length(smallest);
            for (int i = 0; i < smallest.size(); i++) {
                smallest = shrink(smallest, i, fails);
            }
            again = length(smallest) < before;
        }
        return smallest;
    }

    private static int length(List<SubgraphSource> subgraphs) {
        return subgraphs.stream().mapToInt(it -> it.sdl().length()).sum();
    }

    private static List<SubgraphSource> shrink(
            List<SubgraphSource> subgraphs, int at, Predicate<List<SubgraphSource>> fails) {
        List<SubgraphSource> smallest = subgraphs;
        for (int line = lines(smallest.get(at)).size() - 1; line > 0; line--) {
            List<String> lines = lines(smallest.get(at));
            if (line >= lines.size()) {
                continue;
            }
            List<String> fewer = new ArrayList<>(lines);
            int end = line + 1;
            if (lines.get(line).endsWith("{")) {
                end = line + lines.subList(line, lines.size()).indexOf("}") + 1;
            }
            fewer.subList(line, end).clear();
            SubgraphSource it = smallest.get(at);
            List<SubgraphSource> candidate = new ArrayList<>(smallest);
            candidate.set(
                    at, new SubgraphSource(it.name(), it.url(), String.join("\n", fewer) + "\n"));
            if (!lines.get(line).equals("}") && fails.test(candidate)) {
                smallest = candidate;
            }
        }
        return smallest;
    }

    private static List<String> lines(SubgraphSource source) {
        return List.of(source.sdl().strip().split("\n", -1));
    }
}
