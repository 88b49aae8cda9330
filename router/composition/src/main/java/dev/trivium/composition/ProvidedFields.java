package dev.trivium.composition;

import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.Selection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `@provides` on the way to a type adds to it: a tree of external fields that the subgraph
/// answers at this place.
///
/// @param fields for each field what is provided below it
/// @param casts for each type condition what is provided on that type
record ProvidedFields(Map<String, ProvidedFields> fields, Map<String, ProvidedFields> casts) {
    static final ProvidedFields NONE = new ProvidedFields(Map.of(), Map.of());

    static ProvidedFields of(@Nullable String fieldSet) {
        if (fieldSet == null) {
            return NONE;
        }
        return switch (Parser.parseSelections(fieldSet)) {
            case Outcome.Accepted<List<Selection>>(var selections) -> of(selections);
            case Outcome.Rejected<List<Selection>> _ -> NONE;
        };
    }

    private static ProvidedFields of(List<Selection> selections) {
        ProvidedFields provided = NONE;
        for (Selection selection : selections) {
            provided = provided.with(of(selection));
        }
        return provided;
    }

    private static ProvidedFields of(Selection selection) {
        return switch (selection) {
            case Selection.Field field ->
                    new ProvidedFields(Map.of(field.name(), of(field.selections())), Map.of());
            case Selection.InlineFragment fragment -> {
                ProvidedFields below = of(fragment.selections());
                String type = fragment.typeCondition();
                yield type == null ? below : new ProvidedFields(Map.of(), Map.of(type, below));
            }
            case Selection.FragmentSpread _ -> NONE;
        };
    }

    /// What both provide together.
    ProvidedFields with(ProvidedFields other) {
        if (isNone() || this.equals(other)) {
            return other;
        }
        return other.isNone()
                ? this
                : new ProvidedFields(union(fields, other.fields), union(casts, other.casts));
    }

    private boolean isNone() {
        return fields.isEmpty() && casts.isEmpty();
    }

    private static Map<String, ProvidedFields> union(
            Map<String, ProvidedFields> left, Map<String, ProvidedFields> right) {
        Map<String, ProvidedFields> union = new LinkedHashMap<>(left);
        right.forEach((name, below) -> union.merge(name, below, ProvidedFields::with));
        return union;
    }

    /// What is provided once the type is known to be a certain one.
    ProvidedFields on(String type) {
        return casts.getOrDefault(type, NONE);
    }

    /// What is provided below a field, or null where the field is not provided.
    @Nullable ProvidedFields below(String field) {
        return fields.get(field);
    }
}
