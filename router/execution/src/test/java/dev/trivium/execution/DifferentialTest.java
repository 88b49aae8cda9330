package dev.trivium.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Document;
import dev.trivium.planner.PlanInputs;
import dev.trivium.planner.Planner;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.supergraph.Supergraph;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.execution.NonNullableFieldWasNullError;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeRuntimeWiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Whatever is asked of four subgraphs, the answer is that of one service that has all the data,
/// executed by graphql-java.
class DifferentialTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> GRAPHS =
            List.of("accounts", "inventory", "products", "reviews");

    private final Document schema = OneFetch.read("shop");
    private final Supergraph supergraph = TestSchema.supergraph(schema, GRAPHS);
    private final Planner planner = new Planner(supergraph);

    @Test
    void answersLikeOneService() throws IOException {
        long seed = Long.getLong("trivium.seed", 20260301);
        int rounds = Integer.getInteger("trivium.rounds", 400);
        RandomGenerator random = new Random(seed);
        int compared = 0;
        int withErrors = 0;
        for (int i = 0; i < rounds; i++) {
            boolean conditions = random.nextBoolean();
            String operation = RandomOperation.of(schema, random, conditions);
            ShopData data = ShopData.random(random, random.nextBoolean() ? 0 : 12);
            Map<String, Object> variables = Map.of("no", random.nextBoolean());
            ExecutionResult expected = monolith(data, operation, variables);
            if (!expected.isDataPresent()) {
                continue;
            }
            compared++;
            String context = "seed " + seed + ", round " + i + ": " + operation;
            boolean newestFirst = random.nextBoolean();
            String text = router(data, operation, variables, newestFirst);
            JsonNode actual = read(text, context);
            compareData(JSON.valueToTree(expected.getData()), actual, conditions, context);
            withErrors += compareErrors(expected, actual, context);
        }
        assertThat(compared).isGreaterThan(rounds / 3);
        assertThat(withErrors).isGreaterThan(rounds / 20);
    }

    private static JsonNode read(String text, String context) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new AssertionError(context + "\n" + text, e);
        }
    }

    /// Equal in the order of the fields too, unless a field stands there twice under different
    /// conditions: then the planner has joined what is alike.
    private static void compareData(
            JsonNode expected, JsonNode actual, boolean conditions, String context) {
        assertThat(actual.get("data")).as(context).isEqualTo(expected);
        if (!conditions) {
            assertThat(actual.get("data").toString()).as(context).isEqualTo(expected.toString());
        }
    }

    /// graphql-java goes on below an object that is already lost, and so may report more.
    private static int compareErrors(ExecutionResult expected, JsonNode actual, String context) {
        Set<String> paths = new HashSet<>();
        for (GraphQLError error : expected.getErrors()) {
            assertThat(error).isInstanceOf(NonNullableFieldWasNullError.class);
            paths.add(JSON.valueToTree(error.getPath()).toString());
        }
        JsonNode errors = actual.path("errors");
        assertThat(errors.isEmpty()).as(context).isEqualTo(paths.isEmpty());
        for (JsonNode error : errors) {
            assertThat(paths).as(context).contains(error.get("path").toString());
        }
        return errors.isEmpty() ? 0 : 1;
    }

    private String router(
            ShopData data, String operation, Map<String, Object> variables, boolean newestFirst) {
        QueryPlan plan =
                TestSchema.accepted(
                        planner.normalize(TestSchema.operation(operation), null)
                                .then(normalized -> planner.plan(normalized, PlanInputs.NONE)));
        Program program = Program.compile(plan, supergraph);
        FakeGraph graph = new FakeGraph(schema, data.root, data.entities);
        FakeSubgraphs subgraphs = new FakeSubgraphs(graph::answer);
        CollectingSink sink = new CollectingSink();
        Execution.start(
                program,
                RequestInput.of(JSON.writeValueAsString(variables).getBytes(UTF_8)),
                subgraphs,
                (_, _, _) -> {
                    throw new AssertionError("no introspection here");
                },
                sink);
        subgraphs.answerAll(newestFirst);
        return sink.text();
    }

    private static ExecutionResult monolith(
            ShopData data, String operation, Map<String, Object> variables) throws IOException {
        String sdl = Files.readString(Path.of("src/test/resources/schemas/shop.graphql"));
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();
        for (String type : List.of("Named", "Subject")) {
            wiring.type(
                    TypeRuntimeWiring.newTypeWiring(type)
                            .typeResolver(env -> {
                                Map<String, Object> object = env.getObject();
                                return env.getSchema()
                                        .getObjectType((String) object.get("__typename"));
                            }));
        }
        GraphQLSchema graphQlSchema =
                new SchemaGenerator()
                        .makeExecutableSchema(new SchemaParser().parse(sdl), wiring.build());
        return GraphQL.newGraphQL(graphQlSchema)
                .build()
                .execute(
                        ExecutionInput.newExecutionInput(operation)
                                .root(data.root)
                                .variables(variables)
                                .build());
    }
}
