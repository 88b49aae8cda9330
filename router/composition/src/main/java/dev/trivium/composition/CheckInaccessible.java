package dev.trivium.composition;

import dev.trivium.language.OperationType;
import dev.trivium.language.TypeReference;
import dev.trivium.language.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Checks that what remains without the inaccessible elements is a valid schema: the one that
/// clients see (inaccessible specification 0.2).
final class CheckInaccessible {
    private final MergeContext context;
    private final SchemaModel model;
    private final Report report;

    /// @param report takes what is found
    CheckInaccessible(MergeContext context, Report report) {
        this.context = context;
        this.model = context.merged;
        this.report = report;
    }

    void check() {
        if (!context.composed.used().contains(FederationDirective.INACCESSIBLE)) {
            return;
        }
        TypeElement query = model.root(OperationType.QUERY);
        if (query != null && isHidden(query)) {
            error(
                    CompositionCode.QUERY_ROOT_TYPE_INACCESSIBLE,
                    "\"%s\" is @inaccessible, but it is the query type: there would be nothing that clients could ask."
                            .formatted(query.name),
                    query);
        }
        for (String name : context.sources.keySet()) {
            TypeElement type = model.type(name);
            if (type != null && !isHidden(type)) {
                type(type);
            }
        }
        context.composed.custom().sequencedValues().forEach(this::composed);
        for (String name : context.executableDirectives) {
            DirectiveElement directive = model.directives.get(name);
            if (directive != null) {
                directive.arguments.values().forEach(a -> input(a, "the directive"));
            }
        }
    }

    /// The elements of a specification are not the schema's to hide.
    private void composed(ComposedDirectives.CustomDirective directive) {
        String prefix = directive.feature().namespace() + "__";
        for (InputElement argument : directive.definition().arguments.values()) {
            if (isHidden(argument)) {
                disallowed(argument);
            }
            if (!argument.type.namedType().startsWith(prefix)) {
                reference(argument, argument.type);
            }
        }
        for (String typeName : context.sources.keySet()) {
            TypeElement type = model.type(typeName);
            if (type != null && typeName.startsWith(prefix) && hidesAnything(type)) {
                disallowed(type);
            }
        }
    }

    private static boolean hidesAnything(TypeElement type) {
        List<Element> elements = new ArrayList<>(type.fields.values());
        elements.addAll(type.values.values());
        elements.addAll(type.inputs.values());
        elements.add(type);
        return elements.stream().anyMatch(CheckInaccessible::isHidden);
    }

    private void disallowed(Element element) {
        error(
                CompositionCode.DISALLOWED_INACCESSIBLE,
                "\"%s\" belongs to a specification, so it cannot be @inaccessible."
                        .formatted(element.coordinate()),
                element);
    }

    private void type(TypeElement type) {
        checkChildren(type);
        for (FieldElement field : type.fields.values()) {
            if (isHidden(field)) {
                hiddenField(type, field);
            } else {
                reference(field, field.type);
                for (InputElement argument : field.arguments.values()) {
                    input(argument, "its field");
                    hiddenArgument(type, field, argument);
                }
            }
        }
        type.inputs.values().forEach(input -> input(input, "its type"));
    }

    private void checkChildren(TypeElement type) {
        boolean empty =
                switch (type.kind) {
                    case SCALAR -> false;
                    case OBJECT, INTERFACE -> allHidden(type.fields.values());
                    case ENUM -> allHidden(type.values.values());
                    case INPUT -> allHidden(type.inputs.values());
                    case UNION -> type.members.keySet().stream().allMatch(this::isHiddenType);
                };
        if (empty) {
            error(
                    CompositionCode.ONLY_INACCESSIBLE_CHILDREN,
                    "\"%s\" is accessible, but all that it consists of is @inaccessible."
                            .formatted(type.name),
                    type);
        }
    }

    private static boolean allHidden(Collection<? extends Element> children) {
        Predicate<Element> hidden = CheckInaccessible::isHidden;
        return children.stream().allMatch(hidden);
    }

