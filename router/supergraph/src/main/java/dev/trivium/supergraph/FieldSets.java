package dev.trivium.supergraph;

import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.Selection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Walks field sets over the types that they select from.
final class FieldSets {
    private FieldSets() {}

    /// Receives the fields of a field set.
    interface Visitor {
        /// A field of a type; for `__typename`, nothing is called.
        void field(SupergraphType.Composite parent, SupergraphType.Field field);

        /// What leads nowhere.
        void unknown(String message);
    }

    /// Visits a field set that parses; another one is empty here.
    static void visit(
            Map<String, SupergraphType> types, String parent, String fieldSet, Visitor visitor) {
        if (Parser.parseSelections(fieldSet)
                instanceof Outcome.Accepted<List<Selection>>(var selections)) {
            visit(types, parent, selections, visitor);
        }
    }

    private static void visit(
            Map<String, SupergraphType> types,
            String parent,
            List<Selection> selections,
            Visitor visitor) {
        SupergraphType type = types.get(parent);
        for (Selection selection : selections) {
            switch (selection) {
                case Selection.Field field when field.name().equals("__typename") -> {}
                case Selection.Field field -> {
                    SupergraphType.Field definition = field(type, field.name());
                    if (definition == null
                            || !(type instanceof SupergraphType.Composite composite)) {
                        visitor.unknown(parent + " has no field " + field.name());
                    } else {
                        visitor.field(composite, definition);
                        if (field.selections().isEmpty()
                                && isComposite(types.get(definition.type().namedType()))) {
                            visitor.unknown(
                                    "nothing is selected of " + parent + "." + field.name());
                        }
                        visit(types, definition.type().namedType(), field.selections(), visitor);
                    }
                }
                case Selection.InlineFragment fragment -> {
                    String condition = fragment.typeCondition();
                    if (condition != null && !types.containsKey(condition)) {
                        visitor.unknown("there is no type " + condition);
                    } else {
                        visit(
                                types,
                                condition == null ? parent : condition,
                                fragment.selections(),
                                visitor);
                    }
                }
                case Selection.FragmentSpread spread ->
                        visitor.unknown("there is no fragment " + spread.fragmentName());
            }
        }
    }

    private static SupergraphType.@Nullable Field field(
            @Nullable SupergraphType type, String name) {
        return type instanceof SupergraphType.Composite composite
                ? composite.fields().get(name)
                : null;
    }

    private static boolean isComposite(@Nullable SupergraphType type) {
        return switch (type) {
            case null -> false;
            case SupergraphType.Composite _, SupergraphType.UnionType _ -> true;
            case SupergraphType.ScalarType _,
                    SupergraphType.EnumType _,
                    SupergraphType.InputObjectType _ ->
                    false;
        };
    }
}
