package dev.trivium.composition;

import java.util.List;

/// Checks that authorization stands on object types and their fields: an interface gets what its
/// implementations need.
final class ValidateAuth {
    static final List<FederationDirective> DIRECTIVES =
            List.of(
                    FederationDirective.AUTHENTICATED,
                    FederationDirective.REQUIRES_SCOPES,
                    FederationDirective.POLICY);

    private ValidateAuth() {}

    static void validate(SubgraphSchema subgraph, Report report) {
        for (TypeElement type : subgraph.model.types.values()) {
            if (type.kind == TypeElement.Kind.INTERFACE) {
                reject(subgraph, type, "an interface", report);
                for (FieldElement field : type.fields.values()) {
                    reject(subgraph, field, "a field of an interface", report);
                }
            } else if (CollectTypes.isInterfaceObject(type)) {
                reject(subgraph, type, "an interface object", report);
            }
        }
    }

    private static void reject(
            SubgraphSchema subgraph, Element element, String what, Report report) {
        for (FederationDirective directive : DIRECTIVES) {
            for (Applied applied : element.all(directive)) {
                report.error(
                        CompositionCode.AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE,
                        "[%s] \"%s\" is %s, which cannot have @%s; apply it to the implementations."
                                .formatted(
                                        subgraph.name, element.coordinate(), what, applied.name()),
                        applied.location());
            }
        }
    }
}
