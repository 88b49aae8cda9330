package dev.trivium.composition;

import dev.trivium.language.Argument;
import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.Printer;
import dev.trivium.language.SourceLocation;
import dev.trivium.language.Value;
import dev.trivium.supergraph.ApiSchema;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Derives a contract from a supergraph: the same subgraphs, with fewer elements for its clients.
///
/// What the tags select is decided for each element: one with an excluded tag goes; where tags are
/// to be included, one stays if it, or the type around it, has such a tag, and a type stays as long
/// as something in it does. What goes becomes `@inaccessible`, so that the router still sees it,
/// and the planner still uses it in keys and requirements. Whether the rest is a valid schema shows
/// when its API schema is made.
public final class Contract {
    private static final String TAG_SPEC = "/tag/";
    private static final String INACCESSIBLE_SPEC = "/inaccessible/";
    private static final String INACCESSIBLE_URL = "https://specs.apollo.dev/inaccessible/v0.2";
    private static final List<String> INACCESSIBLE_LOCATIONS =
            List.of(
                    "FIELD_DEFINITION",
                    "OBJECT",
                    "INTERFACE",
                    "UNION",
                    "ARGUMENT_DEFINITION",
                    "SCALAR",
                    "ENUM",
                    "ENUM_VALUE",
                    "INPUT_OBJECT",
                    "INPUT_FIELD_DEFINITION");

    private final Set<String> included;
    private final Set<String> excluded;
    private final String tag;
    private final String inaccessible;

    private Contract(Set<String> included, Set<String> excluded, String tag, String inaccessible) {
        this.included = included;
        this.excluded = excluded;
        this.tag = tag;
        this.inaccessible = inaccessible;
    }

    /// The contract of a composed supergraph, or why what is left is no schema. What does not
    /// compose has no contract, and stays as it is.
    ///
    /// @param included as for {@link #apply}
    public static CompositionResult derive(
            CompositionResult result, Set<String> included, Set<String> excluded) {
        return switch (result) {
            case CompositionResult.Rejected rejected -> rejected;
            case CompositionResult.Composed(var sdl, _, var hints) -> {
                Outcome<Document> contract =
                        Parser.parseSchema(sdl, null)
                                .then(document ->
                                        new Outcome.Accepted<>(
                                                apply(document, included, excluded)));
                yield switch (contract) {
                    case Outcome.Accepted<Document>(var document) -> checked(document, hints);
                    case Outcome.Rejected<Document>(var issues) ->
                            new CompositionResult.Rejected(issues, hints);
                };
            }
        };
    }

    private static CompositionResult checked(Document contract, List<Issue> hints) {
        return switch (SupergraphReader.read(contract)) {
            case Outcome.Rejected<Supergraph>(var issues) ->
                    new CompositionResult.Rejected(issues, hints);
            case Outcome.Accepted<Supergraph>(var supergraph) -> {
                List<Issue> issues = CheckContract.check(supergraph);
                yield issues.isEmpty()
                        ? new CompositionResult.Composed(
                                Printer.print(contract),
                                Printer.print(ApiSchema.of(supergraph)),
                                hints)
                        : new CompositionResult.Rejected(issues, hints);
            }
        };
    }

    /// @param supergraph as composition writes it
    /// @param included the tags of what stays; empty for everything
    /// @param excluded the tags of what goes, whatever else it is tagged
    static Document apply(Document supergraph, Set<String> included, Set<String> excluded) {
        String tag = linkedName(supergraph, TAG_SPEC, "tag");
        String inaccessible = linkedName(supergraph, INACCESSIBLE_SPEC, "inaccessible");
        Contract contract = new Contract(included, excluded, tag, inaccessible);
        List<Definition> definitions = new ArrayList<>();
        for (Definition definition : supergraph.definitions()) {
            definitions.add(
                    definition instanceof Definition.Type type && !isMachinery(type.name())
                            ? contract.filtered(type)
                            : definition);
        }
        return new Document(
                isLinked(supergraph, INACCESSIBLE_SPEC) ? definitions : linked(definitions));
    }

    /// The types of the link and join specifications.
    private static boolean isMachinery(String type) {
        return type.contains("__");
    }

    private Definition.Type filtered(Definition.Type type) {
        boolean inside = hasTag(type.directives(), included);
        return switch (type) {
            case Definition.ObjectType t -> {
                List<Definition.FieldDefinition> fields = fields(t.fields(), inside);
                boolean stays = fields.stream().anyMatch(f -> isAccessible(f.directives()));
                yield new Definition.ObjectType(
                        t.extension(),
                        t.description(),
                        t.name(),
                        t.interfaces(),
                        marked(t.directives(), stays),
                        fields,
                        t.location());
            }
            case Definition.InterfaceType t -> {
                List<Definition.FieldDefinition> fields = fields(t.fields(), inside);
                boolean stays = fields.stream().anyMatch(f -> isAccessible(f.directives()));
                yield new Definition.InterfaceType(
                        t.extension(),
                        t.description(),
                        t.name(),
                        t.interfaces(),
                        marked(t.directives(), stays),
                        fields,
                        t.location());
            }
            case Definition.InputObjectType t -> {
                List<Definition.InputValue> fields =
                        t.fields().stream().map(f -> input(f, inside)).toList();
                boolean stays = fields.stream().anyMatch(f -> isAccessible(f.directives()));
                yield new Definition.InputObjectType(
                        t.extension(),
                        t.description(),
                        t.name(),
                        marked(t.directives(), stays),
                        fields,
                        t.location());
            }
            case Definition.EnumType t -> {
                List<Definition.EnumValue> values =
                        t.values().stream().map(v -> value(v, inside)).toList();
                boolean stays = values.stream().anyMatch(v -> isAccessible(v.directives()));
                yield new Definition.EnumType(
                        t.extension(),
                        t.description(),
                        t.name(),
                        marked(t.directives(), stays),
                        values,
                        t.location());
            }
            case Definition.UnionType t ->
                    new Definition.UnionType(
                            t.extension(),
                            t.description(),
                            t.name(),
                            marked(t.directives(), isSelected(inside)),
                            t.members(),
                            t.location());
            case Definition.ScalarType t ->
                    new Definition.ScalarType(
                            t.extension(),
                            t.description(),
                            t.name(),
                            marked(t.directives(), isSelected(inside)),
                            t.location());
        };
    }

