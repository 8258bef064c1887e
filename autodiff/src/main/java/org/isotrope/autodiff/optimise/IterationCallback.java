package org.isotrope.autodiff.optimise;

/** Told about every finished iteration of an optimiser, and able to end the run. */
@FunctionalInterface
public interface IterationCallback {

    /** Lets every run go on; optimisers skip the copies of parameters and gradient when they are given this one. */
    IterationCallback NONE = iteration -> true;

    /**
     * Called after the iteration has been accepted and before the stopping criteria are looked at. The state before
     * the first iteration is reported too, as iteration 0.
     *
     * @param iteration the state after the iteration
     * @return {@code true} to go on, {@code false} to end the run with {@link StopReason#CALLBACK}
     */
    boolean proceed(Iteration iteration);
}
