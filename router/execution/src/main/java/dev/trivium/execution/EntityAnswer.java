package dev.trivium.execution;

import dev.trivium.execution.AnswerReader.Answer;
import dev.trivium.execution.EntityBatch.Merge;
import java.util.BitSet;

/// Merges the answer to an entity fetch.
final class EntityAnswer {

    private final EntityBatch[] batches;
    private final ResultTree tree;
    private final FetchErrors errors;

    EntityAnswer(EntityBatch[] batches, ResultTree tree, FetchErrors errors) {
        this.batches = batches;
        this.tree = tree;
        this.errors = errors;
    }

    /// Each group stands for itself: a list of the wrong length says nothing about which entity is
    /// which, so nothing of it is merged.
    void merge(byte[] body, Answer answer) {
        boolean[] missing = new boolean[batches.length];
        boolean anyMissing = false;
        for (int i = 0; i < batches.length; i++) {
            missing[i] = batches[i].representationCount() > 0 && !merge(batches[i], answer, i + 1);
            anyMissing |= missing[i];
        }
        if (anyMissing || answer.hasErrors()) {
            report(missing, errors.reported(batches, body, answer));
        }
    }

    private void report(boolean[] missing, BitSet[] explained) {
        for (int i = 0; i < batches.length; i++) {
            if (missing[i]) {
                errors.withoutEntities(batches[i], explained[i]);
            }
        }
    }

    private boolean merge(EntityBatch batch, Answer answer, int slot) {
        long list = answer.hasData() ? tree.at(Cell.index(answer.data()), slot) : Cell.ABSENT;
        if (Cell.tag(list) != Cell.LIST
                || tree.count(Cell.index(list)) != batch.representationCount()) {
            return false;
        }
        Merge[] results = batch.merge(Cell.index(list));
        if (results != null) {
            errors.unmerged(batch, results);
        }
        return true;
    }
}
