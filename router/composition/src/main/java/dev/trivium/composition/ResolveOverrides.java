package dev.trivium.composition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds out which sources of a field are taken over by others, by `@override(from:, label:)`.
final class ResolveOverrides {
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z][a-zA-Z0-9_\\-:./]*");
    private static final Pattern PERCENT =
            Pattern.compile("percent\\((\\d{1,2}(?:\\.\\d{1,8})?|100)\\)");

    private final MergeContext context;

    ResolveOverrides(MergeContext context) {
        this.context = context;
    }

    FieldOverrides resolve(List<Source<FieldElement>> sources, FieldElement merged) {
        if (sources.stream().noneMatch(s -> s.element().has(FederationDirective.OVERRIDE))) {
            return FieldOverrides.NONE;
        }
        var overrides = new FieldOverrides();
        Map<String, Source<FieldElement>> bySubgraph = new HashMap<>();
        sources.forEach(source -> bySubgraph.put(source.subgraph().name, source));
        for (Source<FieldElement> source : sources) {
            Applied override = source.element().first(FederationDirective.OVERRIDE);
            if (override != null) {
                resolve(source, override, bySubgraph, overrides, merged);
            }
        }
        return overrides;
    }

    private void resolve(
            Source<FieldElement> source,
            Applied override,
            Map<String, Source<FieldElement>> bySubgraph,
            FieldOverrides overrides,
            FieldElement merged) {
        String from = override.text("from");
        String own = source.subgraph().name;
        if (source.element().parent.kind == TypeElement.Kind.INTERFACE) {
            error(
                    CompositionCode.OVERRIDE_ON_INTERFACE,
                    override,
                    "\"%s\" in subgraph \"%s\" is a field of an interface, which cannot have @override."
                            .formatted(merged.coordinate(), own));
            return;
        }
        if (from == null) {
            return;
        }
        if (CollectTypes.isInterfaceObject(source.element().parent)) {
            error(
                    CompositionCode.OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE,
                    override,
                    "\"%s\" in subgraph \"%s\" is a field of an @interfaceObject, which cannot have @override."
                            .formatted(merged.coordinate(), own));
            return;
        }
        if (from.equals(own)) {
            error(
                    CompositionCode.OVERRIDE_FROM_SELF_ERROR,
                    override,
                    "\"%s\" in subgraph \"%s\" overrides itself; @override names another subgraph."
                            .formatted(merged.coordinate(), own));
            return;
        }
        Source<FieldElement> overridden = bySubgraph.get(from);
        if (!context.byName.containsKey(from)) {
            hint(
                    HintCode.FROM_SUBGRAPH_DOES_NOT_EXIST,
                    override,
                    "\"%s\" in subgraph \"%s\" overrides that of subgraph \"%s\", which does not exist."
                            .formatted(merged.coordinate(), own, from));
        } else if (overridden == null && isAbstracted(merged, from)) {
            error(
                    CompositionCode.OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE,
                    override,
                    "\"%s\" in subgraph \"%s\" overrides that of subgraph \"%s\", which has it by an @interfaceObject; such a field cannot be overridden."
                            .formatted(merged.coordinate(), own, from));
        } else if (overridden == null) {
            hint(
                    HintCode.OVERRIDE_DIRECTIVE_CAN_BE_REMOVED,
                    override,
                    "\"%s\" is no longer in subgraph \"%s\"; the @override in subgraph \"%s\" can go."
                            .formatted(merged.coordinate(), from, own));
        } else {
            takeOver(source, override, overridden, overrides, merged);
        }
    }

    /// Whether a subgraph has a field only for all implementations of an interface at once.
    private boolean isAbstracted(FieldElement merged, String subgraph) {
        SubgraphSchema source = context.byName.get(subgraph);
        return source != null
                && merged.parent.interfaces.keySet().stream()
                        .map(source.model::type)
                        .anyMatch(type ->
                                type != null
                                        && CollectTypes.isInterfaceObject(type)
                                        && type.fields.containsKey(merged.name));
    }

    private void takeOver(
            Source<FieldElement> source,
            Applied override,
            Source<FieldElement> overridden,
            FieldOverrides overrides,
            FieldElement merged) {
        if (overridden.element().has(FederationDirective.OVERRIDE)) {
            error(
                    CompositionCode.OVERRIDE_SOURCE_HAS_OVERRIDE,
                    override,
                    "\"%s\" has @override in both subgraph \"%s\" and subgraph \"%s\"; only one of them can have it."
                            .formatted(
                                    merged.coordinate(),
                                    source.subgraph().name,
                                    overridden.subgraph().name));
            return;
        }
        String collision = collision(source, overridden);
        if (collision != null) {
            error(
                    CompositionCode.OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE,
                    override,
                    "@override cannot be used on \"%s\" in subgraph \"%s\", for %s."
                            .formatted(merged.coordinate(), source.subgraph().name, collision));
            return;
        }
        boolean used = overridden.subgraph().facts().isUsed(overridden.element());
        String label = override.text("label");
        if (label != null && !label.isEmpty()) {
            migrate(source, override, label, overridden, overrides, merged);
            return;
        }
        if (isExternal(overridden)) {
            hint(
                    HintCode.OVERRIDE_DIRECTIVE_CAN_BE_REMOVED,
                    override,
                    "\"%s\" is external in subgraph \"%s\", which does not resolve it; the @override in subgraph \"%s\" can go."
                            .formatted(
                                    merged.coordinate(),
                                    overridden.subgraph().name,
                                    source.subgraph().name));
            return;
        }
        if (used) {
            overrides.addUsed(overridden.subgraph());
        } else {
            overrides.addUnused(overridden.subgraph());
        }
        removable(overridden, used, merged);
    }

    /// The label decides at each request which of the two subgraphs resolves the field.
    private void migrate(
            Source<FieldElement> source,
            Applied override,
            String label,
            Source<FieldElement> overridden,
            FieldOverrides overrides,
            FieldElement merged) {
        overrides.addMigrating(overridden.subgraph());
        if (!isLabel(label)) {
            error(
                    CompositionCode.OVERRIDE_LABEL_INVALID,
                    override,
                    "The label \"%s\" of the @override on \"%s\" in subgraph \"%s\" is neither a name (a letter, then letters, digits or one of _ - : . /) nor percent(x) with x from 0 to 100."
                            .formatted(label, merged.coordinate(), source.subgraph().name));
            return;
        }
        overrides.addLabel(source.subgraph(), label);
        overrides.addLabel(overridden.subgraph(), label);
        if (overridden.subgraph().facts().isUsed(overridden.element())) {
            overrides.addUsed(overridden.subgraph());
        }
        hint(
                HintCode.OVERRIDE_MIGRATION_IN_PROGRESS,
                override,
                "\"%s\" is on its way from subgraph \"%s\" to subgraph \"%s\". Once it has arrived, remove it from \"%s\"."
                        .formatted(
                                merged.coordinate(),
                                overridden.subgraph().name,
                                source.subgraph().name,
                                overridden.subgraph().name));
    }

    private void removable(Source<FieldElement> overridden, boolean used, FieldElement merged) {
        String advice =
                used
                        ? "It is still used there by a directive or an interface; mark it @external, or remove it with what uses it."
                        : "It can be removed there.";
        context.report.hint(
                HintCode.OVERRIDDEN_FIELD_CAN_BE_REMOVED,
                "\"%s\" in subgraph \"%s\" is overridden. %s"
                        .formatted(merged.coordinate(), overridden.subgraph().name, advice),
                List.of(overridden.element().location));
    }

    private static @Nullable String collision(
            Source<FieldElement> source, Source<FieldElement> overridden) {
        if (isExternal(source)) {
            return "the field is external there";
        }
        for (var directive : List.of(FederationDirective.REQUIRES, FederationDirective.PROVIDES)) {
            if (overridden.element().has(directive)) {
                return "the field of subgraph \"%s\" has @%s"
                        .formatted(overridden.subgraph().name, directive.specName());
            }
        }
        return null;
    }

    private static boolean isExternal(Source<FieldElement> source) {
        return source.subgraph().facts().isExternal(source.element());
    }

    private static boolean isLabel(String label) {
        return LABEL.matcher(label).matches() || PERCENT.matcher(label).matches();
    }

    private void error(CompositionCode code, Applied override, String message) {
        context.report.error(code, message, override.location());
    }

    private void hint(HintCode code, Applied override, String message) {
        context.report.hint(code, message, List.of(override.location()));
    }
}
