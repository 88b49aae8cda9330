package dev.trivium.planner.proof;

import dev.trivium.language.Selection;
import dev.trivium.planner.plan.Fetch;
import dev.trivium.planner.plan.Fetch.Representation;
import dev.trivium.planner.plan.Fetch.RepresentationField;
import dev.trivium.planner.proof.MergedTree.Node;
import dev.trivium.planner.proof.MergedTree.Slot;
import dev.trivium.supergraph.SupergraphType.JoinField;
import dev.trivium.supergraph.SupergraphType.JoinType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks that representations hold a key that the subgraph resolves and all that the wanted fields
/// require, read from fields of the right name and arguments that were fetched in time.
final class InputCheck {
    private static final String TYPENAME = "__typename";

    private final SchemaView schema;
    private final Set<String> problems;
    private final Set<String> absences;

    /// @param absences gets what an entity lacks; the executor leaves such entities out
    InputCheck(SchemaView schema, Set<String> problems, Set<String> absences) {
        this.schema = schema;
        this.problems = problems;
        this.absences = absences;
    }

    /// Objects to be sent.
    ///
    /// @param ended the fetches that have ended by then
    /// @param what begins a problem's text
    record Entity(Fetch fetch, Node node, String type, Set<Integer> ended, String what) {
        private Entity below(Slot slot, String kind) {
            return new Entity(fetch, slot.below, kind, ended, what + "." + slot.name);
        }
    }

    /// @param wanted the names of the fields that are asked for
    /// @return whether the representation can be written
    boolean check(Entity entity, Representation sent, List<String> wanted) {
        int subgraph = entity.fetch().subgraph();
        String typename = Objects.requireNonNullElse(sent.typename(), entity.type());
        if (!typename.equals(entity.type()) && !isInterfaceOf(typename, entity.type(), subgraph)) {
            problems.add(entity.what() + " as " + typename + ": the subgraph has no such entity");
            return false;
        }
        boolean known = sent.untold() || isThere(entity, TYPENAME);
        if (!isThere(entity, sent.fields()) || !known) {
            return false;
        }
        List<String> missing = new ArrayList<>();
        boolean complete = false;
        for (JoinType join : schema.keys(typename, subgraph)) {
            String problem = missing(entity, sent.fields(), Data.selections(key(join)));
            complete |= problem == null;
            missing.add(String.valueOf(problem));
        }
        if (!complete) {
            problems.add(entity.what() + " a key: " + missing);
        }
        for (String name : wanted) {
            JoinField join = name.equals(TYPENAME) ? null : schema.join(typename, name, subgraph);
            if (join != null && join.requires() != null) {
                List<Selection> requires = Data.selections(join.requires());
                String problem = missing(entity, sent.fields(), requires);
                if (problem != null) {
                    problems.add(entity.what() + " for " + name + ": " + problem);
                }
            }
        }
        return true;
    }

    /// Whether a subgraph knows an object as one of an interface, which may have a key.
    private boolean isInterfaceOf(String name, String type, int subgraph) {
        return schema.isAbstract(name) && schema.possibleIn(name, subgraph).contains(type);
    }

    private static String key(JoinType join) {
        return Objects.requireNonNull(join.key());
    }

    private boolean isThere(Entity entity, String planKey) {
        Slot slot = entity.node().find(entity.type(), planKey);
        boolean there = slot != null && slot.isThere(entity.ended());
        if (!there) {
            absences.add(entity.what() + " " + planKey + ": nobody fetches it in time");
        }
        return there;
    }

    /// Everything that is written must be there: an object without it is left out.
    private boolean isThere(Entity entity, List<RepresentationField> fields) {
        boolean there = true;
        for (RepresentationField field : fields) {
            if (!applies(field, entity.type())) {
                continue;
            }
            Slot slot = entity.node().find(entity.type(), field.planKey());
            if (!isThere(entity, field.planKey()) || slot == null) {
                there = false;
            } else if (!slot.name.equals(field.name())) {
                problems.add(entity.what() + " " + field.name() + ": " + slot + " is sent");
            } else if (!field.fields().isEmpty()) {
                for (String kind : schema.kinds(entity.type(), slot.name)) {
                    there &= isThere(entity.below(slot, kind), field.fields());
                }
            }
        }
        return there;
    }

    private static boolean applies(RepresentationField field, String type) {
        return field.types().isEmpty() || field.types().contains(type);
    }

    /// What of a field set is not written, or written from a field with other arguments; or null.
    private @Nullable String missing(
            Entity entity, List<RepresentationField> fields, List<Selection> set) {
        for (Selection selection : set) {
            String problem =
                    switch (selection) {
                        case Selection.Field field -> missing(entity, fields, field);
                        case Selection.InlineFragment inline -> {
                            String on = inline.typeCondition();
                            boolean is = on == null || schema.possible(on).contains(entity.type());
                            yield is ? missing(entity, fields, inline.selections()) : null;
                        }
                        case Selection.FragmentSpread _ -> throw new AssertionError("a spread");
                    };
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private @Nullable String missing(
            Entity entity, List<RepresentationField> fields, Selection.Field wanted) {
        RepresentationField found =
                fields.stream()
                        .filter(it -> it.name().equals(wanted.name()))
                        .filter(it -> applies(it, entity.type()))
                        .findFirst()
                        .orElse(null);
        Slot slot = found == null ? null : entity.node().find(entity.type(), found.planKey());
        if (found == null || slot == null) {
            return wanted.name() + " of " + entity.type() + " is not sent";
        }
        if (!slot.arguments.equals(ClientSelections.arguments(wanted))) {
            return wanted.name() + " is sent with the arguments " + slot.arguments;
        }
        for (String kind : schema.kinds(entity.type(), wanted.name())) {
            String problem =
                    wanted.selections().isEmpty()
                            ? null
                            : missing(
                                    entity.below(slot, kind), found.fields(), wanted.selections());
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    /// What of a field set stands below a field.
    List<Selection> below(List<Selection> set, String field, String type) {
        return fields(set, type).stream()
                .filter(it -> it.name().equals(field))
                .flatMap(it -> it.selections().stream())
                .toList();
    }

    /// Whether a field set has a field.
    boolean provides(List<Selection> set, String field, String type) {
        return fields(set, type).stream().anyMatch(it -> it.name().equals(field));
    }

    private List<Selection.Field> fields(List<Selection> set, String type) {
        List<Selection.Field> fields = new ArrayList<>();
        for (Selection selection : set) {
            switch (selection) {
                case Selection.Field field -> fields.add(field);
                case Selection.InlineFragment inline -> {
                    String on = inline.typeCondition();
                    if (on == null || schema.possible(on).contains(type)) {
                        fields.addAll(fields(inline.selections(), type));
                    }
                }
                case Selection.FragmentSpread _ -> throw new AssertionError("a spread");
            }
        }
        return fields;
    }
}
