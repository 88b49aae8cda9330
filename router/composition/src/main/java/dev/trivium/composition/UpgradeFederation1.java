package dev.trivium.composition;

import dev.trivium.language.OperationType;
import dev.trivium.language.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns the schema of a Federation 1 subgraph into one of Federation 2 with the same meaning. What
/// Federation 1 ignored is removed; what it took for granted is said.
final class UpgradeFederation1 {
    private final SubgraphSchema subgraph;
    private final SchemaModel model;
    private final ResolvedFields resolved;
    private final Map<String, List<String>> keysElsewhere;
    private final Report report;

    private UpgradeFederation1(
            SubgraphSchema subgraph,
            ResolvedFields resolved,
            Map<String, List<String>> keysElsewhere,
            Report report) {
        this.subgraph = subgraph;
        this.model = subgraph.model;
        this.resolved = resolved;
        this.keysElsewhere = keysElsewhere;
        this.report = report;
    }

    static void upgrade(List<SubgraphSchema> subgraphs, Report report) {
        if (subgraphs.stream().allMatch(SubgraphSchema::isFederation2)) {
            return;
        }
        subgraphs.stream()
                .filter(subgraph -> !subgraph.isFederation2())
                .forEach(subgraph -> new NormalizeFieldSets(subgraph).normalize());
        var resolved = new ResolvedFields(subgraphs);
        Map<String, List<String>> keys = keys(subgraphs);
        for (SubgraphSchema subgraph : subgraphs) {
            if (!subgraph.isFederation2()) {
                new UpgradeFederation1(subgraph, resolved, keys, report).upgrade();
            }
        }
    }

    /// The keys of each type, in all subgraphs.
    private static Map<String, List<String>> keys(List<SubgraphSchema> subgraphs) {
        Map<String, List<String>> keys = new HashMap<>();
        for (SubgraphSchema subgraph : subgraphs) {
            for (TypeElement type : subgraph.model.types.values()) {
                for (Applied key : type.all(FederationDirective.KEY)) {
                    String fields = key.text("fields");
                    if (fields != null) {
                        keys.computeIfAbsent(type.name, _ -> new ArrayList<>()).add(fields);
                    }
                }
            }
        }
        return keys;
    }

    private void upgrade() {
        SubgraphFacts before = subgraph.facts();
        Set<FieldElement> shareable = shareableFields(before);
        removeMisplacedExternals();
        extensions().forEach(this::removeExternalsOfKeys);
        removeInactiveFieldSets();
        extensions().forEach(this::becomeDefinition);
        subgraph.changed();
        removeUnusedExternals();
        for (FieldElement field : shareable) {
            if (field.parent.fields.get(field.name) == field
                    && !subgraph.facts().isExternal(field)) {
                field.directives.add(
                        Applied.generated(
                                FederationDirective.SHAREABLE,
                                FederationDirective.SHAREABLE.specName()));
            }
        }
        removeRepeatedTags();
        subgraph.changed();
    }

    /// Federation 1 shared value types, and fields of entities, without saying so.
    private Set<FieldElement> shareableFields(SubgraphFacts before) {
        Set<FieldElement> shareable = new HashSet<>();
        for (TypeElement type : model.types(TypeElement.Kind.OBJECT)) {
            if (type.name.equals(model.schema.roots.get(OperationType.SUBSCRIPTION))) {
                continue;
            }
            boolean entity = type.has(FederationDirective.KEY) || before.isRoot(type);
            for (FieldElement field : type.fields.values()) {
                boolean shared =
                        entity
                                ? !before.isShareable(field)
                                        && resolved.isResolvedElsewhere(field, before)
                                : resolved.isDeclaredElsewhere(type);
                if (shared) {
                    shareable.add(field);
                }
            }
        }
        return shareable;
    }

    private void removeMisplacedExternals() {
        for (TypeElement type : model.types.values()) {
            type.removeAll(FederationDirective.EXTERNAL);
            if (type.kind == TypeElement.Kind.INTERFACE) {
                type.fields.values().forEach(f -> f.removeAll(FederationDirective.EXTERNAL));
            }
        }
    }

    private List<TypeElement> extensions() {
        return model.types.values().stream()
                .filter(type -> CheckExtensionBases.isExtension(subgraph, type))
                .toList();
    }

    /// The key fields of an extension are external by name only: the subgraph resolves them.
    private void removeExternalsOfKeys(TypeElement type) {
        List<Applied> own = type.all(FederationDirective.KEY);
        List<String> keys =
                own.isEmpty()
                        ? keysElsewhere.getOrDefault(type.name, List.of()).stream()
                                .limit(1)
                                .toList()
                        : own.stream().map(key -> key.text("fields")).toList();
        for (@Nullable String key : keys) {
            FieldSet.visit(model, type, key, null, f -> f.removeAll(FederationDirective.EXTERNAL));
        }
    }

