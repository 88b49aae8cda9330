package dev.trivium.supergraph;

import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.TypeReference;
import dev.trivium.language.Value;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A type of the supergraph.
///
/// `directives` holds all applications but those of the join specification and `@inaccessible`;
/// only `@join__directive` is kept. Directives of Apollo's specifications have their standard names
/// (`tag`, `authenticated`, `requiresScopes`, `policy`, `cost`, `listSize`, `context`), whatever
/// the text calls them. An inaccessible argument of a field still carries `@inaccessible`.
public sealed interface SupergraphType {
    String name();

    boolean inaccessible();

    /// Where the type exists: one entry for each subgraph and key.
    List<JoinType> joins();

    List<Directive> directives();

    @Nullable String description();

    /// An object or interface type.
    sealed interface Composite extends SupergraphType {
        List<JoinImplements> interfaces();

        SequencedMap<String, Field> fields();
    }

    record ScalarType(
            String name,
            @Nullable String description,
            boolean inaccessible,
            List<JoinType> joins,
            List<Directive> directives)
            implements SupergraphType {}

    record ObjectType(
            String name,
            @Nullable String description,
            boolean inaccessible,
            List<JoinType> joins,
            List<JoinImplements> interfaces,
            SequencedMap<String, Field> fields,
            List<Directive> directives)
            implements Composite {}

    record InterfaceType(
            String name,
            @Nullable String description,
            boolean inaccessible,
            List<JoinType> joins,
            List<JoinImplements> interfaces,
            SequencedMap<String, Field> fields,
            List<Directive> directives)
            implements Composite {}

    /// @param members for each member the subgraphs in which it is one
    record UnionType(
            String name,
            @Nullable String description,
            boolean inaccessible,
            List<JoinType> joins,
            SequencedMap<String, List<Integer>> members,
            List<Directive> directives)
            implements SupergraphType {}

    record EnumType(
            String name,
            @Nullable String description,
            boolean inaccessible,
            List<JoinType> joins,
            SequencedMap<String, EnumValue> values,
            List<Directive> directives)
            implements SupergraphType {}

    record InputObjectType(
            String name,
            @Nullable String description,
            boolean inaccessible,
            List<JoinType> joins,
            SequencedMap<String, InputField> fields,
            List<Directive> directives)
            implements SupergraphType {}

    /// `@join__type`: the type exists in a subgraph.
    ///
    /// @param key the field set of one key, or null where the subgraph declares none
    /// @param resolvable whether the subgraph answers `_entities` for this key
    /// @param interfaceObject whether the subgraph has an object type in place of the interface
    record JoinType(
            int subgraph,
            @Nullable String key,
            boolean resolvable,
            boolean extension,
            boolean interfaceObject) {}

    /// `@join__implements`: the type implements an interface in a subgraph.
    record JoinImplements(int subgraph, String interfaceName) {}

    /// A field of an object or interface type.
    record Field(
            String name,
            @Nullable String description,
            TypeReference type,
            SequencedMap<String, Definition.InputValue> arguments,
            boolean inaccessible,
            List<JoinField> joins,
            List<Directive> directives) {}

    /// `@join__field`: the field exists in a subgraph.
    ///
    /// @param type its type there, where that is not the field's type in the supergraph
    /// @param requires the field set of `@requires`, or null
    /// @param provides the field set of `@provides`, or null
    /// @param external whether the subgraph only refers to it; also set for `usedOverridden`
    ///   without a label
    /// @param override the name of the subgraph it is taken over from, or null
    /// @param overrideLabel the condition of a progressive override, or null
    record JoinField(
            int subgraph,
            @Nullable TypeReference type,
            @Nullable String requires,
            @Nullable String provides,
            boolean external,
            @Nullable String override,
            @Nullable String overrideLabel,
            List<ContextArgument> contextArguments) {}

    /// An argument that the router fills from a `@context`.
    record ContextArgument(String name, String type, String context, String selection) {}

    record EnumValue(
            String name,
            @Nullable String description,
            boolean inaccessible,
            List<Integer> subgraphs,
            List<Directive> directives) {}

    record InputField(
            String name,
            @Nullable String description,
            TypeReference type,
            @Nullable Value defaultValue,
            boolean inaccessible,
            List<JoinField> joins,
            List<Directive> directives) {}
}
