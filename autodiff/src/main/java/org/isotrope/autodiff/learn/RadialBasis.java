package org.isotrope.autodiff.learn;

/** Functions of distance of which a linear model is a sum. */
interface RadialBasis {
    int count();

    double cutoff();

    /** Writes the value of every function at {@code r > 0}. */
    void at(double r, double[] values);
}
