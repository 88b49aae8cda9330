package dev.trivium.composition;

import dev.trivium.language.SourceLocation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// What the passes of a merge share: the subgraphs, sorted by name, and the supergraph that they
/// become.
final class MergeContext {
    final List<SubgraphSchema> subgraphs;
    final Map<String, SubgraphSchema> byName = new HashMap<>();
    final SchemaModel merged = new SchemaModel();
    final JoinSpec join;
    final Report report;
    final TypeRelations relations = new TypeRelations(merged);
    final EnumUsage enumUsage = new EnumUsage();
    final ComposedDirectives composed;

    /// The types to merge, in the order in which the subgraphs first name them.
    final SequencedMap<String, List<Source<TypeElement>>> sources = new LinkedHashMap<>();

    /// The directives of the supergraph that clients may use in queries.
    final SequencedSet<String> executableDirectives = new LinkedHashSet<>();

    /// For each interface the subgraphs that have an interface object in its place.
    final Map<String, List<Source<TypeElement>>> interfaceObjects = new HashMap<>();

    MergeContext(
            List<SubgraphSchema> subgraphs,
            JoinSpec join,
            ComposedDirectives composed,
            Report report) {
        this.subgraphs = subgraphs;
        this.join = join;
        this.composed = composed;
        this.report = report;
        subgraphs.forEach(subgraph -> byName.put(subgraph.name, subgraph));
    }

    /// The merged type that a source became.
    TypeElement mergedType(String name) {
        TypeElement type = merged.type(name);
        if (type == null) {
            throw new IllegalArgumentException("no merged type " + name);
        }
        return type;
    }

    /// Where a subgraph defines a field, or {@link SourceLocation#NONE}.
    SourceLocation fieldLocation(String typeName, String fieldName, String subgraphName) {
        SubgraphSchema subgraph = byName.get(subgraphName);
        TypeElement type = subgraph == null ? null : subgraph.model.type(typeName);
        FieldElement field = type == null ? null : type.fields.get(fieldName);
        return field == null ? SourceLocation.NONE : field.location;
    }
}