    private void reference(Element element, TypeReference type) {
        TypeElement target = model.type(type.namedType());
        if (target != null && isHidden(target)) {
            report.error(
                    CompositionCode.REFERENCED_INACCESSIBLE,
                    "\"%s\" is @inaccessible, but the type of \"%s\", which is accessible."
                            .formatted(target.name, element.coordinate()),
                    List.of(target.location, element.location));
        }
    }

    private void input(InputElement input, String owner) {
        if (isHidden(input)) {
            if (input.isRequired()) {
                error(
                        CompositionCode.REQUIRED_INACCESSIBLE,
                        "\"%s\" is @inaccessible, but required: clients could not use %s."
                                .formatted(input.coordinate(), owner),
                        input);
            }
            return;
        }
        reference(input, input.type);
        if (input.defaultValue != null && usesHidden(input.defaultValue, input.type)) {
            error(
                    CompositionCode.DEFAULT_VALUE_USES_INACCESSIBLE,
                    "The default value %s of \"%s\" uses what is @inaccessible."
                            .formatted(CheckValue.show(input.defaultValue), input.coordinate()),
                    input);
        }
    }

    private boolean usesHidden(Value value, TypeReference reference) {
        return switch (value) {
            case Value.ListValue(var elements) -> {
                TypeReference element =
                        reference.nullable() instanceof TypeReference.ListOf(var inner)
                                ? inner
                                : reference;
                yield elements.stream().anyMatch(each -> usesHidden(each, element));
            }
            case Value.EnumValue(var name) -> {
                TypeElement type = model.type(reference.namedType());
                EnumValueElement used = type == null ? null : type.values.get(name);
                yield used != null && isHidden(used);
            }
            case Value.ObjectValue(var fields) -> {
                TypeElement type = model.type(reference.namedType());
                yield type != null
                        && fields.entrySet().stream()
                                .anyMatch(field -> {
                                    InputElement used = type.inputs.get(field.getKey());
                                    return used != null
                                            && (isHidden(used)
                                                    || usesHidden(field.getValue(), used.type));
                                });
            }
            case Value.IntValue _,
                    Value.FloatValue _,
                    Value.StringValue _,
                    Value.BooleanValue _,
                    Value.NullValue _,
                    Value.Variable _ ->
                    false;
        };
    }

    private void hiddenField(TypeElement type, FieldElement field) {
        for (String name : type.interfaces.keySet()) {
            FieldElement expected = shownField(name, field.name);
            if (expected != null) {
                implemented(field, expected);
            }
        }
    }

    private void hiddenArgument(TypeElement type, FieldElement field, InputElement argument) {
        for (String name : type.interfaces.keySet()) {
            FieldElement expected = shownField(name, field.name);
            InputElement other = expected == null ? null : expected.arguments.get(argument.name);
            if (other == null) {
                continue;
            }
            if (isHidden(argument) && !isHidden(other)) {
                implemented(argument, other);
            } else if (isHidden(other) && !isHidden(argument) && argument.isRequired()) {
                report.error(
                        CompositionCode.REQUIRED_INACCESSIBLE,
                        "\"%s\" is @inaccessible, but \"%s\", which implements it, is required."
                                .formatted(other.coordinate(), argument.coordinate()),
                        List.of(other.location, argument.location));
            }
        }
    }

    private @Nullable FieldElement shownField(String typeName, String fieldName) {
        TypeElement type = model.type(typeName);
        FieldElement field = type == null || isHidden(type) ? null : type.fields.get(fieldName);
        return field == null || isHidden(field) ? null : field;
    }

    private void implemented(Element hidden, Element expected) {
        report.error(
                CompositionCode.IMPLEMENTED_BY_INACCESSIBLE,
                "\"%s\" is @inaccessible, but implements \"%s\", which is accessible."
                        .formatted(hidden.coordinate(), expected.coordinate()),
                List.of(hidden.location, expected.location));
    }

    private boolean isHiddenType(String name) {
        TypeElement type = model.type(name);
        return type == null || isHidden(type);
    }

    static boolean isHidden(Element element) {
        return element.has(FederationDirective.INACCESSIBLE);
    }

    private void error(CompositionCode code, String message, Element element) {
        report.error(code, message, element.location);
    }
}
