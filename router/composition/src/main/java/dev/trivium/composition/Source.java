package dev.trivium.composition;

import dev.trivium.language.SourceLocation;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An element of the supergraph as one subgraph has it.
record Source<E extends Element>(SubgraphSchema subgraph, E element) {

    /// The parts of some sources, of those that have it.
    static <E extends Element, P extends Element> List<Source<P>> parts(
            List<Source<E>> sources, Function<E, @Nullable P> part) {
        return sources.stream()
                .map(source -> {
                    P found = part.apply(source.element);
                    return found == null ? null : new Source<>(source.subgraph, found);
                })
                .filter(Objects::nonNull)
                .toList();
    }

    static List<SourceLocation> locations(List<? extends Source<?>> sources) {
        return sources.stream().map(source -> source.element().location).toList();
    }

    /// `subgraph "a"`, `subgraphs "a" and "b"`.
    static String names(List<? extends Source<?>> sources) {
        return Names.subgraphs(sources.stream().map(source -> source.subgraph().name).toList());
    }
}
