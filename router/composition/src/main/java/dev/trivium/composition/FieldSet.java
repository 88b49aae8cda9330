package dev.trivium.composition;

import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The selections of `@key(fields:)` and its like.
final class FieldSet {
    private FieldSet() {}

    /// Visits every field that the text selects on a type. What does not exist is passed over: the
    /// validation of field sets reports it.
    ///
    /// @param implementations where given, a field selected on an interface is also visited on each
    ///   implementation
    static void visit(
            SchemaModel model,
            TypeElement type,
            @Nullable String text,
            @Nullable Map<String, List<TypeElement>> implementations,
            Consumer<FieldElement> visitor) {
        if (text != null
                && Parser.parseSelections(text)
                        instanceof Outcome.Accepted<List<Selection>>(var selections)) {
            visit(model, type, selections, implementations, visitor);
        }
    }

    private static void visit(
            SchemaModel model,
            TypeElement type,
            List<Selection> selections,
            @Nullable Map<String, List<TypeElement>> implementations,
            Consumer<FieldElement> visitor) {
        for (Selection selection : selections) {
            switch (selection) {
                case Selection.Field field -> {
                    FieldElement element = type.fields.get(field.name());
                    if (element == null) {
                        continue;
                    }
                    visitor.accept(element);
                    if (implementations != null && type.kind == TypeElement.Kind.INTERFACE) {
                        implementations.getOrDefault(type.name, List.of()).stream()
                                .map(implementation -> implementation.fields.get(field.name()))
                                .filter(Objects::nonNull)
                                .forEach(visitor);
                    }
                    TypeElement below = model.type(element.type.namedType());
                    if (below != null && !field.selections().isEmpty()) {
                        visit(model, below, field.selections(), implementations, visitor);
                    }
                }
                case Selection.InlineFragment fragment -> {
                    String condition = fragment.typeCondition();
                    TypeElement inner = condition == null ? type : model.type(condition);
                    if (inner != null) {
                        visit(model, inner, fragment.selections(), implementations, visitor);
                    }
                }
                case Selection.FragmentSpread _ -> {}
            }
        }
    }

    static List<FieldElement> fields(
            SchemaModel model,
            TypeElement type,
            @Nullable String text,
            @Nullable Map<String, List<TypeElement>> implementations) {
        List<FieldElement> fields = new ArrayList<>();
        visit(model, type, text, implementations, fields::add);
        return fields;
    }
}
