package dev.trivium.composition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The types that clients can meet in an answer or must name in a request, from the root types on,
/// through what is not hidden.
///
/// An interface that only some reachable type implements is reachable, because clients may ask for
/// it in a fragment; its other implementations are not, because no field leads to them.
final class ReachableTypes {
    private final SchemaModel model;
    private final Map<String, List<String>> implementations = new HashMap<>();
    private final Set<String> met = new HashSet<>();
    private final Set<String> returned = new HashSet<>();
    private final Deque<TypeElement> pending = new ArrayDeque<>();

    private ReachableTypes(SchemaModel model) {
        this.model = model;
        for (TypeElement type : model.types.values()) {
            for (String name : type.interfaces.keySet()) {
                implementations.computeIfAbsent(name, _ -> new ArrayList<>()).add(type.name);
            }
        }
    }

    static Set<String> of(MergeContext context) {
        var reachable = new ReachableTypes(context.merged);
        context.merged.schema.roots.values().forEach(reachable::meet);
        for (String name : context.executableDirectives) {
            DirectiveElement directive = context.merged.directives.get(name);
            if (directive != null) {
                directive.arguments.values().forEach(reachable::refer);
            }
        }
        for (var custom : context.composed.custom().values()) {
            custom.definition().arguments.values().forEach(reachable::refer);
        }
        reachable.walk();
        return reachable.met;
    }

    private void walk() {
        for (var type = pending.poll(); type != null; type = pending.poll()) {
            for (FieldElement field : type.fields.values()) {
                if (!CheckInaccessible.isHidden(field)) {
                    refer(field.type.namedType());
                    field.arguments.values().forEach(this::refer);
                }
            }
            type.inputs.values().forEach(this::refer);
            type.members.keySet().forEach(this::meet);
            type.interfaces.keySet().forEach(this::meet);
        }
    }

    private void refer(InputElement input) {
        if (!CheckInaccessible.isHidden(input)) {
            refer(input.type.namedType());
        }
    }

    /// What a field or an input names: of an interface, any implementation may be the answer.
    private void refer(String name) {
        meet(name);
        if (met.contains(name) && returned.add(name)) {
            implementations.getOrDefault(name, List.of()).forEach(this::meet);
        }
    }

    private void meet(String name) {
        TypeElement type = model.type(name);
        if (type != null && !CheckInaccessible.isHidden(type) && met.add(name)) {
            pending.add(type);
        }
    }
}
