package dev.trivium.composition;

import dev.trivium.language.TypeReference;
import dev.trivium.language.Value;
import java.math.BigInteger;
import java.util.List;

/// Checks the places and arguments of `@cost` and `@listSize`.
final class ValidateCosts {
    private final SubgraphSchema subgraph;
    private final Report report;

    private ValidateCosts(SubgraphSchema subgraph, Report report) {
        this.subgraph = subgraph;
        this.report = report;
    }

    static void validate(SubgraphSchema subgraph, Report report) {
        var validate = new ValidateCosts(subgraph, report);
        for (TypeElement type : subgraph.model.types.values()) {
            for (FieldElement field : type.fields.values()) {
                Applied cost = field.first(FederationDirective.COST);
                if (cost != null && type.kind == TypeElement.Kind.INTERFACE) {
                    validate.error(
                            CompositionCode.COST_APPLIED_TO_INTERFACE_FIELD,
                            cost,
                            "\"%s\" is a field of an interface, which cannot have @%s."
                                    .formatted(field.coordinate(), cost.name()));
                }
                Applied listSize = field.first(FederationDirective.LIST_SIZE);
                if (listSize != null) {
                    validate.listSize(field, listSize);
                }
            }
        }
    }

    private void listSize(FieldElement field, Applied listSize) {
        List<String> sizedFields = texts(listSize, "sizedFields");
        if (sizedFields.isEmpty()) {
            if (!isList(field.type)) {
                error(
                        CompositionCode.LIST_SIZE_APPLIED_TO_NON_LIST,
                        listSize,
                        "\"%s\" is not a list.".formatted(field.coordinate()));
            }
        } else {
            sizedFields(field, listSize, sizedFields);
        }
        if (listSize.argument("assumedSize") instanceof Value.IntValue(var digits)
                && new BigInteger(digits).signum() < 0) {
            error(
                    CompositionCode.LIST_SIZE_INVALID_ASSUMED_SIZE,
                    listSize,
                    "The assumed size of \"%s\" is negative.".formatted(field.coordinate()));
        }
        for (String name : texts(listSize, "slicingArguments")) {
            slicingArgument(field, listSize, name);
        }
    }

    private void sizedFields(FieldElement field, Applied listSize, List<String> names) {
        TypeElement type = subgraph.model.composite(field.type.namedType());
        if (type == null) {
            error(
                    CompositionCode.LIST_SIZE_INVALID_SIZED_FIELD,
                    listSize,
                    "\"%s\" can have no sized fields, for \"%s\" has no fields."
                            .formatted(field.coordinate(), field.type.namedType()));
            return;
        }
        for (String name : names) {
            FieldElement sized = type.fields.get(name);
            if (sized == null) {
                error(
                        CompositionCode.LIST_SIZE_INVALID_SIZED_FIELD,
                        listSize,
                        "The sized field \"%s\" of \"%s\" is no field of \"%s\"."
                                .formatted(name, field.coordinate(), type.name));
            } else if (!isList(sized.type)) {
                error(
                        CompositionCode.LIST_SIZE_APPLIED_TO_NON_LIST,
                        listSize,
                        "The sized field \"%s\" is not a list.".formatted(sized.coordinate()));
            }
        }
    }

    private void slicingArgument(FieldElement field, Applied listSize, String name) {
        InputElement argument = field.arguments.get(name);
        if (argument == null) {
            error(
                    CompositionCode.LIST_SIZE_INVALID_SLICING_ARGUMENT,
                    listSize,
                    "\"%s\" has no argument \"%s\" for slicing."
                            .formatted(field.coordinate(), name));
        } else if (!argument.type.nullable().equals(new TypeReference.Named("Int"))) {
            error(
                    CompositionCode.LIST_SIZE_INVALID_SLICING_ARGUMENT,
                    listSize,
                    "\"%s\" cannot slice the list: it has the type \"%s\", not \"Int\"."
                            .formatted(argument.coordinate(), argument.type));
        }
    }

    private static boolean isList(TypeReference type) {
        return type.nullable() instanceof TypeReference.ListOf;
    }

    private static List<String> texts(Applied applied, String argument) {
        return applied.argument(argument) instanceof Value.ListValue(var elements)
                ? elements.stream()
                        .filter(Value.StringValue.class::isInstance)
                        .map(value -> ((Value.StringValue) value).value())
                        .toList()
                : List.of();
    }

    private void error(CompositionCode code, Applied applied, String message) {
        report.error(code, "[" + subgraph.name + "] " + message, applied.location());
    }
}
