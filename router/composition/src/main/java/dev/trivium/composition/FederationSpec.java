package dev.trivium.composition;

import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.SourceLocation;
import dev.trivium.language.TypeReference;
import dev.trivium.supergraph.SpecVersion;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The elements of each version of the federation specification.
final class FederationSpec {
    static final SpecVersion NEWEST = new SpecVersion(2, 14);

    private static final String NEWEST_DEFINITIONS =
            """
            directive @key(fields: FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
            directive @requires(fields: FieldSet!) on FIELD_DEFINITION
            directive @provides(fields: FieldSet!) on FIELD_DEFINITION
            directive @external(reason: String) on OBJECT | FIELD_DEFINITION
            directive @tag(name: String!) repeatable on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION | SCHEMA
            directive @extends on OBJECT | INTERFACE
            directive @shareable repeatable on OBJECT | FIELD_DEFINITION
            directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
            directive @override(from: String!, label: String) on FIELD_DEFINITION
            directive @composeDirective(name: String) repeatable on SCHEMA
            directive @interfaceObject on OBJECT
            directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
            directive @requiresScopes(scopes: [[Scope!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
            directive @policy(policies: [[Policy!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
            directive @context(name: String!) repeatable on INTERFACE | OBJECT | UNION
            directive @fromContext(field: ContextFieldValue) on ARGUMENT_DEFINITION
            directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
            directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
            directive @cacheTag(format: String!) repeatable on OBJECT | FIELD_DEFINITION
            """;

    private static final Map<FederationDirective, Definition.DirectiveType> DEFINITIONS =
            parseDefinitions();

    /// The scalars of the specification, with the version that brought each.
    private static final SequencedMap<String, SpecVersion> SCALARS = new LinkedHashMap<>();

    static {
        SCALARS.put("FieldSet", new SpecVersion(2, 0));
        SCALARS.put("Scope", new SpecVersion(2, 5));
        SCALARS.put("Policy", new SpecVersion(2, 6));
        SCALARS.put("ContextFieldValue", new SpecVersion(2, 8));
    }

    private static final Set<FederationDirective> FEDERATION_1 =
            EnumSet.of(
                    FederationDirective.KEY,
                    FederationDirective.REQUIRES,
                    FederationDirective.PROVIDES,
                    FederationDirective.EXTERNAL,
                    FederationDirective.EXTENDS,
                    FederationDirective.TAG);

    private FederationSpec() {}

    static boolean knows(SpecVersion version) {
        return version.major() == NEWEST.major() && version.minor() <= NEWEST.minor();
    }

    static boolean isFederation1(FederationDirective directive) {
        return FEDERATION_1.contains(directive);
    }

    /// Whether an element can be imported; directives start with `@`.
    static boolean defines(String element, SpecVersion version) {
        if (element.startsWith("@")) {
            FederationDirective directive = FederationDirective.named(element.substring(1));
            return directive != null && version.isAtLeast(directive.since());
        }
        SpecVersion since = SCALARS.get(element);
        return since != null && version.isAtLeast(since);
    }

    static List<FederationDirective> directives(SpecVersion version) {
        return DEFINITIONS.keySet().stream()
                .filter(directive -> version.isAtLeast(directive.since()))
                .toList();
    }

    static List<String> scalars(SpecVersion version) {
        return SCALARS.entrySet().stream()
                .filter(scalar -> version.isAtLeast(scalar.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// A definition as of a version of the specification.
    ///
    /// @param localName what the directive is called
    /// @param localType what a scalar of the specification is called
    static DirectiveElement definition(
            FederationDirective directive,
            SpecVersion version,
            String localName,
            UnaryOperator<String> localType) {
        Definition.DirectiveType newest = DEFINITIONS.get(directive);
        if (newest == null) {
            throw new IllegalStateException("no definition of @" + directive.specName());
        }
        var element = new DirectiveElement(localName, SourceLocation.NONE);
        element.repeatable =
                newest.repeatable()
                        && (directive != FederationDirective.SHAREABLE || version.minor() >= 2);
        for (String location : newest.locations()) {
            boolean tooNew =
                    directive == FederationDirective.TAG
                            && location.equals("SCHEMA")
                            && version.minor() < 3;
            if (!tooNew) {
                element.locations.add(location);
            }
        }
        for (Definition.InputValue argument : newest.arguments()) {
            if (argument.name().equals("label") && version.minor() < 7) {
                continue;
            }
            var input =
                    new InputElement(
                            "@" + localName + "(" + argument.name() + ":)",
                            argument.name(),
                            rename(argument.type(), localType),
                            SourceLocation.NONE);
            input.defaultValue = argument.defaultValue();
            element.arguments.put(argument.name(), input);
        }
        return element;
    }

    private static TypeReference rename(TypeReference type, UnaryOperator<String> localType) {
        return switch (type) {
            case TypeReference.Named(var name) ->
                    new TypeReference.Named(
                            SCALARS.containsKey(name) ? localType.apply(name) : name);
            case TypeReference.ListOf(var element) ->
                    new TypeReference.ListOf(rename(element, localType));
            case TypeReference.NonNull(var inner) ->
                    new TypeReference.NonNull(rename(inner, localType));
        };
    }

    private static Map<FederationDirective, Definition.DirectiveType> parseDefinitions() {
        if (!(Parser.parseSchema(NEWEST_DEFINITIONS, null)
                instanceof Outcome.Accepted<Document>(var document))) {
            throw new IllegalStateException("the federation definitions cannot be parsed");
        }
        Map<FederationDirective, Definition.DirectiveType> definitions =
                new EnumMap<>(FederationDirective.class);
        for (var definition : document.definitions(Definition.DirectiveType.class)) {
            FederationDirective directive = FederationDirective.named(definition.name());
            if (directive != null) {
                definitions.put(directive, definition);
            }
        }
        return definitions;
    }
}