    private List<Definition.FieldDefinition> fields(
            List<Definition.FieldDefinition> fields, boolean inside) {
        return fields.stream().map(field -> field(field, inside)).toList();
    }

    private Definition.FieldDefinition field(Definition.FieldDefinition field, boolean inside) {
        return new Definition.FieldDefinition(
                field.description(),
                field.name(),
                field.arguments().stream().map(argument -> input(argument, true)).toList(),
                field.type(),
                element(field.directives(), inside),
                field.location());
    }

    private Definition.InputValue input(Definition.InputValue input, boolean inside) {
        return new Definition.InputValue(
                input.description(),
                input.name(),
                input.type(),
                input.defaultValue(),
                element(input.directives(), inside),
                input.location());
    }

    private Definition.EnumValue value(Definition.EnumValue value, boolean inside) {
        return new Definition.EnumValue(
                value.description(),
                value.name(),
                element(value.directives(), inside),
                value.location());
    }

    private List<Directive> element(List<Directive> directives, boolean inside) {
        return marked(directives, isSelected(inside || hasTag(directives, included)));
    }

    private boolean isSelected(boolean tagged) {
        return included.isEmpty() || tagged;
    }

    private List<Directive> marked(List<Directive> directives, boolean stays) {
        if (!isAccessible(directives) || (stays && !hasTag(directives, excluded))) {
            return directives;
        }
        List<Directive> marked = new ArrayList<>(directives);
        marked.add(new Directive(inaccessible, List.of(), SourceLocation.NONE));
        return marked;
    }

    private boolean isAccessible(List<Directive> directives) {
        return directives.stream().noneMatch(directive -> directive.name().equals(inaccessible));
    }

    private boolean hasTag(List<Directive> directives, Set<String> tags) {
        return directives.stream()
                .filter(directive -> directive.name().equals(tag))
                .map(directive -> directive.argument("name"))
                .anyMatch(
                        name -> name instanceof Value.StringValue(var text) && tags.contains(text));
    }

    private static boolean isLinked(Document supergraph, String spec) {
        return links(supergraph).stream().anyMatch(link -> url(link).contains(spec));
    }

    /// The name of a specification's directive in this document: what the link's `as` says.
    private static String linkedName(Document supergraph, String spec, String name) {
        for (Directive link : links(supergraph)) {
            if (url(link).contains(spec)
                    && link.argument("as") instanceof Value.StringValue(var alias)) {
                return alias;
            }
        }
        return name;
    }

    private static Set<Directive> links(Document supergraph) {
        Set<Directive> links = new LinkedHashSet<>();
        for (Definition.Schema schema : supergraph.definitions(Definition.Schema.class)) {
            links.addAll(schema.directives());
        }
        return links;
    }

    private static String url(Directive link) {
        Value url = link.argument("url") == null ? link.argument("feature") : link.argument("url");
        return url instanceof Value.StringValue(var text) ? text : "";
    }

    private static List<Definition> linked(List<Definition> definitions) {
        List<Definition> linked = new ArrayList<>();
        boolean pending = true;
        for (Definition definition : definitions) {
            if (pending && definition instanceof Definition.Schema schema) {
                linked.add(linked(schema));
                linked.add(inaccessibleDirective());
                pending = false;
            } else {
                linked.add(definition);
            }
        }
        return linked;
    }

    private static Definition.Schema linked(Definition.Schema schema) {
        List<Directive> directives = new ArrayList<>(schema.directives());
        directives.add(
                new Directive(
                        "link",
                        List.of(
                                argument("url", new Value.StringValue(INACCESSIBLE_URL)),
                                argument("for", new Value.EnumValue("SECURITY"))),
                        SourceLocation.NONE));
        return new Definition.Schema(
                schema.extension(),
                schema.description(),
                directives,
                schema.rootTypes(),
                schema.location());
    }

    private static Argument argument(String name, Value value) {
        return new Argument(name, value, SourceLocation.NONE);
    }

    private static Definition.DirectiveType inaccessibleDirective() {
        return new Definition.DirectiveType(
                null,
                "inaccessible",
                List.of(),
                false,
                INACCESSIBLE_LOCATIONS,
                SourceLocation.NONE);
    }
}
