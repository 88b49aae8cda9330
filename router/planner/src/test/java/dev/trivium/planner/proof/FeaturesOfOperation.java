package dev.trivium.planner.proof;

import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.OperationType;
import dev.trivium.language.Selection;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.Fetch.ContextSource;
import dev.trivium.planner.plan.Fetch.Representation;
import dev.trivium.planner.plan.Fetch.RepresentationField;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.SupergraphType;
import dev.trivium.supergraph.SupergraphType.Field;
import dev.trivium.supergraph.SupergraphType.JoinField;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Finds the features that an operation uses, from its text and from what its plan asks for.
final class FeaturesOfOperation {
    private final SchemaView schema;
    private final QueryPlan plan;
    private final Set<Feature> found = EnumSet.noneOf(Feature.class);
    private final Map<String, Definition.Fragment> fragments = new HashMap<>();

    private FeaturesOfOperation(SchemaView schema, QueryPlan plan) {
        this.schema = schema;
        this.plan = plan;
    }

    static Set<Feature> of(SchemaView schema, String operation, QueryPlan plan) {
        FeaturesOfOperation features = new FeaturesOfOperation(schema, plan);
        features.text(operation);
        features.deferred();
        plan.fetches().forEach(features::fetch);
        return features.found;
    }

    private void note(Feature feature, boolean isThere) {
        if (isThere) {
            found.add(feature);
        }
    }

    private void text(String text) {
        note(Feature.MUTATION, plan.operationType() == OperationType.MUTATION);
        note(Feature.SUBSCRIPTION, plan.operationType() == OperationType.SUBSCRIPTION);
        note(Feature.SKIP, text.contains("@skip(if: $"));
        note(Feature.INCLUDE, text.contains("@include(if: $"));
        note(Feature.NAMED_FRAGMENT, text.contains(" fragment "));
        note(Feature.TYPE_CONDITION, text.contains("... on "));
        note(Feature.ALIAS, text.matches("(?s).*[{ ]a\\d+: .*"));
        note(Feature.VARIABLE, text.matches("(?s).*\\(\\w+: \\$.*"));
        note(Feature.INTROSPECTION, plan.introspection() != null);
    }

    private void deferred() {
        note(Feature.DEFER, !plan.deferred().isEmpty());
        plan.deferred()
                .forEach(it -> {
                    note(Feature.DEFER_UNDER_A_CONDITION, !it.condition().isAlways());
                    note(Feature.DEFER_IN_DEFER, it.outer() > 0);
                });
    }

    private void fetch(Fetch fetch) {
        Document document = Outcomes.operation(fetch.document());
        fragments.clear();
        document.definitions(Definition.Fragment.class).forEach(it -> fragments.put(it.name(), it));
        List<Selection> selections =
                document.definitions(Definition.Operation.class).getFirst().selections();
        note(Feature.FETCH_UNDER_A_CONDITION, !fetch.condition().isAlways());
        switch (fetch.target()) {
            case Fetch.Root _ -> fields(selections, plan.rootType(), fetch.subgraph());
            case Fetch.Entities(var groups) -> {
                for (Selection selection : selections) {
                    if (selection instanceof Selection.Field field) {
                        fields(field.selections(), "", fetch.subgraph());
                    }
                }
                note(Feature.SEVERAL_TYPES_IN_ONE_REQUEST, groups.size() > 1);
                for (Fetch.EntityGroup group : groups) {
                    group.representations().forEach(it -> representation(it, fetch.subgraph()));
                    group.contexts().forEach(it -> it.sources().forEach(this::context));
                    note(
                            Feature.CONTEXT_OF_THE_ROOT,
                            group.paths().stream()
                                    .anyMatch(path ->
                                            group.contexts().stream()
                                                    .flatMap(it -> it.sources().stream())
                                                    .anyMatch(it -> it.up() == path.size())));
                }
            }
        }
    }

    private void context(ContextSource source) {
        found.add(Feature.CONTEXT);
        note(Feature.CONTEXT_FROM_FURTHER_ABOVE, source.up() > 1);
        note(Feature.CONTEXT_OF_AN_ABSTRACT_TYPE, !source.types().isEmpty());
    }

