package dev.trivium.execution;

import dev.trivium.language.Definition;
import dev.trivium.language.Document;
import dev.trivium.language.OperationType;
import dev.trivium.language.Parser;
import dev.trivium.language.Selection;
import dev.trivium.language.Value;
import dev.trivium.planner.plan.Condition;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.Fetch.EntityGroup;
import dev.trivium.planner.plan.Fetch.FetchField;
import dev.trivium.planner.plan.Fetch.PathStep;
import dev.trivium.planner.plan.Fetch.Representation;
import dev.trivium.planner.plan.Fetch.RepresentationField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Fetches written by hand.
///
///     fetch events after 0 if $withEvents
///     entities at me, [Admin|Guest]actor.friend for User {id}
///     query($representations:[_Any!]!){_entities(representations:$representations){...on User{name}}}
///
/// There is one line `entities` for each field of the document. It names the places of the
/// objects, and after `for` how an object of some types is represented: `Dog|Cat as Animal {id}`.
/// Without such lines the fetch is one of root fields.
final class PlanText {

    private PlanText() {}

    static Fetch fetch(int id, List<String> subgraphs, List<String> lines) {
        List<String> head = List.of(lines.getFirst().strip().split("\\s+"));
        List<String> entityLines =
                lines.stream().filter(line -> line.startsWith("entities at ")).toList();
        String document =
                String.join(
                                " ",
                                lines.stream()
                                        .skip(1)
                                        .filter(line -> !line.startsWith("entities at "))
                                        .map(String::strip)
                                        .toList())
                        .strip();
        Document parsed = TestSchema.operation(document);
        Definition.Operation operation = parsed.definitions(Definition.Operation.class).getFirst();
        Fetch.Target target =
                entityLines.isEmpty()
                        ? new Fetch.Root(fields(operation.selections()))
                        : new Fetch.Entities(groups(operation.selections(), entityLines));
        return new Fetch(
                id,
                subgraphs.indexOf(head.get(1)),
                operation.type() == OperationType.MUTATION
                        ? OperationType.MUTATION
                        : OperationType.QUERY,
                document,
                operation.variables().stream()
                        .map(Definition.VariableDefinition::name)
                        .filter(name -> !isRepresentations(target, name))
                        .toList(),
                after(head),
                condition(head),
                target);
    }

    private static boolean isRepresentations(Fetch.Target target, String variable) {
        return target instanceof Fetch.Entities(List<EntityGroup> groups)
                && groups.stream().anyMatch(group -> group.variable().equals(variable));
    }

    private static List<Integer> after(List<String> head) {
        int at = head.indexOf("after");
        return at < 0
                ? List.of()
                : Arrays.stream(head.get(at + 1).split(",")).map(Integer::valueOf).toList();
    }

    private static Condition condition(List<String> head) {
        List<Condition.Literal> literals = new ArrayList<>();
        for (int i = 0; i < head.size(); i++) {
            if (head.get(i).startsWith("$")) {
                boolean value = !head.get(i - 1).equals("unless");
                literals.add(new Condition.Literal(head.get(i).substring(1), value));
            }
        }
        return new Condition(literals);
    }

    private static List<EntityGroup> groups(List<Selection> fields, List<String> lines) {
        List<EntityGroup> groups = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Selection.Field field = (Selection.Field) fields.get(i);
            String[] parts = lines.get(i).substring("entities at ".length()).split(" for ", -1);
            Value variable = field.arguments().getFirst().value();
            groups.add(
                    new EntityGroup(
                            field.responseKey(),
                            ((Value.Variable) variable).name(),
                            Arrays.stream(parts[0].split(",")).map(PlanText::path).toList(),
                            Arrays.stream(parts).skip(1).map(PlanText::representation).toList(),
                            fields(field.selections())));
        }
        return groups;
    }

    private static List<PathStep> path(String text) {
        return Arrays.stream(text.strip().split("\\."))
                .map(step -> {
                    int close = step.indexOf(']');
                    return close < 0
                            ? new PathStep(step, List.of())
                            : new PathStep(
                                    step.substring(close + 1),
                                    List.of(step.substring(1, close).split("\\|")));
                })
                .toList();
    }

    private static Representation representation(String text) {
        int brace = text.indexOf('{');
        String[] types = text.substring(0, brace).strip().split(" as ", -1);
        List<Selection> fields =
                TestSchema.accepted(Parser.parseSelections(text.substring(brace).strip()));
        return new Representation(
                List.of(types[0].split("\\|")),
                types.length > 1 ? types[1] : null,
                types.length > 1,
                representationFields(fields, List.of()));
    }

    private static List<RepresentationField> representationFields(
            List<Selection> selections, List<String> types) {
        List<RepresentationField> fields = new ArrayList<>();
        for (Selection selection : selections) {
            switch (selection) {
                case Selection.Field field ->
                        fields.add(
                                new RepresentationField(
                                        field.name(),
                                        field.responseKey(),
                                        types,
                                        representationFields(field.selections(), List.of())));
                case Selection.InlineFragment fragment ->
                        fields.addAll(
                                representationFields(
                                        fragment.selections(),
                                        List.of(Objects.requireNonNull(fragment.typeCondition()))));
                case Selection.FragmentSpread spread -> throw new AssertionError(spread.toString());
            }
        }
        return fields;
    }

    /// The fields of a selection set, merged by key over all type conditions. Every object below
    /// may say its `__typename`, whether the text asks for it or not.
    static List<FetchField> fields(List<Selection> selections) {
        Map<String, List<Selection>> byKey = new LinkedHashMap<>();
        flatten(selections)
                .forEach(field ->
                        byKey.computeIfAbsent(field.responseKey(), _ -> new ArrayList<>())
                                .addAll(field.selections()));
        return byKey.entrySet().stream()
                .map(entry -> new FetchField(entry.getKey(), nested(entry.getValue())))
                .toList();
    }

    private static List<FetchField> nested(List<Selection> selections) {
        List<FetchField> fields = new ArrayList<>(fields(selections));
        FetchField typename = new FetchField("__typename", List.of());
        if (!fields.isEmpty() && !fields.contains(typename)) {
            fields.add(typename);
        }
        return fields;
    }

    private static Stream<Selection.Field> flatten(List<Selection> selections) {
        return selections.stream()
                .flatMap(selection ->
                        switch (selection) {
                            case Selection.Field field -> Stream.of(field);
                            case Selection.InlineFragment fragment ->
                                    flatten(fragment.selections());
                            case Selection.FragmentSpread spread ->
                                    throw new AssertionError(spread.toString());
                        });
    }
}
