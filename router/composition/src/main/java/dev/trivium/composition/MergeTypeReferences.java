package dev.trivium.composition;

import dev.trivium.language.TypeReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/// Finds the one type of a field or argument that several subgraphs declare: for a field the most
/// general of their types, for an input the most specific.
final class MergeTypeReferences {
    private final MergeContext context;

    MergeTypeReferences(MergeContext context) {
        this.context = context;
    }

    /// @return whether all subgraphs declare the same type
    boolean mergeOutput(List<Source<FieldElement>> sources, FieldElement merged) {
        for (Source<FieldElement> source : sources) {
            context.enumUsage.addOutput(source.element().type.namedType(), source.element());
        }
        List<Typed> types = typed(sources, field -> field.type);
        if (types.isEmpty()) {
            return true;
        }
        Choice choice = choose(types, false);
        merged.type = choice.type;
        return report(
                types,
                merged,
                choice,
                CompositionCode.FIELD_TYPE_MISMATCH,
                HintCode.INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE);
    }

    /// @param code where the types do not fit
    boolean mergeInput(
            List<Source<InputElement>> sources, InputElement merged, CompositionCode code) {
        for (Source<InputElement> source : sources) {
            context.enumUsage.addInput(source.element().type.namedType(), source.element());
        }
        List<Typed> types = typed(sources, input -> input.type);
        Choice choice = choose(types, true);
        merged.type = choice.type;
        return report(
                types,
                merged,
                choice,
                code,
                code == CompositionCode.FIELD_ARGUMENT_TYPE_MISMATCH
                        ? HintCode.INCONSISTENT_BUT_COMPATIBLE_ARGUMENT_TYPE
                        : HintCode.INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE);
    }

    private record Typed(Source<?> source, TypeReference type) {}

    private record Choice(TypeReference type, boolean compatible) {}

    private static <E extends Element> List<Typed> typed(
            List<Source<E>> sources, Function<E, TypeReference> type) {
        List<Typed> typed = new ArrayList<>(sources.size());
        for (Source<E> source : sources) {
            typed.add(new Typed(source, type.apply(source.element())));
        }
        return typed;
    }

    /// The types are compared in the order of the subgraphs, each with the best before it.
    private Choice choose(List<Typed> types, boolean input) {
        TypeReference chosen = types.getFirst().type;
        boolean compatible = true;
        for (Typed typed : types) {
            TypeReference type = typed.type;
            boolean same = type.equals(chosen);
            boolean moreSpecific = context.relations.isStrictSubtype(chosen, type);
            boolean moreGeneral = context.relations.isStrictSubtype(type, chosen);
            if (input ? moreSpecific : moreGeneral) {
                chosen = type;
            }
            compatible &= moreSpecific || moreGeneral || same;
        }
        return new Choice(chosen, compatible);
    }

    private boolean report(
            List<Typed> types, Element merged, Choice choice, CompositionCode code, HintCode hint) {
        if (types.stream().allMatch(typed -> typed.type.equals(choice.type))) {
            return true;
        }
        List<Source<?>> sources = new ArrayList<>();
        types.forEach(typed -> sources.add(typed.source));
        if (!choice.compatible) {
            context.report.error(
                    code,
                    "The type of \"%s\" differs between subgraphs: it is %s."
                            .formatted(merged.coordinate(), listed(types)),
                    Source.locations(sources));
        } else {
            context.report.hint(
                    hint,
                    "The type of \"%s\" differs between subgraphs, though compatibly: it is %s. The supergraph has \"%s\"."
                            .formatted(merged.coordinate(), listed(types), choice.type),
                    Source.locations(sources));
        }
        return false;
    }

    private static String listed(List<Typed> types) {
        SequencedMap<String, List<Source<?>>> byType = new LinkedHashMap<>();
        for (Typed typed : types) {
            byType.computeIfAbsent(typed.type.toString(), _ -> new ArrayList<>()).add(typed.source);
        }
        List<String> parts = new ArrayList<>();
        byType.forEach((type, in) -> parts.add("\"" + type + "\" in " + Source.names(in)));
        return String.join(", but ", parts);
    }
}
