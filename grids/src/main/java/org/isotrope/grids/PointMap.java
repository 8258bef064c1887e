package org.isotrope.grids;

/** Several numbers at every point of space, to be sampled onto a field of several components. */
@FunctionalInterface
public interface PointMap {
    /**
     * Writes the values at a point.
     *
     * @param x coordinates, one a dimension; not to be kept or changed
     * @param value one entry a component, to be overwritten
     */
    void at(double[] x, double[] value);
}
