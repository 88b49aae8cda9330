package dev.trivium.composition;

import dev.trivium.language.OperationType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What follows from the directives of a subgraph for its fields: which are external, provided,
/// shareable, or used by a directive. Computed once, when the schema no longer changes.
final class SubgraphFacts {
    private final SchemaModel model;
    private final Map<String, List<TypeElement>> implementations = new HashMap<>();
    private final Set<FieldElement> fakeExternals = new HashSet<>();
    private final Set<FieldElement> provided = new HashSet<>();
    private final Set<FieldElement> shareable = new HashSet<>();
    private final Set<FieldElement> used = new HashSet<>();

    SubgraphFacts(SchemaModel model) {
        this.model = model;
        for (TypeElement type : model.types.values()) {
            for (String itf : type.interfaces.keySet()) {
                implementations.computeIfAbsent(itf, _ -> new ArrayList<>()).add(type);
            }
        }
        for (TypeElement type : model.types.values()) {
            if (type.kind.isComposite()) {
                readKeys(type);
                type.fields.values().forEach(this::readField);
                readInterfaces(type);
                readShareable(type);
            }
        }
        readContexts();
    }

    /// The types that implement an interface, in the order of the text.
    List<TypeElement> implementations(String interfaceName) {
        return implementations.getOrDefault(interfaceName, List.of());
    }

    /// Whether the field only refers to one that another subgraph resolves. The key fields of an
    /// extension can always be resolved, marked external or not: that mark is of Federation 1.
    boolean isExternal(FieldElement field) {
        return (field.has(FederationDirective.EXTERNAL)
                        || (field.parent.kind == TypeElement.Kind.OBJECT
                                && field.parent.has(FederationDirective.EXTERNAL)))
                && !fakeExternals.contains(field);
    }

    boolean isFakeExternal(FieldElement field) {
        return fakeExternals.contains(field);
    }

    /// External, and not even provided at some path.
    boolean isFullyExternal(FieldElement field) {
        return isExternal(field) && !provided.contains(field);
    }

    /// Whether other subgraphs may resolve the field, too: it is marked so, or part of a key, or
    /// external and provided.
    boolean isShareable(FieldElement field) {
        return field.has(FederationDirective.SHAREABLE) || shareable.contains(field);
    }

    /// Whether a directive or an interface of the subgraph needs the field.
    boolean isUsed(FieldElement field) {
        return used.contains(field);
    }

    void addUsed(FieldElement field) {
        used.add(field);
    }

    private void readKeys(TypeElement type) {
        boolean extended = type.has(FederationDirective.EXTENDS);
        for (Applied key : type.all(FederationDirective.KEY)) {
            String text = key.text("fields");
            boolean ofExtension = key.block().extension() || extended;
            FieldSet.visit(
                    model,
                    type,
                    text,
                    null,
                    field -> {
                        if (ofExtension && field.has(FederationDirective.EXTERNAL)) {
                            fakeExternals.add(field);
                        }
                    });
            for (FieldElement field : FieldSet.fields(model, type, text, implementations)) {
                shareable.add(field);
                used.add(field);
            }
        }
    }

    private void readField(FieldElement field) {
        Applied requires = field.first(FederationDirective.REQUIRES);
        if (requires != null) {
            FieldSet.visit(
                    model, field.parent, requires.text("fields"), implementations, used::add);
        }
        Applied provides = field.first(FederationDirective.PROVIDES);
        TypeElement target = model.type(field.type.namedType());
        if (provides != null && target != null) {
            String text = provides.text("fields");
            for (FieldElement each : FieldSet.fields(model, target, text, implementations)) {
                used.add(each);
                provided.add(each);
                if (each.has(FederationDirective.EXTERNAL)
                        || each.parent.has(FederationDirective.EXTERNAL)) {
                    shareable.add(each);
                }
            }
        }
    }

    private void readInterfaces(TypeElement type) {
        for (String name : type.interfaces.keySet()) {
            TypeElement itf = model.type(name);
            if (itf != null) {
                for (String field : itf.fields.keySet()) {
                    FieldElement own = type.fields.get(field);
                    if (own != null) {
                        used.add(own);
                    }
                }
            }
        }
    }

    /// What arguments take from a context is used.
    private void readContexts() {
        Map<String, List<TypeElement>> contexts = ValidateContexts.contexts(model);
        if (contexts.isEmpty()) {
            return;
        }
        for (TypeElement type : model.types.values()) {
            for (FieldElement field : type.fields.values()) {
                for (InputElement argument : field.arguments.values()) {
                    Applied fromContext = argument.first(FederationDirective.FROM_CONTEXT);
                    String text = fromContext == null ? null : fromContext.text("field");
                    if (text != null) {
                        readContext(ContextArguments.parse(text), contexts);
                    }
                }
            }
        }
    }

    private void readContext(
            ContextArguments.Reference reference, Map<String, List<TypeElement>> contexts) {
        for (TypeElement setter : contexts.getOrDefault(reference.context(), List.of())) {
            FieldSet.visit(model, setter, reference.selection(), implementations, used::add);
        }
    }

    /// `@shareable` on a type holds for the fields of the same declaration.
    private void readShareable(TypeElement type) {
        for (Applied applied : type.all(FederationDirective.SHAREABLE)) {
            for (FieldElement field : type.fields.values()) {
                if (field.block.equals(applied.block())) {
                    shareable.add(field);
                }
            }
        }
    }

    boolean isRoot(TypeElement type) {
        for (OperationType operation : OperationType.values()) {
            if (type.name.equals(model.schema.roots.get(operation))) {
                return true;
            }
        }
        return false;
    }
}
