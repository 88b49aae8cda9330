package dev.trivium.composition;

import dev.trivium.language.SourceLocation;
import dev.trivium.supergraph.LinkedSpec;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which applied directives go into the supergraph, and under which names: some of federation's own
/// wherever they are used, and those that `@composeDirective` asks for.
final class ComposedDirectives {
    private static final Set<FederationDirective> MERGED =
            EnumSet.of(
                    FederationDirective.TAG,
                    FederationDirective.INACCESSIBLE,
                    FederationDirective.AUTHENTICATED,
                    FederationDirective.REQUIRES_SCOPES,
                    FederationDirective.POLICY,
                    FederationDirective.COST,
                    FederationDirective.LIST_SIZE,
                    FederationDirective.CONTEXT);

    /// The first use of a directive, which gives it its name in the supergraph.
    private record Use(String name, SubgraphSchema subgraph, SourceLocation location) {}

    private final Map<FederationDirective, Use> used = new EnumMap<>(FederationDirective.class);
    private final Set<FederationDirective> generated = EnumSet.noneOf(FederationDirective.class);
    private boolean fromContext;
    private final SequencedMap<String, CustomDirective> custom = new LinkedHashMap<>();

    /// A directive that subgraphs ask to compose.
    ///
    /// @param feature the newest version that a subgraph composes
    /// @param definition its definition there
    /// @param subgraphs those that compose it
    record CustomDirective(
            LinkedSpec feature,
            String specName,
            DirectiveElement definition,
            Set<SubgraphSchema> subgraphs) {}

    /// Whether a directive is of those that federation merges by itself.
    static boolean isMergedByDefault(FederationDirective directive) {
        return MERGED.contains(directive);
    }

    static ComposedDirectives of(List<SubgraphSchema> subgraphs, Report report) {
        var composed = new ComposedDirectives();
        for (SubgraphSchema subgraph : subgraphs) {
            composed.read(subgraph, report);
        }
        return composed;
    }

    private void read(SubgraphSchema subgraph, Report report) {
        read(subgraph.model.schema, subgraph, report);
        for (DirectiveElement directive : subgraph.model.directives.values()) {
            directive.arguments.values().forEach(a -> read(a, subgraph, report));
        }
        for (TypeElement type : subgraph.model.types.values()) {
            read(type, subgraph, report);
            for (FieldElement field : type.fields.values()) {
                read(field, subgraph, report);
                field.arguments.values().forEach(a -> read(a, subgraph, report));
            }
            type.values.values().forEach(value -> read(value, subgraph, report));
            type.inputs.values().forEach(input -> read(input, subgraph, report));
        }
    }

    private void read(Element element, SubgraphSchema subgraph, Report report) {
        for (Applied applied : element.directives) {
            FederationDirective known = applied.known();
            if (known == FederationDirective.FROM_CONTEXT) {
                fromContext = true;
            } else if (known != null && isInSupergraph(known)) {
                var use = new Use(applied.name(), subgraph, applied.location());
                Use first = used.putIfAbsent(known, use);
                if (first != null && !first.name.equals(applied.name())) {
                    report.error(
                            CompositionCode.LINK_IMPORT_NAME_MISMATCH,
                            "The directive \"@%s\" of federation is \"@%s\" in subgraph \"%s\", but \"@%s\" in subgraph \"%s\"; import it under one name."
                                    .formatted(
                                            known.specName(),
                                            first.name,
                                            first.subgraph.name,
                                            applied.name(),
                                            subgraph.name),
                            List.of(
                                    first.subgraph.linkLocation(Links.FEDERATION),
                                    subgraph.linkLocation(Links.FEDERATION)));
                }
            }
        }
    }

    /// Merged, or carried as it is: it has one name in the supergraph.
    private static boolean isInSupergraph(FederationDirective directive) {
        return MERGED.contains(directive) || directive == FederationDirective.CACHE_TAG;
    }

    void add(String name, CustomDirective directive) {
        custom.put(name, directive);
    }

    @Nullable CustomDirective custom(String name) {
        return custom.get(name);
    }

    SequencedMap<String, CustomDirective> custom() {
        return custom;
    }

    /// Adds a directive that no subgraph uses, but composition itself.
    void addGenerated(FederationDirective directive) {
        generated.add(directive);
    }

    boolean usesFromContext() {
        return fromContext;
    }

    /// The federation directives in use, in the order of the specification.
    List<FederationDirective> used() {
        Set<FederationDirective> all = EnumSet.noneOf(FederationDirective.class);
        all.addAll(used.keySet());
        all.addAll(generated);
        return List.copyOf(all);
    }

    /// The name of a federation directive in the supergraph.
    String name(FederationDirective directive) {
        Use use = used.get(directive);
        return use == null ? directive.specName() : use.name;
    }

    /// Where a federation directive is first used.
    @Nullable String firstSubgraph(FederationDirective directive) {
        Use use = used.get(directive);
        return use == null ? null : use.subgraph.name;
    }

    /// Whether the supergraph has the application.
    boolean isMerged(Applied applied, SubgraphSchema subgraph) {
        if (applied.known() != null && MERGED.contains(applied.known())) {
            return true;
        }
        if (applied.name().equals("deprecated") || applied.name().equals("specifiedBy")) {
            return true;
        }
        CustomDirective directive = custom.get(applied.name());
        return directive != null && directive.subgraphs().contains(subgraph);
    }

    /// Whether the element may have the directive several times.
    boolean isRepeatable(Applied applied) {
        if (applied.known() != null) {
            return applied.known() == FederationDirective.TAG
                    || applied.known() == FederationDirective.CONTEXT;
        }
        CustomDirective directive = custom.get(applied.name());
        return directive != null && directive.definition().repeatable;
    }
}
