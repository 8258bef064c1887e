package org.isotrope.grids;

/** Points in space, one after the other. */
interface PointSource {
    long count();

    /** Writes the coordinates of point p to x. */
    void position(long p, double[] x);
}
