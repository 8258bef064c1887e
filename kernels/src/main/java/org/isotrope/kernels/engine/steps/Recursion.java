package org.isotrope.kernels.engine.steps;

import java.util.List;

/**
 * What one step in time computes, as stages that follow each other, from places to places.
 *
 * <p>{@link #NEXT}, {@link #NOW} and {@link #BEFORE} are the state after the step, before it and one step earlier; their
 * memory changes roles from step to step. Places from {@link #FIXED} on keep theirs: coefficients, which nothing writes,
 * and intermediate results.
 *
 * @param levels how many states a step reads: 1, or 2 with {@link #BEFORE}
 * @param fixed number of places from {@link #FIXED} on
 * @param stages at least one; all sweeps are of one stencil
 */
public record Recursion(int levels, int fixed, List<Stage> stages) {
    /** The state after the step. */
    public static final int NEXT = 0;

    /** The state before the step. */
    public static final int NOW = 1;

    /** The state one step earlier. */
    public static final int BEFORE = 2;

    /** The first place that keeps its memory. */
    public static final int FIXED = 3;

    /** A step that is one sweep. */
    public static final Recursion SWEEP = new Recursion(1, 0, List.of(new Stage(NOW, NEXT, List.of())));

    /** Copies the stages. */
    public Recursion {
        stages = List.copyOf(stages);
    }

    /** Fields that are in use at once. */
    int fields() {
        return 1 + levels + fixed;
    }
}
