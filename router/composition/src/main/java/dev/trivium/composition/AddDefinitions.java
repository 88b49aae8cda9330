package dev.trivium.composition;

import dev.trivium.language.SourceLocation;
import dev.trivium.language.TypeReference;
import dev.trivium.language.Value;
import dev.trivium.supergraph.LinkedSpec;
import dev.trivium.supergraph.SpecVersion;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Adds the definitions of the link and federation specifications that a subgraph leaves out, and
/// checks those that it repeats.
final class AddDefinitions {
    static final String FEDERATION_1_FIELD_SET = "_FieldSet";
    private static final List<String> PURPOSES = List.of("SECURITY", "EXECUTION");

    private final SubgraphSchema subgraph;
    private final Report report;

    /// The types that the subgraph itself defines: its own definitions use no others.
    private final Set<String> ownTypes;

    private AddDefinitions(SubgraphSchema subgraph, Report report) {
        this.subgraph = subgraph;
        this.report = report;
        this.ownTypes = Set.copyOf(subgraph.model.types.keySet());
    }

    static void add(SubgraphSchema subgraph, Report report) {
        var add = new AddDefinitions(subgraph, report);
        add.addLink();
        add.addFederation();
        if (subgraph.links.federation() != null) {
            subgraph.links.features().forEach(add::addSpecification);
        }
    }

    private void addLink() {
        String name = subgraph.links.linkName();
        LinkedSpec link = subgraph.links.feature(Links.LINK);
        if (name == null || link == null) {
            return;
        }
        String importType = link.type("Import");
        String purposeType = link.type("Purpose");
        addScalar(importType);
        addPurpose(purposeType);
        var definition = new DirectiveElement(name, SourceLocation.NONE);
        definition.repeatable = true;
        definition.locations.add("SCHEMA");
        addArgument(definition, "url", named("String"));
        addArgument(definition, "as", named("String"));
        addArgument(definition, "for", named(purposeType));
        addArgument(definition, "import", new TypeReference.ListOf(named(importType)));
        addDirective(definition);
    }

    private void addFederation() {
        LinkedSpec federation = subgraph.links.federation();
        SpecVersion version =
                federation == null ? new SpecVersion(2, 0) : federation.url().version();
        UnaryOperator<String> localType =
                federation == null ? _ -> FEDERATION_1_FIELD_SET : federation::type;
        if (federation == null) {
            addScalar(FEDERATION_1_FIELD_SET);
        } else {
            FederationSpec.scalars(version).forEach(scalar -> addScalar(localType.apply(scalar)));
        }
        for (FederationDirective directive : FederationSpec.directives(version)) {
            if (federation != null || FederationSpec.isFederation1(directive)) {
                String name = subgraph.links.nameOf(directive);
                addDirective(FederationSpec.definition(directive, version, name, localType));
            }
        }
    }

    /// A specification of the federation's that the subgraph links directly.
    private void addSpecification(LinkedSpec feature) {
        if (FeatureSpec.isConnect(feature.url())) {
            addConnect(feature);
            return;
        }
        SpecVersion version = FeatureSpec.since(feature.url());
        if (version == null) {
            return;
        }
        for (FederationDirective directive : FederationDirective.values()) {
            var origin = new Links.Origin(feature, directive.specName());
            if (FeatureSpec.directive(origin) == directive) {
                String name = feature.directive(directive.specName());
                DirectiveElement definition =
                        FederationSpec.definition(
                                directive, FederationSpec.NEWEST, name, feature::type);
                definition
                        .arguments
                        .values()
                        .forEach(argument -> addMissingScalar(argument.type.namedType()));
                addDirective(definition);
            }
        }
    }

    private void addMissingScalar(String name) {
        if (!SchemaModel.BUILT_IN_SCALARS.contains(name)) {
            addScalar(name);
        }
    }

    /// Connectors are carried through as they are: their arguments are read by the router that runs
    /// them.
    private void addConnect(LinkedSpec feature) {
        String any = feature.type("JSONSelection");
        addScalar(any);
        var source = new DirectiveElement(feature.directive("source"), SourceLocation.NONE);
        source.locations.add("SCHEMA");
        List.of("name", "http", "errors", "isSuccess")
                .forEach(argument -> addArgument(source, argument, named(any)));
        var connect = new DirectiveElement(feature.directive("connect"), SourceLocation.NONE);
        connect.locations.addAll(List.of("FIELD_DEFINITION", "OBJECT"));
        List.of("source", "id", "http", "batch", "errors", "isSuccess", "selection", "entity")
                .forEach(argument -> addArgument(connect, argument, named(any)));
        for (DirectiveElement directive : List.of(source, connect)) {
            directive.repeatable = true;
            subgraph.model.directives.putIfAbsent(directive.name, directive);
        }
    }

    private void addScalar(String name) {
        TypeElement existing = subgraph.model.types.get(name);
        if (existing == null) {
            add(new TypeElement(TypeElement.Kind.SCALAR, name, SourceLocation.NONE));
        } else if (existing.kind != TypeElement.Kind.SCALAR) {
            badType(
                    existing,
                    "it must be a scalar, but is declared as %s".formatted(existing.kind));
        }
    }

