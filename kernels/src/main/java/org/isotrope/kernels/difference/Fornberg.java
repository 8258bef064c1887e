package org.isotrope.kernels.difference;

import java.util.Arrays;

/**
 * Finite-difference weights on arbitrary distinct nodes by Fornberg's recursion.
 *
 * <p>The recursion runs in double-double arithmetic on nodes scaled by a power of two, so the weights of usual stencils
 * are those of the given (double) nodes to about one unit in the last place, however uneven the nodes and although the
 * recursion subtracts; what remains is only the rounding when the weights are used. Cost {@code O(n² m)}.
 *
 * @see <a href="https://doi.org/10.1137/S0036144596322507">B. Fornberg, Calculation of weights in finite difference
 *     formulas, SIAM Review 40 (1998) 685</a>
 */
public final class Fornberg {
    private Fornberg() {
    }

    /**
     * Weights {@code w} with {@code f⁽ᵐ⁾(x₀) ≈ Σ_k w_k f(x_k)}, exact for every polynomial of degree up to
     * {@code n − 1}.
     *
     * @param x0 where the derivative is taken; may be, but need not be, a node
     * @param nodes {@code n} distinct finite coordinates in any order, more than {@code derivative} of them
     * @param derivative order {@code m}, at least 0 (0 interpolates)
     * @return {@code n} weights in units of 1/length{@code ᵐ}, the {@code k}-th for the {@code k}-th node
     */
    public static double[] weights(double x0, double[] nodes, int derivative) {
        return allWeights(x0, nodes, derivative)[derivative];
    }

    /**
     * Weights of all derivatives from 0 up to a highest one.
     *
     * @param x0 where the derivatives are taken; may be, but need not be, a node
     * @param nodes {@code n} distinct finite coordinates in any order, more than {@code highest} of them
     * @param highest order of the highest derivative, at least 0
     * @return an array of {@code highest + 1} rows of {@code n} weights; row {@code m} is for derivative {@code m}
     */
    public static double[][] allWeights(double x0, double[] nodes, int highest) {
        DifferenceWeights.requireAtLeast("derivative", highest, 0);
        if (!Double.isFinite(x0)) {
            throw new IllegalArgumentException("x0 is " + x0 + "; it had to be finite");
        }
        if (nodes.length <= highest) {
            throw new IllegalArgumentException("number of nodes is " + nodes.length + "; it had to be at least "
                    + (highest + 1L) + " for derivative " + highest);
        }
        requireDistinct(nodes);
        return recursion(x0, nodes, highest);
    }

    private static void requireDistinct(double[] nodes) {
        for (int i = 0; i < nodes.length; i++) {
            if (!Double.isFinite(nodes[i])) {
                throw new IllegalArgumentException("node " + i + " is " + nodes[i] + "; it had to be finite");
            }
        }
        double[] sorted = nodes.clone();
        Arrays.sort(sorted);
        for (int i = 1; i < sorted.length; i++) {
            // by value, so that 0.0 and -0.0 count as one node
            if (sorted[i] == sorted[i - 1]) {
                throw new IllegalArgumentException("nodes hold " + sorted[i] + " twice; they had to be distinct");
            }
        }
        if (Double.isInfinite(sorted[sorted.length - 1] - sorted[0])) {
            throw new IllegalArgumentException("nodes span " + sorted[0] + " to " + sorted[sorted.length - 1]
                    + "; their span had to be finite");
        }
    }

    /** The recursion for nodes known to be distinct and finite. */
    static double[][] recursion(double x0, double[] nodes, int highest) {
        int n = nodes.length;
        int exponent = exponent(nodes);
        double origin = Math.scalb(x0, -exponent);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = Math.scalb(nodes[i], -exponent);
        }
        DoubleDouble[][] c = new DoubleDouble[highest + 1][n];
        for (DoubleDouble[] row : c) {
            Arrays.fill(row, DoubleDouble.ZERO);
        }
        c[0][0] = DoubleDouble.ONE;
        DoubleDouble before = DoubleDouble.ONE;
        DoubleDouble distance = DoubleDouble.difference(x[0], origin);
        for (int i = 1; i < n; i++) {
            int most = Math.min(i, highest);
            DoubleDouble lastDistance = distance;
            distance = DoubleDouble.difference(x[i], origin);
            DoubleDouble product = DoubleDouble.ONE;
            for (int j = 0; j < i; j++) {
                product = product.times(DoubleDouble.difference(x[i], x[j]));
            }
            DoubleDouble ratio = before.over(product);
            for (int k = most; k >= 0; k--) {
                DoubleDouble value = lastDistance.times(c[k][i - 1]).negate();
                if (k > 0) {
                    value = value.plus(c[k - 1][i - 1].times(k));
                }
                c[k][i] = ratio.times(value);
            }
            for (int j = 0; j < i; j++) {
                DoubleDouble gap = DoubleDouble.difference(x[i], x[j]);
                for (int k = most; k >= 0; k--) {
                    DoubleDouble value = distance.times(c[k][j]);
                    if (k > 0) {
                        value = value.minus(c[k - 1][j].times(k));
                    }
                    c[k][j] = value.over(gap);
                }
            }
            before = product;
        }
        double[][] weights = new double[highest + 1][n];
        for (int k = 0; k <= highest; k++) {
            for (int i = 0; i < n; i++) {
                // adding 0 turns -0 into 0
                weights[k][i] = Math.scalb(c[k][i].high(), -exponent * k) + 0.0;
            }
        }
        return weights;
    }

    /** A power of two that brings the span near 4, where products of many differences neither overflow nor vanish. */
    private static int exponent(double[] nodes) {
        double low = nodes[0];
        double high = nodes[0];
        for (double node : nodes) {
            low = Math.min(low, node);
            high = Math.max(high, node);
        }
        return high > low ? Math.getExponent(high - low) - 1 : 0;
    }
}
