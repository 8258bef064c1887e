package org.isotrope.grids;

/** A number at every point of space, to be sampled onto a scalar field. */
@FunctionalInterface
public interface PointFunction {
    /**
     * The value at a point.
     *
     * @param x coordinates, one a dimension; not to be kept or changed
     * @return the value
     */
    double at(double[] x);
}
