package dev.trivium.composition;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Points at types that subgraphs declare differently where one would expect them to agree.
final class HintInconsistencies {
    private final MergeContext context;

    HintInconsistencies(MergeContext context) {
        this.context = context;
    }

    /// @return whether the type is an entity in any subgraph
    boolean entity(List<Source<TypeElement>> sources, TypeElement merged) {
        List<Source<TypeElement>> keyed =
                sources.stream().filter(s -> s.element().has(FederationDirective.KEY)).toList();
        if (keyed.isEmpty()) {
            return false;
        }
        if (keyed.size() < sources.size() && !context.merged.isRoot(merged.name)) {
            List<Source<TypeElement>> others = without(sources, keyed);
            context.report.hint(
                    HintCode.INCONSISTENT_ENTITY,
                    "\"%s\" is an entity in %s, but has no @key in %s."
                            .formatted(merged.name, Source.names(keyed), Source.names(others)),
                    Source.locations(others));
        }
        return true;
    }

    void valueTypeField(
            List<Source<TypeElement>> types,
            List<Source<FieldElement>> fields,
            FieldElement merged) {
        if (fields.size() == types.size()) {
            return;
        }
        boolean itf = merged.parent.kind == TypeElement.Kind.INTERFACE;
        missing(
                itf
                        ? HintCode.INCONSISTENT_INTERFACE_VALUE_TYPE_FIELD
                        : HintCode.INCONSISTENT_OBJECT_VALUE_TYPE_FIELD,
                "The field \"%s\"".formatted(merged.coordinate()),
                types,
                fields);
    }

    void unionMember(
            List<Source<TypeElement>> unions, List<Source<TypeElement>> having, String member) {
        missing(
                HintCode.INCONSISTENT_UNION_MEMBER,
                "The member \"%s\" of \"%s\"".formatted(member, unions.getFirst().element().name),
                unions,
                having);
    }

    void outputEnumValue(
            List<Source<TypeElement>> enums,
            List<Source<EnumValueElement>> values,
            EnumValueElement merged) {
        missing(
                HintCode.INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM,
                "The value \"%s\"".formatted(merged.coordinate()),
                enums,
                values);
    }

    private void missing(
            HintCode code,
            String what,
            List<Source<TypeElement>> all,
            List<? extends Source<?>> having) {
        if (having.size() < all.size()) {
            List<Source<TypeElement>> lacking = without(all, having);
            context.report.hint(
                    code,
                    "%s is in %s, but not in %s."
                            .formatted(what, Source.names(having), Source.names(lacking)),
                    Source.locations(lacking));
        }
    }

    static <E extends Element> List<Source<E>> without(
            List<Source<E>> all, List<? extends Source<?>> some) {
        Set<SubgraphSchema> excluded = new HashSet<>();
        some.forEach(source -> excluded.add(source.subgraph()));
        return all.stream().filter(source -> !excluded.contains(source.subgraph())).toList();
    }
}
