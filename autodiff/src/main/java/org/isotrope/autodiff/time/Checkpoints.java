package org.isotrope.autodiff.time;

import java.nio.file.Files;
import java.nio.file.Path;
import org.isotrope.grids.Field;
import org.jspecify.annotations.Nullable;

/**
 * How many states of a run are kept for going back through it, and where. Whatever the choice, gradients have the same
 * bits: states that are not kept are computed again by an {@linkplain BinomialSchedule optimal schedule}.
 */
public final class Checkpoints {
    private final int slots;
    private final long bytes;
    private final long limit;
    private final @Nullable Path directory;

    private Checkpoints(int slots, long bytes, long limit, @Nullable Path directory) {
        this.slots = slots;
        this.bytes = bytes;
        this.limit = limit;
        this.directory = directory;
    }

    /**
     * Every state is kept in memory and nothing is computed again.
     *
     * @return the policy
     */
    public static Checkpoints everything() {
        return new Checkpoints(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, null);
    }

    /**
     * A number of states.
     *
     * @param slots number of states, the initial one included, at least 1
     * @return the policy, in memory
     */
    public static Checkpoints slots(int slots) {
        if (slots < 1) {
            throw new IllegalArgumentException("checkpoint slots are " + slots
                    + "; there had to be at least 1, for the initial state");
        }
        return new Checkpoints(slots, Long.MAX_VALUE, Long.MAX_VALUE, null);
    }

    /**
     * As many states as fit a budget.
     *
     * @param bytes the budget; a run fails if it does not hold one state
     * @return the policy, in memory
     */
    public static Checkpoints within(long bytes) {
        return new Checkpoints(Integer.MAX_VALUE, bytes, Long.MAX_VALUE, null);
    }

    /**
     * This policy with its states in one memory-mapped file, made when a run begins. The file is deleted at once where
     * the system lets go of names of open files, as on Linux and macOS, and at the end of the JVM elsewhere; its space
     * is free when the run is garbage.
     *
     * @param folder an existing folder with enough space
     * @return the changed policy
     */
    public Checkpoints mapped(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("folder for checkpoints is " + folder
                    + "; it had to be an existing folder");
        }
        return new Checkpoints(slots, bytes, limit, folder);
    }

    /**
     * This policy with a limit on how many forward steps may be repeated; a run fails if it needs more.
     *
     * @param forwardSteps the limit on all forward steps, the first pass included
     * @return the changed policy
     */
    public Checkpoints limitedTo(long forwardSteps) {
        return new Checkpoints(slots, bytes, forwardSteps, directory);
    }

    boolean keepsEverything() {
        return slots == Integer.MAX_VALUE && bytes == Long.MAX_VALUE && directory == null;
    }

    @Nullable Path directory() {
        return directory;
    }

    /** The number of slots for a run; more than steps are of no use. */
    int slotsFor(int steps, Field model) {
        long size = model.segment().byteSize();
        if (bytes < size) {
            throw new IllegalArgumentException("checkpoint budget is " + bytes + " bytes; it had to be at least " + size
                    + ", for the initial state");
        }
        int count = (int) Math.min(Math.min(slots, bytes / size), steps);
        if (limit < steps) {
            throw new IllegalArgumentException("limit on forward steps is " + limit + "; it had to be at least " + steps
                    + ", for one pass over all steps");
        }
        // the last state itself takes one step more than the schedule counts
        if (BinomialSchedule.forwardSteps(steps, count) + 1 > limit) {
            int least = BinomialSchedule.leastSlots(steps, limit - 1);
            throw new IllegalArgumentException("checkpoint slots are " + count + " for " + steps
                    + " steps and at most " + limit + " forward steps; there had to be at least " + least + " slots, "
                    + least * size + " bytes");
        }
        return count;
    }
}
