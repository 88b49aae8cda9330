package dev.trivium.composition;

import dev.trivium.language.Argument;
import dev.trivium.language.OperationType;
import dev.trivium.language.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Merges the fields of an object or interface type: all that any subgraph resolves.
final class MergeFields {
    private final MergeContext context;
    private final MergeDescriptions descriptions;
    private final MergeAppliedDirectives applied;
    private final MergeArguments arguments;
    private final MergeTypeReferences types;
    private final ResolveOverrides overrides;
    private final CheckExternals externals;
    private final CheckFieldSharing sharing;
    private final HintInconsistencies hints;

    MergeFields(MergeContext context, MergePasses passes) {
        this.context = context;
        this.descriptions = passes.descriptions();
        this.applied = passes.applied();
        this.arguments = passes.arguments();
        this.types = passes.types();
        this.hints = passes.hints();
        this.overrides = new ResolveOverrides(context);
        this.externals = new CheckExternals(context);
        this.sharing = new CheckFieldSharing(context);
    }

    /// @param valueType whether subgraphs should agree on the fields
    void merge(List<Source<TypeElement>> sources, TypeElement merged, boolean valueType) {
        SequencedSet<String> names = new LinkedHashSet<>();
        sources.forEach(source -> names.addAll(source.element().fields.keySet()));
        for (String name : names) {
            List<Source<FieldElement>> fields =
                    Source.parts(sources, type -> type.fields.get(name));
            FieldElement first = fields.getFirst().element();
            var field = new FieldElement(merged, name, first.type, Block.GENERATED, first.location);
            merged.addField(field);
            if (valueType) {
                hints.valueTypeField(sources, fields, field);
            }
            FieldOverrides overridden = overrides.resolve(fields, field);
            if (context.merged.schema.roots.get(OperationType.SUBSCRIPTION) != null
                    && merged.name.equals(
                            context.merged.schema.roots.get(OperationType.SUBSCRIPTION))) {
                checkSubscription(fields);
            }
            merge(fields, field, overridden, sources.size());
            if (merged.kind == TypeElement.Kind.OBJECT) {
                sharing.check(fields, field, overridden);
            }
        }
    }

    private void checkSubscription(List<Source<FieldElement>> fields) {
        for (Source<FieldElement> source : fields) {
            if (source.element().has(FederationDirective.SHAREABLE)) {
                context.report.error(
                        CompositionCode.INVALID_FIELD_SHARING,
                        "[%s] \"%s\" is a subscription, which only one subgraph can serve: it cannot be @shareable."
                                .formatted(source.subgraph().name, source.element().coordinate()),
                        source.element().location);
            }
        }
    }

    /// @param parents how many subgraphs have the type
    private void merge(
            List<Source<FieldElement>> sources,
            FieldElement merged,
            FieldOverrides overridden,
            int parents) {
        List<Source<FieldElement>> external = new ArrayList<>();
        List<Source<FieldElement>> resolving = new ArrayList<>();
        for (Source<FieldElement> source : sources) {
            if (isExternal(source)) {
                external.add(source);
                externals.checkDirectives(source);
            } else {
                resolving.add(source);
            }
        }
        if (resolving.isEmpty()) {
            reportMissingBase(sources, merged);
            resolving = external;
        }
        descriptions.merge(resolving, merged);
        applied.merge(resolving, merged);
        arguments.merge(resolving, merged);
        boolean sameType = types.mergeOutput(resolving, merged);
        if (!external.isEmpty()) {
            externals.check(external, merged, sameType);
            sameType &= external.stream().allMatch(s -> s.element().type.equals(merged.type));
        }
        join(sources, merged, overridden, parents, sameType);
        applied.carry(sources, merged);
    }

    private boolean isExternal(Source<FieldElement> source) {
        return source.subgraph().facts().isExternal(source.element());
    }

    private void reportMissingBase(List<Source<FieldElement>> sources, FieldElement merged) {
        context.report.error(
                CompositionCode.EXTERNAL_MISSING_ON_BASE,
                "\"%s\" is external in every subgraph that has it (%s): none resolves it."
                        .formatted(merged.coordinate(), Source.names(sources)),
                Source.locations(sources));
    }

    /// `@join__field`, unless every subgraph with the type simply has the field, with one type.
    private void join(
            List<Source<FieldElement>> sources,
            FieldElement merged,
            FieldOverrides overridden,
            int parents,
            boolean sameType) {
        boolean plain =
                sameType
                        && sources.size() == parents
                        && !overridden.needsJoinField()
                        && sources.stream().noneMatch(s -> overridden.isUnused(s.subgraph()))
                        && sources.stream().allMatch(this::isPlain);
        if (plain) {
            return;
        }
        for (Source<FieldElement> source : sources) {
            if (!overridden.isUnused(source.subgraph())) {
                merged.directives.add(joinField(source, overridden, sameType));
            }
        }
    }

    private boolean isPlain(Source<FieldElement> source) {
        FieldElement field = source.element();
        return !isExternal(source)
                && !field.has(FederationDirective.REQUIRES)
                && !field.has(FederationDirective.PROVIDES)
                && field.arguments.values().stream()
                        .noneMatch(a -> a.has(FederationDirective.FROM_CONTEXT));
    }

    private Applied joinField(
            Source<FieldElement> source, FieldOverrides overridden, boolean sameType) {
        FieldElement field = source.element();
        SubgraphSchema subgraph = source.subgraph();
        List<Argument> join = new ArrayList<>();
        join.add(context.join.graphArgument(subgraph));
        JoinSpec.addText(join, "requires", text(field, FederationDirective.REQUIRES, "fields"));
        JoinSpec.addText(join, "provides", text(field, FederationDirective.PROVIDES, "fields"));
        JoinSpec.addText(join, "override", text(field, FederationDirective.OVERRIDE, "from"));
        JoinSpec.addText(join, "type", sameType ? null : field.type.toString());
        JoinSpec.addTrue(join, "external", isExternal(source));
        JoinSpec.addTrue(join, "usedOverridden", overridden.isUsed(subgraph));
        JoinSpec.addText(join, "overrideLabel", overridden.label(subgraph));
        Value contextArguments = ContextArguments.of(source, context.join);
        if (contextArguments != null) {
            join.add(Applied.argument("contextArguments", contextArguments));
        }
        return JoinSpec.join("field", join);
    }

    private static @Nullable String text(
            FieldElement field, FederationDirective directive, String argument) {
        Applied applied = field.first(directive);
        return applied == null ? null : applied.text(argument);
    }
}
