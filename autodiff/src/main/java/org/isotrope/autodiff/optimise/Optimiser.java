package org.isotrope.autodiff.optimise;

/** A method that looks for a local minimum of an {@link Objective}, starting from given parameters. */
public interface Optimiser {

    /**
     * Minimises, and asks the callback after every iteration whether to go on.
     *
     * @param objective the function to minimise
     * @param start the first parameters; not changed
     * @param callback told about every iteration; may end the run
     * @return where and why the run ended
     * @throws IllegalArgumentException if {@code start} is empty or not finite, or if the objective or its gradient is
     *     not finite there
     */
    Result minimise(Objective objective, double[] start, IterationCallback callback);

    /**
     * Minimises without a callback.
     *
     * @param objective the function to minimise
     * @param start the first parameters; not changed
     * @return where and why the run ended
     * @throws IllegalArgumentException if {@code start} is empty or not finite, or if the objective or its gradient is
     *     not finite there
     */
    default Result minimise(Objective objective, double[] start) {
        return minimise(objective, start, IterationCallback.NONE);
    }
}
