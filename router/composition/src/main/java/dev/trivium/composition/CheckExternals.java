package dev.trivium.composition;

import dev.trivium.language.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Checks that what a subgraph declares of a field of others fits what they declare.
final class CheckExternals {
    private final MergeContext context;

    CheckExternals(MergeContext context) {
        this.context = context;
    }

    /// External declarations carry no directives into the supergraph.
    void checkDirectives(Source<FieldElement> external) {
        FieldElement field = external.element();
        List<Element> elements = new ArrayList<>(field.arguments.values());
        elements.addFirst(field);
        for (Element element : elements) {
            for (Applied applied : element.directives) {
                if (context.composed.isMerged(applied, external.subgraph())) {
                    context.report.error(
                            CompositionCode.MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL,
                            "[%s] @%s has no effect on \"%s\", which is external there; apply it where the field is resolved."
                                    .formatted(
                                            external.subgraph().name,
                                            applied.name(),
                                            element.coordinate()),
                            applied.location());
                }
            }
        }
    }

    /// @param sources the external ones
    /// @param sameType whether those that resolve the field agree on its type: an external one may
    ///   only differ from it where they differ, too
    void check(List<Source<FieldElement>> sources, FieldElement merged, boolean sameType) {
        report(
                CompositionCode.EXTERNAL_TYPE_MISMATCH,
                sources,
                merged,
                "its type is not that of the supergraph, \"%s\"".formatted(merged.type),
                field ->
                        field.type.equals(merged.type)
                                || (!sameType
                                        && context.relations.isStrictSubtype(
                                                merged.type, field.type)));
        for (InputElement argument : merged.arguments.values()) {
            check(sources, merged, argument);
        }
    }

    private void check(
            List<Source<FieldElement>> sources, FieldElement merged, InputElement argument) {
        report(
                CompositionCode.EXTERNAL_ARGUMENT_MISSING,
                sources,
                merged,
                "it lacks the argument \"%s\"".formatted(argument.name),
                field -> field.arguments.containsKey(argument.name));
        report(
                CompositionCode.EXTERNAL_ARGUMENT_TYPE_MISMATCH,
                sources,
                merged,
                "the type of its argument \"%s\" is not that of the supergraph, \"%s\""
                        .formatted(argument.name, argument.type),
                field -> {
                    InputElement own = field.arguments.get(argument.name);
                    return own == null
                            || own.type.equals(argument.type)
                            || context.relations.isStrictSubtype(own.type, argument.type);
                });
        report(
                CompositionCode.EXTERNAL_ARGUMENT_DEFAULT_MISMATCH,
                sources,
                merged,
                "the default value of its argument \"%s\" is not that of the supergraph"
                        .formatted(argument.name),
                field -> {
                    InputElement own = field.arguments.get(argument.name);
                    Value value = own == null ? null : own.defaultValue;
                    return own == null || CheckValue.isSame(value, argument.defaultValue);
                });
    }

    private void report(
            CompositionCode code,
            List<Source<FieldElement>> sources,
            FieldElement merged,
            String problem,
            Predicate<FieldElement> fits) {
        List<Source<FieldElement>> misfits =
                sources.stream().filter(source -> !fits.test(source.element())).toList();
        if (!misfits.isEmpty()) {
            context.report.error(
                    code,
                    "\"%s\" is external in %s, but %s."
                            .formatted(merged.coordinate(), Source.names(misfits), problem),
                    Source.locations(misfits));
        }
    }
}
