package org.isotrope.kernels.time;

import org.isotrope.grids.Field;

/** Makes one step in time. Steppers work in memory of their own and are not safe for concurrent use. */
@FunctionalInterface
public interface Stepper {
    /**
     * Makes one step.
     *
     * @param t time before
     * @param h size of the step
     * @param u state before, not changed
     * @param result state after, overwritten, apart from u
     */
    void step(double t, double h, Field u, Field result);
}
