package dev.trivium.composition;

import java.util.Arrays;
import java.util.List;

/// A directive of the federation specification, as generators write it.
///
/// @param since the second number of the version that adds it
/// @param places where it may stand: t a type, f a field, e an enum value or enum, i an input
/// @param applications texts, right and wrong ones
record DirectiveSample(String name, int since, String places, List<String> applications) {
    static final List<DirectiveSample> ALL =
            List.of(
                    directive(
                            "key",
                            0,
                            "t",
                            "(fields: \"id\")",
                            "(fields: \"k\")",
                            "(fields: \"id k\")",
                            "(fields: \"o { id }\")",
                            "(fields: \"id\", resolvable: false)",
                            "(fields: \"nope\")",
                            "(fields: \"id {\")",
                            "(fields: \"\")",
                            "(fields: [\"id\"])"),
                    directive(
                            "requires",
                            0,
                            "f",
                            "(fields: \"f0\")",
                            "(fields: \"f1\")",
                            "(fields: \"f2 f3\")",
                            "(fields: \"o { id }\")",
                            "(fields: \"nope\")",
                            "(fields: 1)"),
                    directive(
                            "provides",
                            0,
                            "f",
                            "(fields: \"f0\")",
                            "(fields: \"f1\")",
                            "(fields: \"id\")",
                            "(fields: \"nope\")"),
                    directive("external", 0, "f", ""),
                    directive("shareable", 0, "tf", ""),
                    directive("inaccessible", 0, "tfei", ""),
                    directive(
                            "override",
                            0,
                            "f",
                            "(from: \"s0\")",
                            "(from: \"s1\")",
                            "(from: \"s2\")",
                            "(from: \"nowhere\")"),
                    directive(
                            "tag", 0, "tfei", "(name: \"a\")", "(name: \"b\")", "(name: \"a b\")"),
                    directive("extends", 0, "t", ""),
                    directive("composeDirective", 1, ""),
                    directive("interfaceObject", 3, "t", ""),
                    directive("authenticated", 5, "tfe", ""),
                    directive(
                            "requiresScopes",
                            5,
                            "tfe",
                            "(scopes: [[\"a\"]])",
                            "(scopes: [[\"a\", \"b\"], [\"c\"]])",
                            "(scopes: [])"),
                    directive(
                            "policy",
                            6,
                            "tfe",
                            "(policies: [[\"p\"]])",
                            "(policies: [[\"p\"], [\"q\", \"r\"]])"),
                    directive("context", 8, "t", "(name: \"ctx\")", "(name: \"a_b\")"),
                    directive("fromContext", 8, ""),
                    directive("cost", 9, "tfei", "(weight: 3)", "(weight: 5)"),
                    directive(
                            "listSize",
                            9,
                            "f",
                            "(assumedSize: 10)",
                            "(assumedSize: -1)",
                            "(slicingArguments: [\"n\"])",
                            "(sizedFields: [\"id\"])"));

    private static DirectiveSample directive(
            String name, int since, String places, String... arguments) {
        return new DirectiveSample(
                name, since, places, Arrays.stream(arguments).map(a -> "@" + name + a).toList());
    }

    /// Those that a subgraph of a version may apply at a place.
    static List<DirectiveSample> at(char place, int minorVersion) {
        return ALL.stream()
                .filter(d -> d.places.indexOf(place) >= 0)
                .filter(d -> d.since <= Math.max(minorVersion, 0))
                .filter(d -> minorVersion >= 0 || !d.name.equals("shareable"))
                .toList();
    }
}
