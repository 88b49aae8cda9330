package dev.trivium.execution;

import dev.trivium.execution.AnswerReader.Answer;
import dev.trivium.execution.EntityBatch.Merge;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Turns what goes wrong with fetches into errors of the response. An error about an entity is
/// reported at each place of the response that the entity was needed for; one about a whole fetch,
/// at each place that the fetch was needed for.
final class FetchErrors {

    private final FetchProgram fetch;
    private final PartErrors errors;
    private final ClientPaths paths;

    FetchErrors(FetchProgram fetch, PartErrors errors, ClientPaths paths) {
        this.fetch = fetch;
        this.errors = errors;
        this.paths = paths;
    }

    /// A fetch without an answer.
    ///
    /// @param batches empty for a root fetch
    void failed(EntityBatch[] batches, ErrorCode code, String message) {
        ResponseError error = ResponseError.ofService(code, message, fetch.service(), null);
        if (fetch.isRoot()) {
            atFields(error);
        } else {
            atPlaces(batches, error);
        }
    }

    /// A fetch with an answer that says nothing.
    void unusable(EntityBatch[] batches, int status) {
        if (status >= 200 && status < 300) {
            failed(batches, ErrorCode.MALFORMED, "The service gave no GraphQL response.");
        } else {
            failed(
                    batches,
                    ErrorCode.UNAVAILABLE,
                    "The service answered with the HTTP status " + status + '.');
        }
    }

    /// A group without its list of entities.
    ///
    /// @param explained the representations about which the subgraph has reported errors
    void withoutEntities(EntityBatch batch, BitSet explained) {
        String message = "The service did not answer with one entity for each that it was asked.";
        ResponseError error =
                ResponseError.ofService(ErrorCode.MALFORMED, message, fetch.service(), null);
        atPlaces(batch, representation -> !explained.get(representation), error);
    }

    /// Entities that could not be merged.
    void unmerged(EntityBatch batch, Merge[] results) {
        for (Merge problem : List.of(Merge.NOT_AN_OBJECT, Merge.ANOTHER_ENTITY)) {
            String message =
                    problem == Merge.NOT_AN_OBJECT
                            ? "The service answered with something else than an entity."
                            : "The service answered with another entity than it was asked for.";
            ResponseError error =
                    ResponseError.ofService(
                            ErrorCode.RESPONSE_VALIDATION, message, fetch.service(), null);
            atPlaces(batch, representation -> results[representation] == problem, error);
        }
    }

    /// The errors in the answer to a root fetch.
    void reported(byte[] body, Answer answer) {
        for (ResponseError error : read(body, answer)) {
            if (error.path() != null) {
                add(error, paths.follow(paths.root(), fetch.shape(), error.path()));
            } else if (answer.hasData()) {
                errors.add(fetch, error);
            } else {
                atFields(error);
            }
        }
    }

    /// The errors in the answer to an entity fetch.
    ///
    /// @return for each group the representations that the errors are about
    BitSet[] reported(EntityBatch[] batches, byte[] body, Answer answer) {
        BitSet[] concerned = new BitSet[batches.length];
        Arrays.setAll(concerned, _ -> new BitSet());
        for (ResponseError error : read(body, answer)) {
            List<Object> path = error.path();
            int group = path == null ? -1 : fetch.group(path.getFirst());
            if (path == null || group < 0) {
                for (int i = 0; i < batches.length; i++) {
                    concerned[i].set(0, batches[i].representationCount());
                }
                atPlaces(batches, error);
            } else if (path.size() > 1 && path.get(1) instanceof Integer representation) {
                if (representation < batches[group].representationCount()) {
                    concerned[group].set(representation);
                    atEntity(batches[group], representation, error, path.subList(2, path.size()));
                }
            } else {
                concerned[group].set(0, batches[group].representationCount());
                atPlaces(batches[group], _ -> true, error);
            }
        }
        return concerned;
    }

    private List<ResponseError> read(byte[] body, Answer answer) {
        if (!answer.hasErrors()) {
            return List.of();
        }
        return SubgraphErrors.read(
                body, answer.errorsFrom(), answer.errorsEnd(), fetch.rule(), fetch.service());
    }

    private void atEntity(
            EntityBatch batch, int representation, ResponseError error, List<Object> below) {
        if (!errors.isFull(fetch)) {
            Shape shape = batch.group().shape();
            paths.forEach(
                    batch,
                    number -> number == representation,
                    place -> add(error, paths.follow(place, shape, below)));
        }
    }

    private void atPlaces(EntityBatch[] batches, ResponseError error) {
        for (EntityBatch batch : batches) {
            atPlaces(batch, _ -> true, error);
        }
    }

    private void atPlaces(EntityBatch batch, IntPredicate wanted, ResponseError error) {
        if (!errors.isFull(fetch)) {
            SequencedSet<List<Object>> places = new LinkedHashSet<>();
            paths.forEach(batch, wanted, place -> keep(place.path(), places));
            places.forEach(path -> add(error, path));
        }
    }

    /// More places than a response has errors are of no use; there may be millions.
    private static void keep(List<Object> path, Set<List<Object>> places) {
        if (places.size() < ErrorLog.LIMIT) {
            places.add(path);
        }
    }

    /// At the fields of the root that a client sees.
    private void atFields(ResponseError error) {
        Shape shape = fetch.shape();
        boolean any = false;
        for (int i = 0; i < shape.count(); i++) {
            List<Object> path = paths.follow(paths.root(), shape, List.of(shape.name(i)));
            if (!path.isEmpty()) {
                errors.add(fetch, error.at(path));
                any = true;
            }
        }
        if (!any) {
            errors.add(fetch, error);
        }
    }

    private void add(ResponseError error, @Nullable List<Object> path) {
        errors.add(fetch, error.at(path == null || path.isEmpty() ? null : path));
    }
}
