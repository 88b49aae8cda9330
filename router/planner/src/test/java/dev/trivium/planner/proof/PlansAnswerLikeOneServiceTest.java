package dev.trivium.planner.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.trivium.planner.proof.Campaign.Failure;
import dev.trivium.planner.proof.Campaign.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/// Random schemas are split over subgraphs; random operations, planned and executed over them, get
/// the answers that one service with the whole schema gives, and every plan passes the checks.
///
/// One run has a fixed seed, the other a fresh one, which it prints. `-Dtrivium.seed=N` repeats a
/// run, `-Dtrivium.operations=N` tries more. A failure is made small and written to
/// `target/failures`, in the format of `src/test/resources/cases`. The printed table says in how
/// many supergraphs and operations each feature was.
class PlansAnswerLikeOneServiceTest {
    private static final int OPERATIONS = Integer.getInteger("trivium.operations", 5_000);
    private static final int FRESH = 2_000;

    /// Each feature is in so many, or the generator no longer makes it as it should.
    private static final int LEAST_SUPERGRAPHS = 3;

    private static final int LEAST_OPERATIONS = 10;

    @Test
    void withAFixedSeed() throws IOException {
        Result result = run(1, OPERATIONS);
        for (Feature feature : Feature.values()) {
            if (feature.isOfSupergraphs()) {
                assertThat(result.features().inSupergraphs(feature))
                        .as("supergraphs with " + feature)
                        .isGreaterThanOrEqualTo(LEAST_SUPERGRAPHS);
            }
            if (feature.isOfOperations()) {
                assertThat(result.features().inOperations(feature))
                        .as("operations with " + feature)
                        .isGreaterThanOrEqualTo(LEAST_OPERATIONS);
            }
        }
    }

    @Test
    void withAFreshSeed() throws IOException {
        long fresh = ThreadLocalRandom.current().nextLong(1_000_000, Integer.MAX_VALUE);
        run(Long.getLong("trivium.seed", fresh), Math.max(FRESH, OPERATIONS / 2));
    }

    private static Result run(long seed, int operations) throws IOException {
        System.out.println("Plans answer like one service: seed " + seed);
        Result result = Campaign.run(seed, operations);
        System.out.println("Plans answer like one service: " + result.summary());
        Failure failure = result.failure();
        if (failure != null) {
            Failure small = Campaign.shrink(failure);
            Path folder = Path.of("target/failures/seed-" + small.seed());
            Campaign.write(small, folder);
            fail("%s%n%s%n%s".formatted(folder, small.operation(), small.problem()));
        }
        assertThat(result.operations()).isGreaterThanOrEqualTo(operations);
        return result;
    }
}