    private void removeInactiveFieldSets() {
        var active = new KeepActiveSelections(model);
        for (TypeElement type : model.types.values()) {
            boolean itf = type.kind == TypeElement.Kind.INTERFACE;
            if (itf) {
                type.removeAll(FederationDirective.KEY);
            }
            for (FieldElement field : type.fields.values()) {
                TypeElement target = model.type(field.type.namedType());
                if (itf || target == null) {
                    field.removeAll(FederationDirective.PROVIDES);
                } else {
                    active.rewrite(field, FederationDirective.PROVIDES, target);
                }
                if (itf) {
                    field.removeAll(FederationDirective.REQUIRES);
                } else {
                    active.rewrite(field, FederationDirective.REQUIRES, type);
                }
            }
        }
    }

    private void becomeDefinition(TypeElement type) {
        type.removeAll(FederationDirective.EXTENDS);
        type.directives.replaceAll(applied ->
                new Applied(
                        applied.name(),
                        applied.known(),
                        applied.arguments(),
                        applied.location(),
                        new Block(false, applied.block().location())));
        type.blocks.replaceAll(block -> new Block(false, block.location()));
    }

    private void removeUnusedExternals() {
        SubgraphFacts facts = subgraph.facts();
        Set<String> emptied = new HashSet<>();
        for (TypeElement type : model.types.values()) {
            boolean removed =
                    type.fields
                            .values()
                            .removeIf(field -> facts.isExternal(field) && !facts.isUsed(field));
            if (removed && type.fields.isEmpty()) {
                emptied.add(type.name);
            }
        }
        for (String name : emptied) {
            TypeElement type = model.types.remove(name);
            if (type != null && isReferenced(name)) {
                report.error(
                        CompositionCode.TYPE_WITH_ONLY_UNUSED_EXTERNAL,
                        "[%s] \"%s\" has only external fields, and none of them is used by a @key, @requires or @provides, so nothing is left of it."
                                .formatted(subgraph.name, name),
                        type.location);
            }
        }
    }

    private boolean isReferenced(String name) {
        if (name.equals(model.schema.roots.get(OperationType.MUTATION))
                || name.equals(model.schema.roots.get(OperationType.SUBSCRIPTION))) {
            return true;
        }
        for (TypeElement type : model.types.values()) {
            if (type.members.containsKey(name)) {
                return true;
            }
            for (FieldElement field : type.fields.values()) {
                if (field.type.namedType().equals(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// A tag on an external field is repeated where the field is resolved.
    private void removeRepeatedTags() {
        for (TypeElement type : model.types.values()) {
            for (FieldElement field : type.fields.values()) {
                if (subgraph.facts().isExternal(field) && resolved.isDeclaredElsewhere(field)) {
                    field.removeAll(FederationDirective.TAG);
                }
            }
        }
    }

    /// `@key(fields: ["id", "name"])` and `@key(fields: id)` were read as strings.
    private record NormalizeFieldSets(SubgraphSchema subgraph) {

        void normalize() {
            for (TypeElement type : subgraph.model.types.values()) {
                type.directives.replaceAll(NormalizeFieldSets::normalized);
                for (FieldElement field : type.fields.values()) {
                    field.directives.replaceAll(NormalizeFieldSets::normalized);
                }
            }
        }

        private static Applied normalized(Applied applied) {
            boolean fieldSet =
                    applied.known() == FederationDirective.KEY
                            || applied.known() == FederationDirective.REQUIRES
                            || applied.known() == FederationDirective.PROVIDES;
            Value fields = applied.argument("fields");
            String text = fields == null ? null : text(fields);
            return fieldSet && text != null
                    ? KeepActiveSelections.withFields(applied, text)
                    : applied;
        }

        private static @Nullable String text(Value value) {
            return switch (value) {
                case Value.EnumValue(var name) -> name;
                case Value.ListValue(var elements) -> {
                    List<String> parts = new ArrayList<>();
                    for (Value element : elements) {
                        if (element instanceof Value.StringValue(var part)) {
                            parts.add(part);
                        } else if (element instanceof Value.EnumValue(var part)) {
                            parts.add(part);
                        } else {
                            yield null;
                        }
                    }
                    yield String.join(" ", parts);
                }
                case Value.StringValue _,
                        Value.IntValue _,
                        Value.FloatValue _,
                        Value.BooleanValue _,
                        Value.NullValue _,
                        Value.ObjectValue _,
                        Value.Variable _ ->
                        null;
            };
        }
    }
}