    private void representation(Representation sent, int subgraph) {
        String name = sent.typename();
        note(Feature.INTERFACE_KEY, name != null && !schema.isInterfaceObject(name, subgraph));
        if (name != null && schema.isInterfaceObject(name, subgraph)) {
            interfaceObject(name, subgraph);
        }
        List<RepresentationField> fields = sent.fields();
        note(Feature.NESTED_KEY, fields.stream().anyMatch(it -> it.name().equals("info")));
        note(Feature.COMPOSITE_KEY, fields.stream().anyMatch(it -> it.name().equals("code")));
        fields.forEach(this::alias);
    }

    private void alias(RepresentationField field) {
        note(Feature.ALIAS_OF_THE_PLANNER, field.planKey().startsWith("_"));
        field.fields().forEach(this::alias);
    }

    private void interfaceObject(String name, int subgraph) {
        found.add(Feature.INTERFACE_OBJECT);
        note(
                Feature.UNRESOLVABLE_INTERFACE_OBJECT,
                schema.type(name).joins().stream()
                        .filter(it -> it.subgraph() == subgraph)
                        .noneMatch(it -> it.resolvable()));
        for (String object : schema.possible(name)) {
            note(
                    Feature.TWO_INTERFACE_OBJECTS_FOR_A_TYPE,
                    schema.standIns(object, subgraph).size() > 1);
        }
    }

    private void fields(List<Selection> selections, String type, int subgraph) {
        for (Selection selection : selections) {
            switch (selection) {
                case Selection.Field it when it.name().startsWith("__") -> {}
                case Selection.Field it -> field(it, type, subgraph);
                case Selection.InlineFragment it ->
                        fields(
                                it.selections(),
                                Objects.requireNonNullElse(it.typeCondition(), type),
                                subgraph);
                case Selection.FragmentSpread it -> {
                    var fragment = Objects.requireNonNull(fragments.get(it.fragmentName()));
                    fields(fragment.selections(), fragment.typeCondition(), subgraph);
                }
            }
        }
    }

    private void field(Selection.Field selected, String type, int subgraph) {
        Field field = schema.field(type, selected.name());
        note(Feature.INACCESSIBLE_FIELD, field.inaccessible());
        JoinField join = schema.join(type, selected.name(), subgraph);
        if (join == null) {
            return;
        }
        join(field, join, type);
        if (schema.isInterfaceObject(type, subgraph)) {
            interfaceObject(type, subgraph);
            note(Feature.INTERFACE_OBJECT_THAT_REQUIRES, join.requires() != null);
        }
        if (!selected.selections().isEmpty()) {
            String target = schema.typeIn(type, selected.name(), subgraph).namedType();
            SupergraphType of = schema.type(target);
            boolean hidden = schema.isInterfaceObject(target, subgraph);
            if (hidden) {
                interfaceObject(target, subgraph);
            }
            note(Feature.INTERFACE, of instanceof SupergraphType.InterfaceType && !hidden);
            note(Feature.UNION, of instanceof SupergraphType.UnionType);
            note(Feature.VALUE_TYPE, of.joins().stream().allMatch(it -> it.key() == null));
            fields(selected.selections(), target, subgraph);
        }
    }

    private void join(Field field, JoinField join, String type) {
        boolean shared = field.joins().stream().filter(it -> !it.external()).count() > 1;
        var roots = schema.supergraph().rootTypes();
        boolean isQuery = type.equals(roots.get(OperationType.QUERY));
        note(Feature.SHARED_FIELD, shared && !isQuery);
        note(Feature.SHARED_ROOT_FIELD, shared && isQuery);
        note(Feature.SHARED_MUTATION, shared && type.equals(roots.get(OperationType.MUTATION)));
        note(Feature.OVERRIDE, join.override() != null);
        note(Feature.OVERRIDE_WITH_A_LABEL, join.overrideLabel() != null);
        note(Feature.PROVIDES, join.external());
        note(Feature.EXTERNAL, field.joins().stream().anyMatch(JoinField::external));
        String requires = join.requires();
        found.addAll(FeaturesOfSupergraph.ofRequires(requires == null ? "" : requires));
    }
}
