package org.isotrope.kernels.time;

import org.isotrope.grids.Field;

/** Watches a run, and may end it. */
@FunctionalInterface
public interface Tracker {
    /**
     * Told of the initial state, as step 0, and after every step.
     *
     * @param step number of steps made
     * @param t time reached
     * @param u state there, valid until the next step, not to be changed
     * @return whether the run goes on
     */
    boolean goesOn(int step, double t, Field u);
}
