package dev.trivium.composition;

import dev.trivium.language.Argument;
import dev.trivium.language.SourceLocation;
import dev.trivium.language.Value;
import dev.trivium.supergraph.SpecVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The join specification: how a supergraph says which subgraph has what. The version follows from
/// that of the federation specification.
final class JoinSpec {
    private static final SpecVersion LABELS = new SpecVersion(2, 7);
    private static final SpecVersion CONTEXTS = new SpecVersion(2, 8);

    private static final String DEFINITIONS =
            """
            directive @join__graph(name: String!, url: String!) on ENUM_VALUE
            directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
            directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
            directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION
            directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE
            scalar join__FieldSet
            """;

    private static final String DIRECTIVE_DEFINITIONS =
            """
            directive @join__directive(graphs: [join__Graph!], name: String!, args: join__DirectiveArguments) repeatable on SCHEMA | OBJECT | INTERFACE | FIELD_DEFINITION
            scalar join__DirectiveArguments
            """;

    private static final String CONTEXT_DEFINITIONS =
            """
            input join__ContextArgument {
              name: String!
              type: String!
              context: String!
              selection: join__FieldValue!
            }
            scalar join__FieldValue
            """;

    private final SpecVersion federation;
    private final Map<String, String> graphs = new HashMap<>();

    JoinSpec(SpecVersion federation, List<SubgraphSchema> subgraphs) {
        this.federation = federation;
        Map<String, String> byName = graphNames(subgraphs.stream().map(s -> s.name).toList());
        graphs.putAll(byName);
    }

    SpecVersion version() {
        if (federation.isAtLeast(CONTEXTS)) {
            return new SpecVersion(0, 5);
        }
        return new SpecVersion(0, federation.isAtLeast(LABELS) ? 4 : 3);
    }

    /// The directives and types of the version, but for the enum of the subgraphs.
    String definitions() {
        String labels = hasDirectives() ? ", overrideLabel: String" : "";
        String contexts = hasContexts() ? ", contextArguments: [join__ContextArgument!]" : "";
        String field =
                """
                directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean%s%s) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
                """
                        .formatted(labels, contexts);
        return DEFINITIONS
                + field
                + (hasDirectives() ? DIRECTIVE_DEFINITIONS : "")
                + (hasContexts() ? CONTEXT_DEFINITIONS : "");
    }

    boolean hasDirectives() {
        return federation.isAtLeast(LABELS);
    }

    boolean hasContexts() {
        return federation.isAtLeast(CONTEXTS);
    }

    /// The value of `join__Graph` for a subgraph.
    String graph(SubgraphSchema subgraph) {
        String graph = graphs.get(subgraph.name);
        if (graph == null) {
            throw new IllegalArgumentException("no subgraph " + subgraph.name);
        }
        return graph;
    }

    Argument graphArgument(SubgraphSchema subgraph) {
        return Applied.argument("graph", new Value.EnumValue(graph(subgraph)));
    }

    static Applied join(String name, List<Argument> arguments) {
        return new Applied("join__" + name, null, arguments, SourceLocation.NONE, Block.GENERATED);
    }

    static void addText(List<Argument> arguments, String name, @Nullable String text) {
        if (text != null) {
            arguments.add(Applied.argument(name, new Value.StringValue(text)));
        }
    }

    static void addTrue(List<Argument> arguments, String name, boolean flag) {
        if (flag) {
            arguments.add(Applied.argument(name, new Value.BooleanValue(true)));
        }
    }

    /// Names as enum values: upper case, `_` for what a GraphQL name cannot hold, and numbered
    /// where several become the same.
    private static Map<String, String> graphNames(List<String> names) {
        Map<String, List<String>> byForm = new LinkedHashMap<>();
        for (String name : names) {
            byForm.computeIfAbsent(sanitized(name), _ -> new ArrayList<>()).add(name);
        }
        Map<String, String> graphs = new HashMap<>();
        Set<String> taken = new HashSet<>(byForm.keySet());
        byForm.forEach((form, same) -> {
            if (same.size() == 1) {
                graphs.put(same.getFirst(), form);
                return;
            }
            int number = 1;
            for (String name : same) {
                while (!taken.add(form + "_" + number)) {
                    number++;
                }
                graphs.put(name, form + "_" + number);
            }
        });
        return graphs;
    }

    private static String sanitized(String name) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean allowed = c < 128 && Character.isLetterOrDigit(c);
            form.append(allowed ? c : '_');
        }
        if (form.isEmpty() || Character.isDigit(form.charAt(0))) {
            form.insert(0, '_');
        }
        String upper = form.toString().toUpperCase(Locale.ROOT);
        // A trailing number is kept for those that collide.
        return upper.matches(".*_\\d+") ? upper + "_" : upper;
    }
}
