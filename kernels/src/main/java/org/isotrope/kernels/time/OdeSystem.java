package org.isotrope.kernels.time;

import org.isotrope.grids.Field;

/** The right-hand side of {@code du/dt = f(t, u)}. */
@FunctionalInterface
public interface OdeSystem {
    /**
     * Computes the rate of change.
     *
     * @param t time
     * @param u state, not to be changed
     * @param rate {@code f(t, u)}, of the same space, to be overwritten
     */
    void rate(double t, Field u, Field rate);
}
