package dev.trivium.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.ClientSchema;
import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.ParserLimits;
import dev.trivium.language.Printer;
import dev.trivium.language.Value;
import dev.trivium.supergraph.ApiSchema;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphReader;
import dev.trivium.supergraph.SupergraphType;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Contracts of generated schemas with random tags: whatever is left is a valid schema, without
/// what is excluded, and no client of it sees anything that the whole schema has not.
/// `-Dcontract.seeds=N` sets how many.
class RandomContractTest {
    private static final int SEEDS = Integer.getInteger("contract.seeds", 400);
    private static final int OPERATIONS = 5;
    private static final List<String> TAGS = List.of("a", "b");
    private static final Pattern TAGGABLE =
            Pattern.compile("(?m)^(?:(?:type|interface|enum|input|union|scalar) \\w+|  [\\w].*$)");

    private int contracts;
    private int rejected;

    @Test
    void aContractIsAValidPartOfTheWhole() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<SubgraphSource> sources =
                    RandomSubgraphs.of(seed).stream()
                            .map(source -> tagged(source, random))
                            .toList();
            if (Composition.compose(sources) instanceof CompositionResult.Composed whole) {
                compare(seed, sources, whole, random);
            }
        }
        assertThat(contracts).isGreaterThan(SEEDS / 8);
        assertThat(rejected).isGreaterThan(SEEDS / 50);
    }

    private void compare(
            long seed,
            List<SubgraphSource> sources,
            CompositionResult.Composed whole,
            Random random) {
        Set<String> included =
                random.nextInt(3) == 0 ? Set.of(DraftSubgraph.any(random, TAGS)) : Set.of();
        Set<String> excluded =
                random.nextInt(3) > 0 ? Set.of(DraftSubgraph.any(random, TAGS)) : Set.of();
        Contract contract = new Contract(included, excluded, random.nextBoolean());
        switch (Composition.compose(sources, FederationVersion.NEWEST, contract)) {
            case CompositionResult.Rejected(var issues, _) -> {
                assertThat(issues)
                        .as("seed %d", seed)
                        .allMatch(issue -> issue.message().startsWith("In the contract, "));
                rejected++;
            }
            case CompositionResult.Composed part -> {
                contracts++;
                String what = "seed %d, %s:\n%s".formatted(seed, contract, part.apiSchemaSdl());
                assertThat(coordinates(part.apiSchemaSdl()))
                        .as(what)
                        .isSubsetOf(coordinates(whole.apiSchemaSdl()))
                        .noneMatch(tagged(whole, excluded)::contains);
                Supergraph read = accepted(SupergraphReader.read(part.supergraphSdl()));
                assertThat(Printer.print(ApiSchema.of(read)))
                        .as(what)
                        .isEqualTo(part.apiSchemaSdl());
                sameOperations(part, whole, random, what);
            }
        }
    }

    private static void sameOperations(
            CompositionResult.Composed part,
            CompositionResult.Composed whole,
            Random random,
            String what) {
        ClientSchema schema = accepted(ClientSchema.of(document(part.apiSchemaSdl())));
        ClientSchema wholeSchema = accepted(ClientSchema.of(document(whole.apiSchemaSdl())));
        for (int i = 0; i < OPERATIONS; i++) {
            String text = new RandomQuery(document(part.apiSchemaSdl()), random).text();
            Document operation = accepted(Parser.parseOperation(text, ParserLimits.DEFAULT));
            assertThat(schema.validate(operation)).as(what + "\n" + text).isEmpty();
            assertThat(wholeSchema.validate(operation)).as(what + "\n" + text).isEmpty();
        }
    }

    /// Writes tags into some of the places that can have one.
    private static SubgraphSource tagged(SubgraphSource source, Random random) {
        if (!(Parser.parseSchema(source.sdl(), null)
                instanceof Outcome.Accepted<Document>(var document))) {
            return source;
        }
        StringBuilder sdl = new StringBuilder();
        Matcher matcher = TAGGABLE.matcher(Printer.print(document));
        while (matcher.find()) {
            String found = matcher.group();
            String tag =
                    random.nextInt(12) == 0
                            ? " @tag(name: \"" + DraftSubgraph.any(random, TAGS) + "\")"
                            : "";
            boolean open = found.endsWith("{") || found.endsWith("(");
            matcher.appendReplacement(sdl, Matcher.quoteReplacement(found + (open ? "" : tag)));
        }
        matcher.appendTail(sdl);
        return new SubgraphSource(source.name(), source.url(), sdl.toString());
    }

    /// What the excluded tags are on.
    private static Set<String> tagged(CompositionResult.Composed composed, Set<String> tags) {
        Supergraph supergraph = accepted(SupergraphReader.read(composed.supergraphSdl()));
        Set<String> tagged = new TreeSet<>();
        for (SupergraphType type : supergraph.types().values()) {
            if (hasTag(type.directives(), tags)) {
                tagged.add(type.name());
            }
            if (type instanceof SupergraphType.Composite composite) {
                composite.fields().values().stream()
                        .filter(field -> hasTag(field.directives(), tags))
                        .forEach(field -> tagged.add(type.name() + "." + field.name()));
            }
            if (type instanceof SupergraphType.EnumType anEnum) {
                anEnum.values().values().stream()
                        .filter(value -> hasTag(value.directives(), tags))
                        .forEach(value -> tagged.add(type.name() + "." + value.name()));
            }
            if (type instanceof SupergraphType.InputObjectType input) {
                input.fields().values().stream()
                        .filter(field -> hasTag(field.directives(), tags))
                        .forEach(field -> tagged.add(type.name() + "." + field.name()));
            }
        }
        return tagged;
    }

    private static boolean hasTag(List<Directive> directives, Set<String> tags) {
        return directives.stream()
                .filter(directive -> directive.name().equals("tag"))
                .anyMatch(directive ->
                        directive.argument("name") instanceof Value.StringValue(var name)
                                && tags.contains(name));
    }

    /// Every element of a schema, and for those with a type that type.
    private static Set<String> coordinates(String sdl) {
        Set<String> found = new TreeSet<>();
        for (Definition.Type type : document(sdl).definitions(Definition.Type.class)) {
            String name = type.name();
            found.add(name);
            switch (type) {
                case Definition.ObjectType object -> {
                    object.interfaces().forEach(i -> found.add(name + " implements " + i));
                    addFields(name, object.fields(), found);
                }
                case Definition.InterfaceType anInterface -> {
                    anInterface.interfaces().forEach(i -> found.add(name + " implements " + i));
                    addFields(name, anInterface.fields(), found);
                }
                case Definition.UnionType union ->
                        union.members().forEach(member -> found.add(name + " = " + member));
                case Definition.EnumType anEnum ->
                        anEnum.values().forEach(value -> found.add(name + "." + value.name()));
                case Definition.InputObjectType input ->
                        input.fields()
                                .forEach(field -> {
                                    found.add(name + "." + field.name());
                                    found.add(name + "." + field.name() + ": " + field.type());
                                });
                case Definition.ScalarType _ -> {}
            }
        }
        return found;
    }

    private static void addFields(
            String type, List<Definition.FieldDefinition> fields, Set<String> found) {
        for (Definition.FieldDefinition field : fields) {
            String coordinate = type + "." + field.name();
            found.add(coordinate);
            found.add(coordinate + ": " + field.type());
            field.arguments()
                    .forEach(a -> found.add(coordinate + "(" + a.name() + ": " + a.type() + ")"));
        }
    }

    private static Document document(String sdl) {
        return accepted(Parser.parseSchema(sdl, null));
    }

    private static <T> T accepted(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(var value) -> value;
            case Outcome.Rejected<T>(var issues) -> throw new AssertionError(issues);
        };
    }
}
