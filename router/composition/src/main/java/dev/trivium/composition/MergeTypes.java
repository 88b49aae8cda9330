package dev.trivium.composition;

import dev.trivium.language.Argument;
import dev.trivium.language.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// Merges the types. Interfaces and unions come first, for the types of fields are compared by
/// them; enums come last, for their rule depends on the fields that use them.
final class MergeTypes {
    private final MergeContext context;
    private final MergePasses passes;
    private final MergeFields fields;
    private final CheckInterfaceKeys interfaceKeys;

    MergeTypes(MergeContext context) {
        this.context = context;
        this.passes = MergePasses.of(context);
        this.fields = new MergeFields(context, passes);
        this.interfaceKeys = new CheckInterfaceKeys(context);
    }

    void merge() {
        context.sources.forEach((name, sources) -> {
            TypeElement merged = context.mergedType(name);
            mergeInterfaces(sources, merged);
            if (merged.kind == TypeElement.Kind.UNION) {
                mergeMembers(sources, merged);
            }
        });
        mergeSchema();
        new MergeExecutableDirectives(context, passes).merge();
        for (var directive : context.composed.custom().values()) {
            for (InputElement argument : directive.definition().arguments.values()) {
                context.enumUsage.addInput(argument.type.namedType(), argument);
            }
        }
        for (Set<TypeElement.Kind> turn : TURNS) {
            context.sources.forEach((name, sources) -> {
                TypeElement merged = context.mergedType(name);
                if (turn.contains(merged.kind)) {
                    merge(sources, merged);
                }
            });
        }
    }

    private static final List<Set<TypeElement.Kind>> TURNS =
            List.of(
                    Set.of(
                            TypeElement.Kind.SCALAR,
                            TypeElement.Kind.OBJECT,
                            TypeElement.Kind.INTERFACE,
                            TypeElement.Kind.UNION,
                            TypeElement.Kind.INPUT),
                    Set.of(TypeElement.Kind.ENUM));

    private void merge(List<Source<TypeElement>> sources, TypeElement merged) {
        passes.descriptions().merge(sources, merged);
        joinTypes(sources, merged);
        sources.forEach(source -> joinImplements(source, merged));
        joinMembers(sources, merged);
        passes.applied().merge(sources, merged);
        switch (merged.kind) {
            case SCALAR, UNION -> {}
            case OBJECT -> {
                boolean entity = passes.hints().entity(sources, merged);
                fields.merge(sources, merged, !entity && !context.merged.isRoot(merged.name));
            }
            case INTERFACE -> {
                boolean keyed = interfaceKeys.check(sources, merged);
                fields.merge(sources, merged, !keyed);
            }
            case INPUT -> new MergeInputs(context, passes).merge(sources, merged);
            case ENUM -> new MergeEnums(context, passes).merge(sources, merged);
        }
        passes.applied().carry(sources, merged);
    }

    private void mergeSchema() {
        List<Source<SchemaElement>> schemas =
                context.subgraphs.stream().map(s -> new Source<>(s, s.model.schema)).toList();
        passes.descriptions().merge(schemas, context.merged.schema);
        passes.applied().merge(schemas, context.merged.schema);
        passes.applied().carry(schemas, context.merged.schema);
    }

    private static void mergeInterfaces(List<Source<TypeElement>> sources, TypeElement merged) {
        for (Source<TypeElement> source : sources) {
            for (String itf : source.element().interfaces.keySet()) {
                merged.interfaces.putIfAbsent(itf, Block.GENERATED);
            }
        }
    }

    private void mergeMembers(List<Source<TypeElement>> sources, TypeElement merged) {
        SequencedMap<String, List<Source<TypeElement>>> having = new LinkedHashMap<>();
        for (Source<TypeElement> source : sources) {
            for (String member : source.element().members.keySet()) {
                merged.members.putIfAbsent(member, Block.GENERATED);
                having.computeIfAbsent(member, _ -> new ArrayList<>(2)).add(source);
            }
        }
        having.forEach((member, in) -> passes.hints().unionMember(sources, in, member));
    }

    /// One `@join__type` for each key of each subgraph, or one without a key.
    private void joinTypes(List<Source<TypeElement>> sources, TypeElement merged) {
        for (Source<TypeElement> source : sources) {
            TypeElement type = source.element();
            boolean object = CollectTypes.isInterfaceObject(type);
            List<Applied> keys = type.all(FederationDirective.KEY);
            if (keys.isEmpty()) {
                List<Argument> join = new ArrayList<>();
                join.add(context.join.graphArgument(source.subgraph()));
                JoinSpec.addTrue(join, "isInterfaceObject", object);
                merged.directives.add(JoinSpec.join("type", join));
            }
            for (Applied key : keys) {
                List<Argument> join = new ArrayList<>();
                join.add(context.join.graphArgument(source.subgraph()));
                JoinSpec.addText(join, "key", key.text("fields"));
                JoinSpec.addTrue(
                        join,
                        "extension",
                        key.block().extension() || type.has(FederationDirective.EXTENDS));
                if (!key.flag("resolvable", true)) {
                    join.add(Applied.argument("resolvable", new Value.BooleanValue(false)));
                }
                JoinSpec.addTrue(join, "isInterfaceObject", object);
                merged.directives.add(JoinSpec.join("type", join));
            }
        }
    }

    private void joinImplements(Source<TypeElement> source, TypeElement merged) {
        for (String itf : source.element().interfaces.keySet()) {
            List<Argument> join = new ArrayList<>();
            join.add(context.join.graphArgument(source.subgraph()));
            JoinSpec.addText(join, "interface", itf);
            merged.directives.add(JoinSpec.join("implements", join));
        }
    }

    private void joinMembers(List<Source<TypeElement>> sources, TypeElement merged) {
        for (Source<TypeElement> source : sources) {
            for (String member : source.element().members.keySet()) {
                List<Argument> join = new ArrayList<>();
                join.add(context.join.graphArgument(source.subgraph()));
                JoinSpec.addText(join, "member", member);
                merged.directives.add(JoinSpec.join("unionMember", join));
            }
        }
    }
}
