package dev.trivium.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.ClientSink.Part;
import dev.trivium.execution.FakeSubgraphs.Reply;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;
import dev.trivium.planner.proof.World;
import dev.trivium.planner.proof.World.Changed;
import dev.trivium.planner.proof.World.Given;
import dev.trivium.planner.proof.World.Located;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Subgraphs that give another value than they should, all of them the same one: the response is
/// that of a single service with this value, where graphql-java completes it, null propagation
/// included.
///
/// Left out are values that the router sends on, in representations or for contexts: what another
/// subgraph makes of them, a single service does not know.
class ReplacedValuesTest {

    @Test
    void theResponseIsThatOfOneServiceWithTheValue() {
        int[] compared = {0};
        Campaign.forEachOperation((world, engine, operation, random) -> {
            for (Map<String, @Nullable Object> variables : world.variables(operation)) {
                Set<String> sent = new HashSet<>();
                engine.run(
                        engine.plan(operation),
                        variables,
                        request -> {
                            collectSent(request, sent);
                            return engine.answer(request);
                        },
                        random);
                List<Given> given =
                        world.given(operation, variables).stream()
                                .filter(it -> !sent.contains(it.spot().field()))
                                .toList();
                if (!given.isEmpty() && !sent.contains(CONTEXT)) {
                    Given value = given.get(random.nextInt(given.size()));
                    compared[0] +=
                            compare(world, engine, operation, variables, value, random) ? 1 : 0;
                }
            }
        });
        assertThat(compared[0]).isGreaterThan(Campaign.OPERATIONS / 3);
    }

    private static final String CONTEXT = "$context";

    /// The names of the fields in representations.
    private static void collectSent(SubgraphRequest request, Set<String> names) {
        JsonNode body = Engine.JSON.readTree(request.body());
        if (body.get("query").asString().contains(CONTEXT)) {
            names.add(CONTEXT);
        }
        for (JsonNode variable : body.path("variables")) {
            if (variable.isArray() && variable.path(0).has("__typename")) {
                collectNames(variable, names);
            }
        }
    }

    private static void collectNames(JsonNode node, Set<String> names) {
        names.addAll(node.propertyNames());
        node.forEach(below -> collectNames(below, names));
    }

    /// @return whether the change is one of which the outcome is known
    private static boolean compare(
            World world,
            Engine engine,
            String operation,
            Map<String, @Nullable Object> variables,
            Given given,
            Random random) {
        Change change = Change.of(world.supergraph(), given, random);
        boolean[] known = {true};
        List<Part> parts =
                engine.run(
                        engine.plan(operation),
                        variables,
                        request -> {
                            Located answer = engine.locate(request, given.spot());
                            ObjectNode data = Engine.JSON.valueToTree(answer.data());
                            answer.paths().forEach(it -> known[0] &= replace(data, it, change));
                            return new Reply.Answer("{\"data\":" + data + "}");
                        },
                        random);
        if (!known[0]) {
            return false;
        }
        Changed expected =
                world.answerChanged(operation, variables, given.spot(), change::ofOneService);
        JsonNode response = Losses.response(parts.getFirst());
        assertThat(response.get("data"))
                .as(given + " " + change + " " + response)
                .isEqualTo(Engine.JSON.valueToTree(expected.data()));
        Set<String> errors = new HashSet<>();
        expected.errors().forEach(path -> errors.add(Engine.JSON.writeValueAsString(path)));
        for (JsonNode error : response.path("errors")) {
            assertThat(errors).as(given + " " + change).contains(error.path("path").toString());
        }
        assertThat(response.has("errors")).isEqualTo(!errors.isEmpty());
        return true;
    }

    /// @return whether the value could be replaced, if something above it is not replaced already
    private static boolean replace(ObjectNode data, List<Object> path, Change change) {
        JsonNode parent = data;
        for (Object segment : path.subList(0, path.size() - 1)) {
            parent = segment instanceof Integer i ? parent.path(i) : parent.path((String) segment);
        }
        if (!(parent instanceof ObjectNode object)) {
            return true;
        }
        String key = (String) path.getLast();
        JsonNode changed = change.ofSubgraph(object.get(key));
        if (changed != null) {
            object.set(key, changed);
        }
        return changed != null;
    }
}