    private void addPurpose(String name) {
        TypeElement existing = subgraph.model.types.get(name);
        if (existing == null) {
            var type = new TypeElement(TypeElement.Kind.ENUM, name, SourceLocation.NONE);
            for (String purpose : PURPOSES) {
                type.values.put(
                        purpose,
                        new EnumValueElement(type, purpose, Block.GENERATED, SourceLocation.NONE));
            }
            add(type);
        } else if (existing.kind != TypeElement.Kind.ENUM) {
            badType(existing, "it must be an enum, but is declared as %s".formatted(existing.kind));
        } else if (!existing.values.keySet().equals(Set.copyOf(PURPOSES))) {
            badType(
                    existing,
                    "its values must be %s, but are %s"
                            .formatted(PURPOSES, existing.values.keySet()));
        }
    }

    private void add(TypeElement type) {
        type.blocks.add(Block.GENERATED);
        subgraph.model.types.put(type.name, type);
    }

    private void badType(TypeElement type, String reason) {
        report.error(
                CompositionCode.TYPE_DEFINITION_INVALID,
                "[%s] The type \"%s\" is not as its specification has it: %s."
                        .formatted(subgraph.name, type.name, reason),
                type.location);
    }

    private void addDirective(DirectiveElement expected) {
        DirectiveElement actual = subgraph.model.directives.get(expected.name);
        if (actual == null) {
            subgraph.model.directives.put(expected.name, expected);
        } else {
            check(expected, actual);
            completeArguments(expected, actual);
        }
    }

    /// A shorter definition is allowed; what it leaves out may not be used.
    private void check(DirectiveElement expected, DirectiveElement actual) {
        for (InputElement argument : actual.arguments.values()) {
            InputElement wanted = expected.arguments.get(argument.name);
            if (wanted == null) {
                badDirective(actual, "it has no argument \"%s\"".formatted(argument.name));
            } else {
                check(actual, wanted, argument);
            }
        }
        for (InputElement wanted : expected.arguments.values()) {
            if (wanted.isRequired() && !actual.arguments.containsKey(wanted.name)) {
                badDirective(actual, "the argument \"%s\" is missing".formatted(wanted.name));
            }
        }
        if (actual.repeatable && !expected.repeatable) {
            badDirective(actual, "it is not repeatable");
        }
        if (!expected.locations.containsAll(actual.locations)) {
            badDirective(
                    actual,
                    "its locations are among %s, but %s are given"
                            .formatted(
                                    String.join(", ", expected.locations),
                                    String.join(", ", actual.locations)));
        }
    }

    private void check(DirectiveElement directive, InputElement wanted, InputElement actual) {
        String type = actual.type.namedType();
        if (!ownTypes.contains(type) && !SchemaModel.BUILT_IN_SCALARS.contains(type)) {
            report.error(
                    CompositionCode.INVALID_GRAPHQL,
                    "[%s] There is no type \"%s\", which the definition of @%s uses."
                            .formatted(subgraph.name, type, directive.name),
                    directive.location);
            return;
        }
        if (!isAllowed(wanted.type, actual.type)) {
            badDirective(
                    directive,
                    "the argument \"%s\" has the type \"%s\", not \"%s\""
                            .formatted(actual.name, wanted.type, actual.type));
        }
        Value wantedDefault = wanted.defaultValue;
        if (actual.defaultValue != null && !actual.defaultValue.equals(wantedDefault)) {
            badDirective(
                    directive,
                    "the argument \"%s\" has another default value".formatted(actual.name));
        }
    }

    /// A type that is no custom scalar may stand for one, and a type may be stricter than it must.
    private boolean isAllowed(TypeReference wanted, TypeReference actual) {
        if (wanted.isNonNull()) {
            return actual.isNonNull() && isAllowed(wanted.nullable(), actual.nullable());
        }
        return switch (wanted) {
            case TypeReference.Named(var name) ->
                    actual.nullable() instanceof TypeReference.Named(var other)
                            && (name.equals(other)
                                    || (isCustomScalar(name) && !isCustomScalar(other)));
            case TypeReference.ListOf(var element) ->
                    actual.nullable() instanceof TypeReference.ListOf(var other)
                            && isAllowed(element, other);
            case TypeReference.NonNull _ -> false;
        };
    }

    private boolean isCustomScalar(String name) {
        TypeElement type = subgraph.model.types.get(name);
        return type != null && type.kind == TypeElement.Kind.SCALAR;
    }

    /// Applications are read by the rules of the specification, whatever the definition left out.
    private static void completeArguments(DirectiveElement expected, DirectiveElement actual) {
        for (InputElement wanted : expected.arguments.values()) {
            InputElement given = actual.arguments.get(wanted.name);
            if (given != null && given.defaultValue == null) {
                given.defaultValue = wanted.defaultValue;
            }
        }
    }

    private void badDirective(DirectiveElement directive, String reason) {
        report.error(
                CompositionCode.DIRECTIVE_DEFINITION_INVALID,
                "[%s] The definition of @%s is not as its specification has it: %s."
                        .formatted(subgraph.name, directive.name, reason),
                directive.location);
    }

    private static void addArgument(DirectiveElement directive, String name, TypeReference type) {
        directive.arguments.put(
                name,
                new InputElement(
                        "@" + directive.name + "(" + name + ":)", name, type, SourceLocation.NONE));
    }

    private static TypeReference named(String name) {
        return new TypeReference.Named(name);
    }
}
