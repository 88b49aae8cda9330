package dev.trivium.composition;

import dev.trivium.language.Value;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Merges what arguments and input fields have in common: description, directives, type and default
/// value.
final class MergeInputValues {
    private final MergeContext context;
    private final MergeDescriptions descriptions;
    private final MergeAppliedDirectives applied;
    private final MergeTypeReferences types;

    MergeInputValues(
            MergeContext context,
            MergeDescriptions descriptions,
            MergeAppliedDirectives applied,
            MergeTypeReferences types) {
        this.context = context;
        this.descriptions = descriptions;
        this.applied = applied;
        this.types = types;
    }

    /// @return whether all subgraphs declare the same type
    boolean merge(List<Source<InputElement>> sources, InputElement merged, boolean argument) {
        descriptions.merge(sources, merged);
        applied.merge(sources, merged);
        boolean sameType =
                types.mergeInput(
                        sources,
                        merged,
                        argument
                                ? CompositionCode.FIELD_ARGUMENT_TYPE_MISMATCH
                                : CompositionCode.FIELD_TYPE_MISMATCH);
        mergeDefault(
                sources,
                merged,
                argument
                        ? CompositionCode.FIELD_ARGUMENT_DEFAULT_MISMATCH
                        : CompositionCode.INPUT_FIELD_DEFAULT_MISMATCH);
        return sameType;
    }

    /// A default that only some subgraphs have is dropped: the others would answer differently.
    private void mergeDefault(
            List<Source<InputElement>> sources, InputElement merged, CompositionCode mismatch) {
        @Nullable Value chosen = null;
        boolean missing = false;
        boolean different = false;
        for (Source<InputElement> source : sources) {
            Value value = source.element().defaultValue;
            missing |= value == null;
            different |= chosen != null && value != null && !CheckValue.isSame(chosen, value);
            chosen = chosen == null ? value : chosen;
        }
        if (chosen == null) {
            return;
        }
        if (different) {
            context.report.error(
                    mismatch,
                    "The default value of \"%s\" differs between subgraphs: it is %s."
                            .formatted(merged.coordinate(), listed(sources)),
                    Source.locations(sources));
        } else if (missing) {
            context.report.hint(
                    HintCode.INCONSISTENT_DEFAULT_VALUE_PRESENCE,
                    "\"%s\" has a default value in some subgraphs only, so the supergraph has none: it is %s."
                            .formatted(merged.coordinate(), listed(sources)),
                    Source.locations(sources));
        } else {
            merged.defaultValue = chosen;
        }
    }

    private static String listed(List<Source<InputElement>> sources) {
        return String.join(
                ", ",
                sources.stream()
                        .map(source -> {
                            Value value = source.element().defaultValue;
                            String shown =
                                    Objects.requireNonNullElse(
                                            value == null ? null : CheckValue.show(value),
                                            "absent");
                            return shown + " in subgraph \"" + source.subgraph().name + "\"";
                        })
                        .toList());
    }
}
