package dev.trivium.composition;

import dev.trivium.language.Argument;
import dev.trivium.language.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Merges the fields of an input object type: those that every subgraph knows.
final class MergeInputs {
    private final MergeContext context;
    private final MergePasses passes;

    MergeInputs(MergeContext context, MergePasses passes) {
        this.context = context;
        this.passes = passes;
    }

    void merge(List<Source<TypeElement>> sources, TypeElement merged) {
        SequencedSet<String> names = new LinkedHashSet<>();
        sources.forEach(source -> names.addAll(source.element().inputs.keySet()));
        for (String name : names) {
            List<Source<InputElement>> fields =
                    Source.parts(sources, type -> type.inputs.get(name));
            InputElement first = fields.getFirst().element();
            InputElement field = InputElement.fieldOf(merged, name, first.type, first.location);
            boolean sameType = passes.values().merge(fields, field, false);
            if (fields.size() == sources.size() || field.has(FederationDirective.INACCESSIBLE)) {
                join(fields, field, sameType && fields.size() == sources.size());
                merged.inputs.put(name, field);
            } else {
                reportMissing(sources, fields, field);
            }
        }
        if (merged.inputs.isEmpty()) {
            context.report.error(
                    CompositionCode.EMPTY_MERGED_INPUT_TYPE,
                    "The subgraphs have no field of the input type \"%s\" in common, so none is left of it."
                            .formatted(merged.name),
                    Source.locations(sources));
        }
    }

    private void reportMissing(
            List<Source<TypeElement>> sources,
            List<Source<InputElement>> fields,
            InputElement merged) {
        List<Source<TypeElement>> lacking = HintInconsistencies.without(sources, fields);
        List<Source<InputElement>> requiring =
                fields.stream().filter(field -> field.element().isRequired()).toList();
        if (requiring.isEmpty()) {
            context.report.hint(
                    HintCode.INCONSISTENT_INPUT_OBJECT_FIELD,
                    "The input field \"%s\" is not in the supergraph, for %s does not have it; %s does."
                            .formatted(
                                    merged.coordinate(),
                                    Source.names(lacking),
                                    Source.names(fields)),
                    Source.locations(fields));
            return;
        }
        List<SourceLocation> locations = new ArrayList<>(Source.locations(requiring));
        locations.addAll(Source.locations(lacking));
        context.report.error(
                CompositionCode.REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH,
                "The input field \"%s\" is required in %s, but missing in %s."
                        .formatted(
                                merged.coordinate(),
                                Source.names(requiring),
                                Source.names(lacking)),
                locations);
    }

    private void join(List<Source<InputElement>> fields, InputElement merged, boolean plain) {
        if (plain) {
            return;
        }
        boolean sameType = fields.stream().allMatch(f -> f.element().type.equals(merged.type));
        for (Source<InputElement> source : fields) {
            List<Argument> join = new ArrayList<>();
            join.add(context.join.graphArgument(source.subgraph()));
            JoinSpec.addText(join, "type", sameType ? null : source.element().type.toString());
            merged.directives.add(JoinSpec.join("field", join));
        }
    }
}
