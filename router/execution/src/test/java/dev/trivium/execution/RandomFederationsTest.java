package dev.trivium.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.execution.ClientSink.Part;
import dev.trivium.execution.ClientSink.Result;
import dev.trivium.planner.plan.QueryPlan;
import dev.trivium.planner.proof.World;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Random operations over random subgraphs, composed, planned and run: whatever the order of the
/// answers, and in however many parts it comes, the response is that of a single service. See
/// {@link Campaign} for longer runs.
class RandomFederationsTest {

    private static final Pattern FRAGMENT = Pattern.compile("\\.\\.\\.( on \\w+)?(?= [@{])");

    @Test
    void answersLikeOneService() {
        Campaign.forEachOperation((world, engine, operation, random) -> {
            QueryPlan plan = engine.plan(operation);
            for (Map<String, @Nullable Object> variables : world.variables(operation)) {
                List<Part> parts = engine.run(plan, variables, random);
                assertThat(parts).hasSize(1);
                assertThat(Engine.text(parts.getFirst()))
                        .isEqualTo(expected(world, operation, variables));
            }
        });
    }

    @Test
    void deferredPartsAddUpToTheAnswerOfOneService() {
        int[] deferred = {0};
        Campaign.forEachOperation((world, engine, operation, random) -> {
            QueryPlan plan = engine.planWithDefer(deferring(operation, random));
            for (Map<String, @Nullable Object> variables : world.variables(operation)) {
                List<Part> parts = engine.run(plan, variables, random);
                assertThat(parts)
                        .filteredOn(part -> part.result() != Result.COMPLETE)
                        .extracting(Engine::text)
                        .isEmpty();
                assertThat(DeferredParts.together(parts))
                        .isEqualTo(Engine.JSON.readTree(expected(world, operation, variables)));
                deferred[0] += parts.size() - 1;
            }
        });
        assertThat(deferred[0]).isGreaterThan(Campaign.OPERATIONS / 10);
    }

    private static String expected(
            World world, String operation, Map<String, @Nullable Object> variables) {
        return Engine.JSON.writeValueAsString(Map.of("data", world.answer(operation, variables)));
    }

    /// Defers the inline fragments on some types, so that a smaller operation defers the same. Root
    /// fields of a mutation cannot be deferred.
    static String deferring(String operation, Random random) {
        int draw = random.nextInt(4);
        if (operation.startsWith("mutation")) {
            return operation;
        }
        return FRAGMENT.matcher(operation)
                .replaceAll(found ->
                        Math.floorMod(found.group().hashCode(), 4) == draw
                                ? found.group()
                                : found.group() + " @defer(label: \"l" + found.start() + "\")");
    }
}
