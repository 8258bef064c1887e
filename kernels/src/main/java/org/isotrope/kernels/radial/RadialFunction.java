package org.isotrope.kernels.radial;

/**
 * A function {@code R(r)} of distance within a cutoff: the radial part of a kernel {@code K(r) = R(|r|) Y_l(r̂)}.
 *
 * <p>Distances, and the cutoff, are physical lengths.
 */
public interface RadialFunction {
    /**
     * The value at a distance.
     *
     * @param r distance, 0 ≤ r ≤ cutoff
     * @return {@code R(r)}, finite
     */
    double value(double r);

    /**
     * The distance beyond which the kernel is zero; offsets of exactly this length are inside.
     *
     * @return a positive, finite length
     */
    double cutoff();
}
