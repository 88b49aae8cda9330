package dev.trivium.supergraph;

import dev.trivium.language.Definition;
import dev.trivium.language.DefinitionReferences;
import dev.trivium.language.DirectiveLocations;
import dev.trivium.language.Document;
import dev.trivium.language.Issue;
import dev.trivium.language.OperationType;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.supergraph.SupergraphType.JoinType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the output of composition, by this project or by others: the specifications `link` 1.0 or
/// `core` 0.1 and 0.2, `join` 0.1 to 0.5, `inaccessible`, `tag` and the other ones of Federation,
/// under any names that the links give them.
///
/// All that is wrong is reported, with the codes `INVALID_GRAPHQL` (the text is not GraphQL),
/// `INVALID_FEDERATION_SUPERGRAPH` and `UNSUPPORTED_FEATURE`.
public final class SupergraphReader {
    static final String INVALID = "INVALID_FEDERATION_SUPERGRAPH";
    static final String UNSUPPORTED = "UNSUPPORTED_FEATURE";

    private static final SpecVersion JOIN_0_1 = new SpecVersion(0, 1);

    private static final Set<String> BUILT_IN_SCALARS =
            Set.of("Int", "Float", "String", "Boolean", "ID");

    private static final Set<String> STANDARD_DIRECTIVES =
            Set.of("skip", "include", "deprecated", "specifiedBy", "oneOf");

    private final Document document;
    private final List<Issue> issues = new ArrayList<>();

    private SupergraphReader(Document document) {
        this.document = document;
    }

    /// Reads the text of a supergraph.
    public static Outcome<Supergraph> read(String sdl) {
        return Parser.parseSchema(sdl, null).then(SupergraphReader::read);
    }

    /// Reads a supergraph.
    public static Outcome<Supergraph> read(Document document) {
        return new SupergraphReader(document).read();
    }

    private Outcome<Supergraph> read() {
        ReadableSpecs specs = ReadableSpecs.of(document, issues);
        if (specs.join() == null) {
            return new Outcome.Rejected<>(issues);
        }
        List<Definition> definitions = schemaItself(specs);
        checkDefinitions(definitions);
        JoinDirectives joins = new JoinDirectives(specs.join(), document, issues);
        boolean first = JOIN_0_1.equals(specs.join().url().version());
        SequencedMap<String, SupergraphType> types = types(definitions, specs, joins, first);
        if (first) {
            types = AddFieldsOfFieldSets.to(types);
        }
        SequencedMap<OperationType, String> roots = rootTypes(types);
        CheckFieldSets.of(types, issues);
        if (!issues.isEmpty()) {
            return new Outcome.Rejected<>(issues);
        }
        return new Outcome.Accepted<>(
                new Supergraph(
                        description(),
                        joins.subgraphs(),
                        roots,
                        types,
                        directives(definitions),
                        specs.requiredFeatures()));
    }

    /// The definitions without the machinery of the linked specifications.
    private List<Definition> schemaItself(ReadableSpecs specs) {
        List<Definition> definitions = new ArrayList<>();
        for (Definition definition : document.definitions()) {
            boolean keep =
                    switch (definition) {
                        case Definition.Type type ->
                                !specs.ownType(type.name())
                                        && !BUILT_IN_SCALARS.contains(type.name());
                        case Definition.DirectiveType directive ->
                                isForClients(directive)
                                        && !specs.ownDirective(directive.name())
                                        && !STANDARD_DIRECTIVES.contains(directive.name());
                        case Definition.Schema _ -> true;
                        case Definition.Executable _ -> false;
                    };
            if (keep) {
                definitions.add(definition);
            }
        }
        return definitions;
    }

    private static boolean isForClients(Definition.DirectiveType directive) {
        return directive.locations().stream().anyMatch(DirectiveLocations::isExecutable);
    }

    private void checkDefinitions(List<Definition> definitions) {
        for (Definition definition : definitions) {
            if (definition instanceof Definition.Type type && type.extension()) {
                issues.add(
                        new Issue(
                                INVALID,
                                "A supergraph cannot extend a type, as it does "
                                        + type.name()
                                        + ".",
                                type.location()));
                return;
            }
        }
        for (Issue issue : DefinitionReferences.check(new Document(definitions))) {
            issues.add(new Issue(INVALID, issue.message(), issue.locations()));
        }
    }

    private SequencedMap<String, SupergraphType> types(
            List<Definition> definitions,
            ReadableSpecs specs,
            JoinDirectives joins,
            boolean valueTypesEverywhere) {
        Map<String, List<JoinType>> joinsByType = new LinkedHashMap<>();
        List<Definition.Type> types = new ArrayList<>();
        for (Definition definition : definitions) {
            if (definition instanceof Definition.Type type) {
                List<JoinType> said = joins.types(type.directives());
                if (said.isEmpty() && valueTypesEverywhere) {
                    said = everywhere(joins.subgraphs());
                } else if (said.isEmpty()) {
                    issues.add(
                            new Issue(
                                    INVALID,
                                    "The type "
                                            + type.name()
                                            + " must name the subgraphs that have it, with @join__type.",
                                    type.location()));
                }
                joinsByType.put(type.name(), said);
                types.add(type);
            }
        }
        TypeReader reader = new TypeReader(specs, joins, joinsByType);
        SequencedMap<String, SupergraphType> read = new LinkedHashMap<>();
        types.forEach(type -> read.put(type.name(), reader.read(type)));
        return Collections.unmodifiableSequencedMap(read);
    }

    private static List<JoinType> everywhere(List<Subgraph> subgraphs) {
        return subgraphs.stream()
                .map(subgraph -> new JoinType(subgraph.index(), null, true, false, false))
                .toList();
    }

    private SequencedMap<OperationType, String> rootTypes(Map<String, SupergraphType> types) {
        SequencedMap<OperationType, String> roots = new LinkedHashMap<>();
        for (Definition.Schema schema : document.definitions(Definition.Schema.class)) {
            schema.rootTypes().forEach(root -> roots.put(root.operation(), root.typeName()));
        }
        if (roots.isEmpty()) {
            for (OperationType operation : OperationType.values()) {
                if (types.get(operation.defaultTypeName()) instanceof SupergraphType.ObjectType) {
                    roots.put(operation, operation.defaultTypeName());
                }
            }
        }
        if (!roots.containsKey(OperationType.QUERY)) {
            issues.add(new Issue(INVALID, "The supergraph has no query type.", List.of()));
        }
        return Collections.unmodifiableSequencedMap(roots);
    }

    private @Nullable String description() {
        for (Definition.Schema schema : document.definitions(Definition.Schema.class)) {
            if (schema.description() != null) {
                return schema.description();
            }
        }
        return null;
    }

    private static List<Definition.DirectiveType> directives(List<Definition> definitions) {
        List<Definition.DirectiveType> directives = new ArrayList<>();
        for (Definition definition : definitions) {
            if (definition instanceof Definition.DirectiveType directive) {
                directives.add(
                        new Definition.DirectiveType(
                                directive.description(),
                                directive.name(),
                                directive.arguments(),
                                directive.repeatable(),
                                directive.locations().stream()
                                        .filter(DirectiveLocations::isExecutable)
                                        .toList(),
                                directive.location()));
            }
        }
        return List.copyOf(directives);
    }
}
