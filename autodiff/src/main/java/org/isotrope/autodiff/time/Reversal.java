package org.isotrope.autodiff.time;

import java.util.List;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;

/**
 * One run through a sequence of steps that can be differentiated backwards in bounded memory.
 *
 * <p>The run keeps as many states as its {@link Checkpoints} allow and two more to work in. Going back, states that
 * were not kept are computed again from the nearest one before, by the optimal schedule of {@link BinomialSchedule}: in
 * all {@code forwardSteps(l, s) + 1} forward steps, the one more being the last step, whose result is asked for.
 * Gradients have the same bits whatever is kept. Not safe for concurrent use.
 */
public final class Reversal {
    private static final int NOWHERE = -1;

    private final StepSequence sequence;
    private final CheckpointStore store;
    /** Steps before which the states in the slots are; the first one is 0. */
    private final int[] positions;
    private int kept;
    /** Two states to work in, each of them somewhere in the sequence. */
    private final Field[] work;
    private final int[] at = {NOWHERE, NOWHERE};
    private int current;
    private long forwardSteps;

    /**
     * Runs through all steps, keeping states as the schedule says.
     *
     * @param sequence the steps
     * @param initial state before the first one; copied
     * @param checkpoints how much to keep
     * @throws IllegalArgumentException if the checkpoints do not suffice, saying the minimum
     */
    public Reversal(StepSequence sequence, Field initial, Checkpoints checkpoints) {
        this(sequence, initial, checkpoints, List.of());
        keepUpTo(sequence.steps());
        advance(sequence.steps());
    }

    /** After a run made elsewhere, with the states that it gave after each step, or none. */
    Reversal(StepSequence sequence, Field initial, Checkpoints checkpoints, List<Field> states) {
        if (sequence.steps() < 1) {
            throw new IllegalArgumentException("number of steps is " + sequence.steps()
                    + "; it had to be at least 1");
        }
        this.sequence = sequence;
        int slots = checkpoints.slotsFor(sequence.steps(), initial);
        this.store = new CheckpointStore(initial, slots, checkpoints.directory());
        this.positions = new int[slots];
        this.work = new Field[] {Fields.automatic().like(initial), Fields.automatic().like(initial)};
        store.slot(0).copyFrom(initial);
        kept = 1;
        for (int n = 1; n < Math.min(states.size(), slots); n++) {
            store.put(n, states.get(n - 1));
            positions[n] = n;
            kept++;
        }
    }

    /**
     * The state after the last step.
     *
     * @return valid until {@link #backward}, not to be changed
     * @throws IllegalStateException if backward has been called
     */
    public Field last() {
        if (at[current] != sequence.steps()) {
            throw new IllegalStateException("last state has been given up for going back;"
                    + " it had to be asked for before");
        }
        return work[current];
    }

    /**
     * Number of forward steps so far.
     *
     * @return those of the run and those repeated
     */
    public long forwardSteps() {
        return forwardSteps;
    }

    /**
     * Goes back through all steps. May be called again; then more steps are repeated.
     *
     * @param adjoint of the last state, turned into that of the initial one
     */
    public void backward(Field adjoint) {
        store.slot(0).requireSameSpace(adjoint, "adjoint");
        for (int to = sequence.steps(); to > 0; to--) {
            while (positions[kept - 1] >= to) {
                kept--;
            }
            sequence.reverse(to - 1, stateAt(to - 1, to), adjoint);
        }
    }

    private Field stateAt(int n, int to) {
        if (at[0] == n) {
            return work[0];
        }
        if (at[1] == n) {
            return work[1];
        }
        keepUpTo(to);
        boolean stored = positions[kept - 1] == n;
        if (!stored) {
            advance(n);
        }
        // only slots count as memory: what the work happens to hold is not used again
        at[0] = NOWHERE;
        at[1] = NOWHERE;
        return stored ? store.slot(kept - 1) : work[current];
    }

    /** Keeps states on the way from the last one that is kept to a step, until slots or steps are used up. */
    private void keepUpTo(int to) {
        while (kept < store.count() && to - positions[kept - 1] > 1) {
            int next = positions[kept - 1]
                    + BinomialSchedule.advance(to - positions[kept - 1], store.count() - kept + 1);
            advance(next);
            store.slot(kept).copyFrom(work[current]);
            positions[kept++] = next;
        }
    }

    /** Computes the state before a step from the last one that is kept. */
    private void advance(int n) {
        int from = positions[kept - 1];
        Field before = store.slot(kept - 1);
        for (int step = from; step < n; step++) {
            current = 1 - current;
            sequence.forward(step, before, work[current]);
            at[current] = step + 1;
            before = work[current];
            forwardSteps++;
        }
    }
}
