package dev.trivium.composition;

import dev.trivium.language.Argument;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.Printer;
import dev.trivium.language.Selection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Removes from `@requires` and `@provides` what they never had an effect on in Federation 1:
/// leaves that are not external.
final class KeepActiveSelections {
    private final SchemaModel model;

    KeepActiveSelections(SchemaModel model) {
        this.model = model;
    }

    static Applied withFields(Applied applied, String text) {
        List<Argument> arguments = new ArrayList<>();
        JoinSpec.addText(arguments, "fields", text);
        applied.arguments().stream()
                .filter(argument -> !argument.name().equals("fields"))
                .forEach(arguments::add);
        return new Applied(
                applied.name(), applied.known(), arguments, applied.location(), applied.block());
    }

    void rewrite(FieldElement field, FederationDirective directive, TypeElement target) {
        Applied applied = field.first(directive);
        String text = applied == null ? null : applied.text("fields");
        if (applied == null
                || text == null
                || !(Parser.parseSelections(text)
                        instanceof Outcome.Accepted<List<Selection>>(var selections))) {
            return;
        }
        boolean composite = target.kind.isComposite() || target.kind == TypeElement.Kind.UNION;
        List<Selection> active = composite ? active(target, selections, false) : List.of();
        if (active.equals(selections)) {
            return;
        }
        field.directives.remove(applied);
        if (!active.isEmpty()) {
            field.directives.add(withFields(applied, Printer.compact(active)));
        }
    }

    private List<Selection> active(TypeElement type, List<Selection> selections, boolean external) {
        List<Selection> active = new ArrayList<>();
        for (Selection selection : selections) {
            Selection kept =
                    switch (selection) {
                        case Selection.Field field -> active(type, field, external);
                        case Selection.InlineFragment fragment -> active(type, fragment, external);
                        case Selection.FragmentSpread spread -> spread;
                    };
            if (kept != null) {
                active.add(kept);
            }
        }
        return active;
    }

    private @Nullable Selection active(
            TypeElement type, Selection.InlineFragment fragment, boolean external) {
        String condition = fragment.typeCondition();
        TypeElement inner = condition == null ? type : model.type(condition);
        if (inner == null) {
            return fragment;
        }
        List<Selection> kept = active(inner, fragment.selections(), external);
        return kept.isEmpty()
                ? null
                : new Selection.InlineFragment(
                        condition, fragment.directives(), kept, fragment.location());
    }

    /// A field that does not exist is kept: the validation of field sets reports it.
    private @Nullable Selection active(TypeElement type, Selection.Field field, boolean external) {
        FieldElement element = type.fields.get(field.name());
        if (element == null) {
            return field;
        }
        boolean now = external || element.has(FederationDirective.EXTERNAL);
        TypeElement below = model.type(element.type.namedType());
        if (field.selections().isEmpty() || below == null) {
            return now ? field : null;
        }
        List<Selection> kept = active(below, field.selections(), now);
        return kept.isEmpty()
                ? null
                : new Selection.Field(
                        field.alias(),
                        field.name(),
                        field.arguments(),
                        field.directives(),
                        kept,
                        field.location());
    }
}
