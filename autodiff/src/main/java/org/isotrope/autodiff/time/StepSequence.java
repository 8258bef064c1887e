package org.isotrope.autodiff.time;

import org.isotrope.grids.Field;

/** A known number of steps {@code u_{n+1} = s_n(u_n)}, each of which can be made and differentiated backwards. */
public interface StepSequence {
    /**
     * Number of steps.
     *
     * @return at least 1
     */
    int steps();

    /**
     * Makes a step; the same bits every time.
     *
     * @param n 0 to {@code steps() − 1}
     * @param before {@code u_n}, not to be changed
     * @param after {@code u_{n+1}}, to be overwritten entirely, apart from before
     */
    void forward(int n, Field before, Field after);

    /**
     * Goes back through a step, from {@code ū_{n+1}} to {@code ū_n = (∂s_n/∂u)ᵀ ū_{n+1}}.
     *
     * @param n 0 to {@code steps() − 1}
     * @param before {@code u_n}, not to be changed
     * @param adjoint {@code ū_{n+1}}, to be turned into {@code ū_n}
     */
    void reverse(int n, Field before, Field adjoint);
}
