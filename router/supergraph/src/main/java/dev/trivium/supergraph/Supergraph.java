package dev.trivium.supergraph;

import dev.trivium.language.Definition;
import dev.trivium.language.OperationType;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A composed schema: the types that clients see, and for each element the subgraphs that serve it.
///
/// Every rule of the join specification that leaves something out of the text is undone here: a
/// field without `@join__field` has one {@link JoinField} for each subgraph of its parent type.
///
/// @param description of the schema, or null
/// @param subgraphs in the order of `join__Graph`; the index is the subgraph's number everywhere
/// @param rootTypes the root types that exist
/// @param types by name, in the order of the text, without those of the link and join
///   specifications; inaccessible elements are included, and marked
/// @param directives the directives that a client may use, apart from those of the GraphQL
///   specification, with their executable locations only
/// @param requiredFeatures the names of the specifications that a router must enforce to serve this
///   supergraph (linked `for: SECURITY` or `for: EXECUTION`), such as `requiresScopes`; without
///   `join` and `inaccessible`, which this model itself stands for
public record Supergraph(
        @Nullable String description,
        List<Subgraph> subgraphs,
        SequencedMap<OperationType, String> rootTypes,
        SequencedMap<String, SupergraphType> types,
        List<Definition.DirectiveType> directives,
        Set<String> requiredFeatures) {}
