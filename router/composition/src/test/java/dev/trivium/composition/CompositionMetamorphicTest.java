package dev.trivium.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Issue;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Changes of the input that must not matter, on every case.
class CompositionMetamorphicTest {
    private static final Pattern FEDERATION_LINK =
            Pattern.compile(
                    "(https://specs\\.apollo\\.dev/federation/v2\\.(?:\\d|1[0-4])\"), import: \\[([^\\]{}]*)\\]");

    private static final Pattern DESCRIPTION = Pattern.compile("(?m)^\\s*\"");

    @TestFactory
    Stream<DynamicTest> orderOfSubgraphsDoesNotMatter() {
        return onEveryCase(subgraphs ->
                assertThat(Cases.files(Composition.compose(subgraphs.reversed())))
                        .isEqualTo(Cases.files(Composition.compose(subgraphs))));
    }

    /// `@key` by any other name is a key. Directives that go into the supergraph keep their names
    /// there, so only those that do not are renamed.
    @TestFactory
    Stream<DynamicTest> namesOfDirectivesDoNotMatter() {
        return onEveryCase(subgraphs -> {
            List<SubgraphSource> renamed =
                    subgraphs.stream()
                            .map(s -> new SubgraphSource(s.name(), s.url(), renamed(s.sdl())))
                            .toList();
            assertSameMeaning(Composition.compose(subgraphs), Composition.compose(renamed));
        });
    }

    private static String renamed(String sdl) {
        String result = sdl;
        if (!FEDERATION_LINK.matcher(sdl).find()
                || sdl.contains("directive @")
                || sdl.contains("@composeDirective")) {
            return sdl;
        }
        for (String name : List.of("key", "shareable", "external", "requires", "provides")) {
            result =
                    result.replace(
                            "\"@" + name + "\"",
                            "{name: \"@" + name + "\", as: \"@my_" + name + "\"}");
            if (!result.equals(sdl) && result.contains("@my_" + name)) {
                result = result.replaceAll("(?<!\")@" + name + "\\b(?!\")", "@my_" + name);
            }
        }
        return result;
    }

    @TestFactory
    Stream<DynamicTest> descriptionsDoNotMatter() {
        return onEveryCase(subgraphs -> {
            List<SubgraphSource> described =
                    subgraphs.stream()
                            .map(s ->
                                    new SubgraphSource(
                                            s.name(),
                                            s.url(),
                                            s.sdl()
                                                    .replaceAll(
                                                            "(?m)^(type|interface|enum|union|scalar|input) ",
                                                            "\"of " + s.name() + "\"\n$1 ")))
                            .toList();
            if (subgraphs.stream().noneMatch(s -> DESCRIPTION.matcher(s.sdl()).find())) {
                assertSameMeaning(Composition.compose(subgraphs), Composition.compose(described));
            }
        });
    }

    private static Stream<DynamicTest> onEveryCase(Check check) {
        return Cases.all().stream()
                .map((Path folder) ->
                        DynamicTest.dynamicTest(
                                folder.getFileName().toString(),
                                () -> check.run(Cases.subgraphs(folder))));
    }

    private interface Check {
        void run(List<SubgraphSource> subgraphs);
    }

    private static void assertSameMeaning(CompositionResult one, CompositionResult other) {
        switch (one) {
            case CompositionResult.Composed composed -> {
                assertThat(other).isInstanceOf(CompositionResult.Composed.class);
                assertThat(plain(((CompositionResult.Composed) other).apiSchemaSdl()))
                        .isEqualTo(plain(composed.apiSchemaSdl()));
                assertThat(plain(((CompositionResult.Composed) other).supergraphSdl()))
                        .isEqualTo(plain(composed.supergraphSdl()));
            }
            case CompositionResult.Rejected rejected -> {
                assertThat(other).isInstanceOf(CompositionResult.Rejected.class);
                assertThat(codes(((CompositionResult.Rejected) other).issues()))
                        .isEqualTo(codes(rejected.issues()));
            }
        }
    }

    private static Set<String> codes(List<Issue> issues) {
        Set<String> codes = new TreeSet<>();
        issues.forEach(issue -> codes.add(issue.code()));
        return codes;
    }

    private static String plain(String sdl) {
        return sdl.replaceAll("(?m)^\"of [^\"]*\"\n", "").replace("my_", "");
    }
}
