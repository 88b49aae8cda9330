package dev.trivium.supergraph;

import static dev.trivium.supergraph.SupergraphReader.INVALID;

import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.SourceLocation;
import dev.trivium.language.TypeReference;
import dev.trivium.language.Value;
import dev.trivium.supergraph.SupergraphType.ContextArgument;
import dev.trivium.supergraph.SupergraphType.JoinField;
import dev.trivium.supergraph.SupergraphType.JoinImplements;
import dev.trivium.supergraph.SupergraphType.JoinType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the applications of the join specification's directives, each on its own: what they leave
/// out is added later.
final class JoinDirectives {
    private final LinkedSpec join;
    private final List<Issue> issues;
    private final Map<String, Subgraph> subgraphs = new LinkedHashMap<>();

    JoinDirectives(LinkedSpec join, Document document, List<Issue> issues) {
        this.join = join;
        this.issues = issues;
        readSubgraphs(document);
    }

    /// In the order of the enum.
    List<Subgraph> subgraphs() {
        return List.copyOf(subgraphs.values());
    }

    private void readSubgraphs(Document document) {
        String enumName = join.type("Graph");
        for (Definition.EnumType type : document.definitions(Definition.EnumType.class)) {
            if (type.name().equals(enumName)) {
                type.values().forEach(this::readSubgraph);
            }
        }
        if (subgraphs.isEmpty()) {
            issues.add(
                    new Issue(
                            INVALID,
                            "The enum " + enumName + " must list the subgraphs.",
                            List.of()));
        }
    }

    private void readSubgraph(Definition.EnumValue value) {
        String graphDirective = join.directive("graph");
        for (Directive directive : value.directives()) {
            if (directive.name().equals(graphDirective)) {
                Subgraph subgraph =
                        new Subgraph(
                                subgraphs.size(),
                                value.name(),
                                LinkedSpecs.string(directive, "name"),
                                LinkedSpecs.string(directive, "url"));
                if (subgraph.name().isEmpty()) {
                    invalid("A subgraph needs a name", directive);
                }
                if (subgraphs.putIfAbsent(value.name(), subgraph) != null) {
                    invalid("There are two subgraphs " + value.name(), directive);
                }
                return;
            }
        }
        issues.add(
                new Issue(
                        INVALID,
                        "The subgraph %s needs @%s.".formatted(value.name(), graphDirective),
                        value.location()));
    }

    List<JoinType> types(List<Directive> directives) {
        List<JoinType> joins = new ArrayList<>();
        for (Directive directive : named(directives, "type")) {
            Integer subgraph = subgraph(directive);
            if (subgraph != null) {
                joins.add(
                        new JoinType(
                                subgraph,
                                fieldSet(directive, "key"),
                                flag(directive, "resolvable", true),
                                flag(directive, "extension", false),
                                flag(directive, "isInterfaceObject", false)));
            }
        }
        return List.copyOf(joins);
    }

    /// The owner of an entity (version 0.1), or null.
    @Nullable Integer owner(List<Directive> directives) {
        List<Directive> owners = named(directives, "owner");
        return owners.isEmpty() ? null : subgraph(owners.getFirst());
    }

    List<JoinImplements> interfaces(List<Directive> directives) {
        List<JoinImplements> joins = new ArrayList<>();
        for (Directive directive : named(directives, "implements")) {
            Integer subgraph = subgraph(directive);
            if (subgraph != null) {
                joins.add(new JoinImplements(subgraph, LinkedSpecs.string(directive, "interface")));
            }
        }
        return List.copyOf(joins);
    }

    /// By subgraph, the members of a union.
    Map<String, List<Integer>> members(List<Directive> directives) {
        Map<String, List<Integer>> members = new LinkedHashMap<>();
        for (Directive directive : named(directives, "unionMember")) {
            Integer subgraph = subgraph(directive);
            if (subgraph != null) {
                members.computeIfAbsent(
                                LinkedSpecs.string(directive, "member"), _ -> new ArrayList<>())
                        .add(subgraph);
            }
        }
        return members;
    }

    /// The subgraphs of an enum value, or null where nothing is said about it.
    @Nullable List<Integer> enumValue(List<Directive> directives) {
        List<Directive> found = named(directives, "enumValue");
        return found.isEmpty() ? null : subgraphs(found);
    }

