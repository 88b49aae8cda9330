package dev.trivium.composition;

import dev.trivium.language.SourceLocation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// Merges the arguments of a field or directive: those that every subgraph knows.
final class MergeArguments {
    private final MergeContext context;
    private final MergeInputValues values;

    MergeArguments(MergeContext context, MergeInputValues values) {
        this.context = context;
        this.values = values;
    }

    void merge(List<Source<FieldElement>> sources, FieldElement merged) {
        merge(sources, merged, field -> field.arguments);
    }

    void mergeDirective(List<Source<DirectiveElement>> sources, DirectiveElement merged) {
        merge(sources, merged, directive -> directive.arguments);
    }

    private <E extends Element> void merge(
            List<Source<E>> sources,
            E merged,
            Function<E, SequencedMap<String, InputElement>> argumentsOf) {
        SequencedSet<String> names = new LinkedHashSet<>();
        sources.forEach(source -> names.addAll(argumentsOf.apply(source.element()).keySet()));
        for (String name : names) {
            List<Source<InputElement>> arguments =
                    Source.parts(sources, element -> argumentsOf.apply(element).get(name));
            List<Source<InputElement>> contextual =
                    arguments.stream()
                            .filter(a -> a.element().has(FederationDirective.FROM_CONTEXT))
                            .toList();
            InputElement first = arguments.getFirst().element();
            var argument = new InputElement(first.coordinate(), name, first.type, first.location);
            if (!contextual.isEmpty()) {
                checkContextual(argument, arguments, contextual, sources.size());
            } else if (arguments.size() < sources.size()) {
                reportMissing(argument, arguments, HintInconsistencies.without(sources, arguments));
            } else {
                values.merge(arguments, argument, true);
                argumentsOf.apply(merged).put(name, argument);
            }
        }
    }

    private void reportMissing(
            InputElement argument,
            List<Source<InputElement>> having,
            List<? extends Source<?>> lacking) {
        List<Source<InputElement>> requiring =
                having.stream().filter(a -> a.element().isRequired()).toList();
        if (requiring.isEmpty()) {
            context.report.hint(
                    HintCode.INCONSISTENT_ARGUMENT_PRESENCE,
                    "\"%s\" is not in the supergraph, for %s does not have it; %s does."
                            .formatted(
                                    argument.coordinate(),
                                    Source.names(lacking),
                                    Source.names(having)),
                    Source.locations(having));
        } else {
            context.report.error(
                    CompositionCode.REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH,
                    "\"%s\" is required in %s, but missing in %s."
                            .formatted(
                                    argument.coordinate(),
                                    Source.names(requiring),
                                    Source.names(lacking)),
                    concat(Source.locations(requiring), Source.locations(lacking)));
        }
    }

    /// An argument that the router fills is no argument of the supergraph. Where only some
    /// subgraphs have it filled, the others never get it.
    private void checkContextual(
            InputElement argument,
            List<Source<InputElement>> having,
            List<Source<InputElement>> contextual,
            int sources) {
        if (contextual.size() == sources) {
            return;
        }
        List<Source<InputElement>> plain =
                having.stream()
                        .filter(a -> !a.element().has(FederationDirective.FROM_CONTEXT))
                        .toList();
        List<Source<InputElement>> requiring =
                plain.stream().filter(a -> a.element().isRequired()).toList();
        if (!requiring.isEmpty()) {
            context.report.error(
                    CompositionCode.CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS,
                    "\"%s\" is filled from a context in %s, but required without one in %s: give it a default value there, or @fromContext."
                            .formatted(
                                    argument.coordinate(),
                                    Source.names(contextual),
                                    Source.names(requiring)),
                    concat(Source.locations(contextual), Source.locations(requiring)));
        } else if (!plain.isEmpty()) {
            context.report.hint(
                    HintCode.CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS,
                    "\"%s\" is filled from a context in %s, but not in %s, where it will never be given."
                            .formatted(
                                    argument.coordinate(),
                                    Source.names(contextual),
                                    Source.names(plain)),
                    concat(Source.locations(contextual), Source.locations(plain)));
        }
    }

    private static List<SourceLocation> concat(
            List<SourceLocation> first, List<SourceLocation> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
