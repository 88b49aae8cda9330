package dev.trivium.composition;

import dev.trivium.language.Printer;
import dev.trivium.language.Selection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Checks that the keys of interfaces are keys of their implementations, that interface objects are
/// entities, and that they stand where an interface may.
final class ValidateInterfaceKeys {
    private ValidateInterfaceKeys() {}

    static void validate(SubgraphSchema subgraph, Report report) {
        for (TypeElement type : subgraph.model.types.values()) {
            List<Applied> keys = type.all(FederationDirective.KEY);
            if (CollectTypes.isInterfaceObject(type) && keys.isEmpty()) {
                report.error(
                        CompositionCode.INTERFACE_OBJECT_USAGE_ERROR,
                        "[%s] \"%s\" is an @interfaceObject, which needs a @key."
                                .formatted(subgraph.name, type.name),
                        type.location);
            }
            if (type.kind == TypeElement.Kind.UNION) {
                members(subgraph, type, report);
            }
            if (type.kind == TypeElement.Kind.INTERFACE) {
                for (Applied key : keys) {
                    if (key.flag("resolvable", true) && selectsFields(type, key)) {
                        check(subgraph, type, key, report);
                    }
                }
            }
        }
    }

    private static void members(SubgraphSchema subgraph, TypeElement union, Report report) {
        for (String name : union.members.keySet()) {
            TypeElement member = subgraph.model.type(name);
            if (member != null && CollectTypes.isInterfaceObject(member)) {
                report.error(
                        CompositionCode.INTERFACE_OBJECT_USAGE_ERROR,
                        "[%s] The union \"%s\" cannot have the member \"%s\": an @interfaceObject stands for an interface."
                                .formatted(subgraph.name, union.name, name),
                        List.of(union.location, member.location));
            }
        }
    }

    /// Whether the key selects fields that the interface has; the validation of field sets reports
    /// the others.
    private static boolean selectsFields(TypeElement itf, Applied key) {
        List<Selection> selections = key.selections();
        return !selections.isEmpty()
                && selections.stream()
                        .allMatch(selection ->
                                !(selection instanceof Selection.Field field)
                                        || field.name().equals("__typename")
                                        || itf.fields.containsKey(field.name()));
    }

    private static void check(
            SubgraphSchema subgraph, TypeElement itf, Applied key, Report report) {
        String wanted = normalized(key);
        for (TypeElement implementation : subgraph.facts().implementations(itf.name)) {
            if (implementation.kind != TypeElement.Kind.OBJECT) {
                continue;
            }
            Map<String, Boolean> resolvable = new HashMap<>();
            for (Applied own : implementation.all(FederationDirective.KEY)) {
                resolvable.merge(normalized(own), own.flag("resolvable", true), Boolean::logicalOr);
            }
            Boolean found = resolvable.get(wanted);
            if (found == null || !found) {
                report.error(
                        CompositionCode.INTERFACE_KEY_NOT_ON_IMPLEMENTATION,
                        "[%s] \"%s\" implements \"%s\", so it needs the %skey @%s(fields: \"%s\"), too."
                                .formatted(
                                        subgraph.name,
                                        implementation.name,
                                        itf.name,
                                        found == null ? "" : "resolvable ",
                                        key.name(),
                                        key.text("fields")),
                        List.of(implementation.location, key.location()));
            }
        }
    }

    /// A field set without regard to the order, the repetitions and the form of its text.
    private static String normalized(Applied key) {
        return normalized(key.selections());
    }

    private static String normalized(List<Selection> selections) {
        List<String> parts = new ArrayList<>();
        for (Selection selection : selections) {
            parts.add(
                    switch (selection) {
                        case Selection.Field field ->
                                field.responseKey()
                                        + ":"
                                        + field.name()
                                        + normalized(field.selections());
                        case Selection.InlineFragment fragment ->
                                "..."
                                        + fragment.typeCondition()
                                        + normalized(fragment.selections());
                        case Selection.FragmentSpread spread -> Printer.print(spread);
                    });
        }
        return parts.isEmpty()
                ? ""
                : parts.stream().distinct().sorted().collect(Collectors.joining(" ", "{", "}"));
    }
}
