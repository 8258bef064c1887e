package org.isotrope.kernels.spectral;

/** {@code 1/N Σ_k F(k) exp(ik·x)} over the wave vectors of a lattice: a kernel in space, times the cell volume. */
interface LatticeSum {
    /**
     * The sum at an offset in nodes.
     *
     * @param offset one an axis, between the nodes of the grid
     */
    double at(int[] offset);
}
