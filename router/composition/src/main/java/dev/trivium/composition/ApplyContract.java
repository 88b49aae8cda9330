package dev.trivium.composition;

import dev.trivium.language.Issue;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Hides the elements of a supergraph that a {@link Contract} does not show.
final class ApplyContract {
    private final MergeContext context;
    private final SchemaModel model;
    private final Contract contract;
    private final String inaccessible;
    private boolean hidden;

    private ApplyContract(MergeContext context, Contract contract) {
        this.context = context;
        this.model = context.merged;
        this.contract = contract;
        this.inaccessible = context.composed.name(FederationDirective.INACCESSIBLE);
    }

    /// @param context of a supergraph that is complete
    /// @param report takes what is wrong with the rest
    static void apply(MergeContext context, Contract contract, Report report) {
        var apply = new ApplyContract(context, contract);
        apply.hide();
        if (apply.hidden) {
            AddSupergraphSpecs.addInaccessible(context);
            var found = new Report();
            new CheckInaccessible(context, found).check();
            found.errors().forEach(issue -> report.error(inContract(issue)));
        }
    }

    private static Issue inContract(Issue issue) {
        return new Issue(issue.code(), "In the contract, " + issue.message(), issue.locations());
    }

    private void hide() {
        List<TypeElement> types = types();
        types.forEach(this::filter);
        types.stream().filter(this::hasNoMembers).forEach(this::hide);
        if (contract.hidesUnreachable()) {
            Set<String> reachable = ReachableTypes.of(context);
            types.stream().filter(type -> !reachable.contains(type.name)).forEach(this::hide);
        }
    }

    /// All but those of composed specifications, which are not the schema's to hide.
    private List<TypeElement> types() {
        List<String> prefixes =
                context.composed.custom().values().stream()
                        .map(directive -> directive.feature().namespace() + "__")
                        .toList();
        return context.sources.keySet().stream()
                .filter(name -> prefixes.stream().noneMatch(name::startsWith))
                .flatMap(name -> Stream.ofNullable(model.type(name)))
                .toList();
    }

    private void filter(TypeElement type) {
        boolean shown = contract.included().isEmpty() || hasTag(type, contract.included());
        for (FieldElement field : type.fields.values()) {
            if (!shown && !hasTag(field, contract.included())) {
                hide(field);
            }
            exclude(field);
            field.arguments.values().forEach(this::exclude);
        }
        type.values.values().forEach(this::exclude);
        type.inputs.values().forEach(this::exclude);
        exclude(type);
        boolean empty =
                switch (type.kind) {
                    case OBJECT, INTERFACE -> isHidden(type.fields.values());
                    case ENUM -> isHidden(type.values.values());
                    case INPUT -> isHidden(type.inputs.values());
                    case SCALAR, UNION -> false;
                };
        if (empty) {
            hide(type);
        }
    }

    private boolean hasNoMembers(TypeElement type) {
        return type.kind == TypeElement.Kind.UNION
                && type.members.keySet().stream()
                        .flatMap(name -> Stream.ofNullable(model.type(name)))
                        .allMatch(CheckInaccessible::isHidden);
    }

    private void exclude(Element element) {
        if (hasTag(element, contract.excluded())) {
            hide(element);
        }
    }

    private void hide(Element element) {
        if (!CheckInaccessible.isHidden(element)) {
            element.directives.add(
                    Applied.generated(FederationDirective.INACCESSIBLE, inaccessible));
            hidden = true;
        }
    }

    private static boolean isHidden(Collection<? extends Element> elements) {
        return elements.stream().allMatch(element -> CheckInaccessible.isHidden(element));
    }

    private static boolean hasTag(Element element, Set<String> tags) {
        return element.all(FederationDirective.TAG).stream()
                .flatMap(tag -> Stream.ofNullable(tag.text("name")))
                .anyMatch(tags::contains);
    }
}
