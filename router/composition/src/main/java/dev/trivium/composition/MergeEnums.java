package dev.trivium.composition;

import dev.trivium.language.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Merges the values of an enum type: all where clients only receive them, those that every
/// subgraph knows where clients only send them, and the same everywhere where they do both.
final class MergeEnums {
    private final MergeContext context;
    private final MergePasses passes;

    MergeEnums(MergeContext context, MergePasses passes) {
        this.context = context;
        this.passes = passes;
    }

    void merge(List<Source<TypeElement>> sources, TypeElement merged) {
        EnumUsage.@Nullable Use input = context.enumUsage.input(merged.name);
        EnumUsage.@Nullable Use output = context.enumUsage.output(merged.name);
        if (input == null && output == null) {
            context.report.hint(
                    HintCode.UNUSED_ENUM_TYPE,
                    "The enum \"%s\" is not used. The supergraph has all of its values."
                            .formatted(merged.name),
                    Source.locations(sources));
        }
        SequencedSet<String> names = new LinkedHashSet<>();
        sources.forEach(source -> names.addAll(source.element().values.keySet()));
        for (String name : names) {
            List<Source<EnumValueElement>> values =
                    Source.parts(sources, type -> type.values.get(name));
            EnumValueElement value = value(values, merged, name);
            boolean accepted =
                    values.size() == sources.size()
                            || isAccepted(sources, values, value, input, output);
            if (accepted) {
                merged.values.put(name, value);
            }
        }
        if (merged.values.isEmpty()) {
            context.report.error(
                    CompositionCode.EMPTY_MERGED_ENUM_TYPE,
                    "The subgraphs have no value of the enum \"%s\" in common, so none is left of it."
                            .formatted(merged.name),
                    Source.locations(sources));
        }
    }

    private EnumValueElement value(
            List<Source<EnumValueElement>> sources, TypeElement merged, String name) {
        var value =
                new EnumValueElement(
                        merged, name, Block.GENERATED, sources.getFirst().element().location);
        passes.descriptions().merge(sources, value);
        for (Source<EnumValueElement> source : sources) {
            value.directives.add(
                    JoinSpec.join(
                            "enumValue", List.of(context.join.graphArgument(source.subgraph()))));
        }
        passes.applied().merge(sources, value);
        return value;
    }

    private boolean isAccepted(
            List<Source<TypeElement>> sources,
            List<Source<EnumValueElement>> values,
            EnumValueElement value,
            EnumUsage.@Nullable Use input,
            EnumUsage.@Nullable Use output) {
        if (value.has(FederationDirective.INACCESSIBLE)) {
            return true;
        }
        if (input == null) {
            passes.hints().outputEnumValue(sources, values, value);
            return true;
        }
        List<Source<TypeElement>> lacking = HintInconsistencies.without(sources, values);
        List<SourceLocation> locations = new ArrayList<>(Source.locations(values));
        locations.addAll(Source.locations(lacking));
        if (output == null) {
            context.report.hint(
                    HintCode.INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM,
                    "The value \"%s\" is not in the supergraph, for %s does not know it, which may be given values of \"%s\"."
                            .formatted(
                                    value.coordinate(), Source.names(lacking), value.parent.name),
                    locations);
        } else {
            context.report.error(
                    CompositionCode.ENUM_VALUE_MISMATCH,
                    "The enum \"%s\" is both received (\"%s\") and sent (\"%s\") by clients, so all subgraphs need the same values; \"%s\" is in %s, but not in %s."
                            .formatted(
                                    value.parent.name,
                                    output.coordinate(),
                                    input.coordinate(),
                                    value.name,
                                    Source.names(values),
                                    Source.names(lacking)),
                    locations);
        }
        return output != null;
    }
}