    private List<Integer> subgraphs(List<Directive> directives) {
        List<Integer> numbers = new ArrayList<>();
        for (Directive directive : directives) {
            Integer subgraph = subgraph(directive);
            if (subgraph != null) {
                numbers.add(subgraph);
            }
        }
        return List.copyOf(numbers);
    }

    /// Where a field exists, or null where nothing is said about it. A `@join__field` without a
    /// subgraph says that it exists in none.
    ///
    /// @param type of the field in the supergraph
    @Nullable List<JoinField> fields(List<Directive> directives, TypeReference type) {
        List<Directive> found = named(directives, "field");
        if (found.isEmpty()) {
            return null;
        }
        List<JoinField> joins = new ArrayList<>();
        for (Directive directive : found) {
            if (directive.argument("graph") == null
                    || directive.argument("graph") instanceof Value.NullValue) {
                continue;
            }
            Integer subgraph = subgraph(directive);
            if (subgraph != null) {
                joins.add(field(directive, subgraph, type));
            }
        }
        return List.copyOf(joins);
    }

    private JoinField field(Directive directive, int subgraph, TypeReference type) {
        TypeReference own = type(directive);
        String label = text(directive, "overrideLabel");
        // With a label the field is still resolved there while the label is off.
        boolean overridden = flag(directive, "usedOverridden", false) && label == null;
        return new JoinField(
                subgraph,
                type.equals(own) ? null : own,
                fieldSet(directive, "requires"),
                fieldSet(directive, "provides"),
                flag(directive, "external", false) || overridden,
                text(directive, "override"),
                label,
                contextArguments(directive));
    }

    private @Nullable TypeReference type(Directive directive) {
        String text = text(directive, "type");
        if (text == null) {
            return null;
        }
        return switch (Parser.parseType(text)) {
            case Outcome.Accepted<TypeReference>(var type) -> type;
            case Outcome.Rejected<TypeReference> _ -> {
                invalid("\"" + text + "\" is not a type", directive);
                yield null;
            }
        };
    }

    private static List<ContextArgument> contextArguments(Directive directive) {
        if (!(directive.argument("contextArguments") instanceof Value.ListValue(var elements))) {
            return List.of();
        }
        List<ContextArgument> arguments = new ArrayList<>();
        for (Value element : elements) {
            if (element instanceof Value.ObjectValue(var fields)) {
                arguments.add(
                        new ContextArgument(
                                text(fields, "name"),
                                text(fields, "type"),
                                text(fields, "context"),
                                text(fields, "selection")));
            }
        }
        return List.copyOf(arguments);
    }

    private static String text(Map<String, Value> fields, String name) {
        return fields.get(name) instanceof Value.StringValue(var text) ? text : "";
    }

    private @Nullable String fieldSet(Directive directive, String argument) {
        String text = text(directive, argument);
        if (text != null
                && Parser.parseSelections(text) instanceof Outcome.Rejected<?>(var reasons)) {
            invalid(
                    "\"%s\" is not a field set (%s)".formatted(text, reasons.getFirst().message()),
                    directive);
            return null;
        }
        return text;
    }

    private static @Nullable String text(Directive directive, String argument) {
        return directive.argument(argument) instanceof Value.StringValue(var text) ? text : null;
    }

    private static boolean flag(Directive directive, String argument, boolean standard) {
        return directive.argument(argument) instanceof Value.BooleanValue(var value)
                ? value
                : standard;
    }

    /// The number of the subgraph that `graph:` names, or null where that is none.
    private @Nullable Integer subgraph(Directive directive) {
        Subgraph subgraph =
                directive.argument("graph") instanceof Value.EnumValue(var name)
                        ? subgraphs.get(name)
                        : null;
        if (subgraph == null) {
            invalid(
                    "@%s must name a value of the enum %s as its graph"
                            .formatted(directive.name(), join.type("Graph")),
                    directive);
            return null;
        }
        return subgraph.index();
    }

    private List<Directive> named(List<Directive> directives, String element) {
        String name = join.directive(element);
        return directives.stream().filter(directive -> directive.name().equals(name)).toList();
    }

    private void invalid(String message, Directive directive) {
        report(message + ".", directive.location());
    }

    private void report(String message, SourceLocation location) {
        issues.add(new Issue(INVALID, message, location));
    }
}
