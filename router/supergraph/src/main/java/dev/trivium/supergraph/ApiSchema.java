package dev.trivium.supergraph;

import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.OperationType;
import dev.trivium.language.SourceLocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The schema that clients see: that of the supergraph without the machinery of the specifications
/// and without inaccessible elements. Of applied directives, only those of the GraphQL
/// specification stay.
public final class ApiSchema {
    /// The standard name of the directive that hides an element.
    static final String INACCESSIBLE = "inaccessible";

    /// Directives that the router itself offers or does not, whatever subgraphs define.
    private static final Set<String> ROUTER_DIRECTIVES = Set.of("defer", "stream");

    private static final Set<String> STANDARD_DIRECTIVES =
            Set.of("deprecated", "specifiedBy", "oneOf");

    private final Supergraph supergraph;

    private ApiSchema(Supergraph supergraph) {
        this.supergraph = supergraph;
    }

    /// The document has definitions only, in the order of the supergraph.
    public static Document of(Supergraph supergraph) {
        return new ApiSchema(supergraph).document();
    }

    private Document document() {
        List<Definition> definitions = new ArrayList<>();
        if (needsSchemaDefinition()) {
            definitions.add(schema());
        }
        for (Definition.DirectiveType directive : supergraph.directives()) {
            if (ROUTER_DIRECTIVES.contains(directive.name())) {
                continue;
            }
            definitions.add(
                    new Definition.DirectiveType(
                            directive.description(),
                            directive.name(),
                            arguments(directive.arguments()),
                            directive.repeatable(),
                            directive.locations(),
                            directive.location()));
        }
        for (SupergraphType type : supergraph.types().values()) {
            if (!type.inaccessible()) {
                definitions.add(definition(type));
            }
        }
        return new Document(definitions);
    }

    /// Whether the root types or the description differ from what is taken for granted.
    private boolean needsSchemaDefinition() {
        for (OperationType operation : OperationType.values()) {
            String name = operation.defaultTypeName();
            String root = supergraph.rootTypes().get(operation);
            if (root == null ? supergraph.types().containsKey(name) : !root.equals(name)) {
                return true;
            }
        }
        return supergraph.description() != null;
    }

    private Definition.Schema schema() {
        List<Definition.RootType> roots = new ArrayList<>();
        for (Map.Entry<OperationType, String> root : supergraph.rootTypes().entrySet()) {
            if (isVisible(root.getValue())) {
                roots.add(
                        new Definition.RootType(
                                root.getKey(), root.getValue(), SourceLocation.NONE));
            }
        }
        return new Definition.Schema(
                false, supergraph.description(), List.of(), roots, SourceLocation.NONE);
    }

    private Definition.Type definition(SupergraphType type) {
        @Nullable String description = type.description();
        List<Directive> directives = standard(type.directives());
        return switch (type) {
            case SupergraphType.ScalarType scalar ->
                    new Definition.ScalarType(
                            false, description, scalar.name(), directives, SourceLocation.NONE);
            case SupergraphType.ObjectType object ->
                    new Definition.ObjectType(
                            false,
                            description,
                            object.name(),
                            interfaces(object),
                            directives,
                            fields(object),
                            SourceLocation.NONE);
            case SupergraphType.InterfaceType interfaceType ->
                    new Definition.InterfaceType(
                            false,
                            description,
                            interfaceType.name(),
                            interfaces(interfaceType),
                            directives,
                            fields(interfaceType),
                            SourceLocation.NONE);
            case SupergraphType.UnionType union ->
                    new Definition.UnionType(
                            false,
                            description,
                            union.name(),
                            directives,
                            union.members().keySet().stream().filter(this::isVisible).toList(),
                            SourceLocation.NONE);
            case SupergraphType.EnumType enumType ->
                    new Definition.EnumType(
                            false,
                            description,
                            enumType.name(),
                            directives,
                            values(enumType),
                            SourceLocation.NONE);
            case SupergraphType.InputObjectType input ->
                    new Definition.InputObjectType(
                            false,
                            description,
                            input.name(),
                            directives,
                            inputFields(input),
                            SourceLocation.NONE);
        };
    }

    private List<String> interfaces(SupergraphType.Composite type) {
        return type.interfaces().stream()
                .map(SupergraphType.JoinImplements::interfaceName)
                .distinct()
                .filter(this::isVisible)
                .toList();
    }

    private List<Definition.FieldDefinition> fields(SupergraphType.Composite type) {
        return type.fields().values().stream()
                .filter(field -> !field.inaccessible())
                .map(field ->
                        new Definition.FieldDefinition(
                                field.description(),
                                field.name(),
                                arguments(field.arguments().values()),
                                field.type(),
                                standard(field.directives()),
                                SourceLocation.NONE))
                .toList();
    }

    private static List<Definition.InputValue> arguments(
            Collection<Definition.InputValue> arguments) {
        return arguments.stream()
                .filter(argument ->
                        argument.directives().stream()
                                .noneMatch(directive -> directive.name().equals(INACCESSIBLE)))
                .map(argument ->
                        new Definition.InputValue(
                                argument.description(),
                                argument.name(),
                                argument.type(),
                                argument.defaultValue(),
                                standard(argument.directives()),
                                SourceLocation.NONE))
                .toList();
    }

    private static List<Definition.EnumValue> values(SupergraphType.EnumType type) {
        return type.values().values().stream()
                .filter(value -> !value.inaccessible())
                .map(value ->
                        new Definition.EnumValue(
                                value.description(),
                                value.name(),
                                standard(value.directives()),
                                SourceLocation.NONE))
                .toList();
    }

    private static List<Definition.InputValue> inputFields(SupergraphType.InputObjectType type) {
        return type.fields().values().stream()
                .filter(field -> !field.inaccessible())
                .map(field ->
                        new Definition.InputValue(
                                field.description(),
                                field.name(),
                                field.type(),
                                field.defaultValue(),
                                standard(field.directives()),
                                SourceLocation.NONE))
                .toList();
    }

    private boolean isVisible(String typeName) {
        SupergraphType type = supergraph.types().get(typeName);
        return type != null && !type.inaccessible();
    }

    private static List<Directive> standard(List<Directive> directives) {
        return directives.stream()
                .filter(directive -> STANDARD_DIRECTIVES.contains(directive.name()))
                .toList();
    }
}
