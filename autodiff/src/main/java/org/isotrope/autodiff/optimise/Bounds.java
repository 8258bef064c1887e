package org.isotrope.autodiff.optimise;

import java.util.Arrays;

/**
 * A box: a lower and an upper limit for every parameter, either of which may be infinite. Optimisers keep to it by
 * projection: an entry beyond a limit is set to the limit.
 */
public final class Bounds {

    private final double[] lower;
    private final double[] upper;

    private Bounds(double[] lower, double[] upper) {
        this.lower = lower;
        this.upper = upper;
    }

    /**
     * A box with the given limits.
     *
     * @param lower the least value of every parameter; may be negative infinity
     * @param upper the greatest value of every parameter; may be positive infinity; at least {@code lower}
     * @return the box
     * @throws IllegalArgumentException if the lengths differ, or if a limit is NaN or below its lower limit
     */
    public static Bounds of(double[] lower, double[] upper) {
        if (lower.length != upper.length) {
            throw new IllegalArgumentException("upper had " + upper.length + " entries but had to have "
                + lower.length + ", as many as lower.");
        }
        for (int i = 0; i < lower.length; i++) {
            if (!(lower[i] <= upper[i]) || lower[i] == Double.POSITIVE_INFINITY
                || upper[i] == Double.NEGATIVE_INFINITY) {
                throw new IllegalArgumentException("bounds of parameter " + i + " were " + lower[i] + " and "
                    + upper[i] + " but had to be in ascending order.");
            }
        }
        return new Bounds(lower.clone(), upper.clone());
    }

    /**
     * The same limits for every parameter.
     *
     * @param size how many parameters there are
     * @param lower the least value; may be negative infinity
     * @param upper the greatest value; may be positive infinity; at least {@code lower}
     * @return the box
     * @throws IllegalArgumentException if {@code size} is not positive, or if {@code lower} exceeds {@code upper} or
     *     one of them is NaN
     */
    public static Bounds uniform(int size, double lower, double upper) {
        if (size < 1) {
            throw new IllegalArgumentException("size was " + size + " but had to be positive.");
        }
        var low = new double[size];
        var high = new double[size];
        Arrays.fill(low, lower);
        Arrays.fill(high, upper);
        return of(low, high);
    }

    /**
     * How many parameters the box has limits for.
     *
     * @return the dimension of the box
     */
    public int size() {
        return lower.length;
    }

    /**
     * The least value of a parameter.
     *
     * @param i the index of the parameter
     * @return its lower limit, possibly negative infinity
     */
    public double lower(int i) {
        return lower[i];
    }

    /**
     * The greatest value of a parameter.
     *
     * @param i the index of the parameter
     * @return its upper limit, possibly positive infinity
     */
    public double upper(int i) {
        return upper[i];
    }

    /** Replaces every entry by the nearest one inside the box. */
    void project(double[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.min(Math.max(x[i], lower[i]), upper[i]);
        }
    }

    /** {@code max |P(x - g) - x|}: zero exactly at the stationary points of the bounded problem. */
    double projectedGradientNorm(double[] x, double[] gradient) {
        double norm = 0;
        for (int i = 0; i < x.length; i++) {
            // Clipping the move, not the moved point, keeps gradients that are small beside x.
            double move = Math.min(Math.max(-gradient[i], lower[i] - x[i]), upper[i] - x[i]);
            norm = Math.max(norm, Math.abs(move));
        }
        return norm;
    }

    /**
     * Marks the parameters that may move: all but those within {@code margin} of a limit that descent would push them
     * through (the binding set of Bertsekas 1982).
     */
    void markFree(double[] x, double[] gradient, double margin, boolean[] freeOut) {
        for (int i = 0; i < x.length; i++) {
            boolean binding = x[i] - lower[i] <= margin && gradient[i] > 0
                || upper[i] - x[i] <= margin && gradient[i] < 0;
            freeOut[i] = !binding;
        }
    }

    void requireSize(int size) {
        if (lower.length != size) {
            throw new IllegalArgumentException("bounds had " + lower.length + " entries but had to have " + size
                + ", as many as there are parameters.");
        }
    }

    @Override
    public String toString() {
        return "Bounds[lower=" + Arrays.toString(lower) + ", upper=" + Arrays.toString(upper) + "]";
    }
}
