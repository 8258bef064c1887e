package org.isotrope.kernels.difference;

import org.isotrope.grids.Axis;

/**
 * Derivatives along an axis as banded matrices that keep their order of accuracy in <em>every</em> row.
 *
 * <p>For derivative {@code m} at accuracy {@code p} every row, boundary rows too, is exact for every polynomial of
 * degree up to {@code m + p − 1}, whatever the nodes. Rows take
 * <ul>
 * <li>on a uniform axis the centred stencil {@link DifferenceWeights#centred} of accuracy {@code p}, or
 *     {@code p + 1} if {@code p} is odd: {@code m + p − 1} nodes for even {@code m}, as symmetry gives the last order;
 * <li>on a nonuniform axis, where nothing cancels by symmetry, {@code m + p} nodes centred by index; if that is an even
 *     number one node more, so that the row has as many nodes on one side as on the other. The reach is the same, and
 *     reversing the axis reverses the matrix, which no choice of a side by distance would do robustly;
 * <li>near the ends of a bounded axis, where the centred stencil does not fit, the {@code m + p} nodes at that end.
 * </ul>
 * A uniform axis has weights from exact rationals divided by {@code hᵐ}; another one has {@link Fornberg}'s. An axis
 * counts as uniform if {@link Axis#isUniform()} says so. Along an axis of one node nothing varies, and the matrix is 0.
 */
public final class AxisDifferences {
    private AxisDifferences() {
    }

    /**
     * The matrix of a derivative along an axis.
     *
     * @param axis the axis
     * @param derivative order {@code m} of the derivative, at least 1
     * @param accuracy order {@code p} of accuracy in every row, at least 1
     * @return a matrix of {@code axis.size()} rows in units of 1/length{@code ᵐ}, periodic if the axis is
     * @throws IllegalArgumentException if the axis has more than one node but too few: a bounded axis needs
     *     {@code m + p}, a periodic one as many as the centred stencil has
     */
    public static BandedMatrix of(Axis axis, int derivative, int accuracy) {
        DifferenceWeights.requireAtLeast("derivative", derivative, 1);
        DifferenceWeights.requireAtLeast("accuracy", accuracy, 1);
        int count = nodes(derivative, accuracy);
        boolean symmetryHelps = axis.isUniform() && derivative % 2 == 0 && accuracy % 2 == 0;
        int width = symmetryHelps ? count - 1 : count % 2 == 0 ? count + 1 : count;
        return new Rows(axis, derivative, count, (width - 1) / 2, width).matrix("derivative " + derivative
                + " at accuracy " + accuracy);
    }

    /**
     * The matrix of the upwind-biased first derivative along an axis: {@code p + 1} nodes, one more on the side the
     * flow comes from; at the ends of a bounded axis the {@code p + 1} nodes there.
     *
     * @param axis the axis
     * @param accuracy order {@code p} of accuracy in every row, odd: 1, 3, 5, …
     * @param sign of the velocity: 1 if the flow comes from below, −1 if it comes from above
     * @return a matrix of {@code axis.size()} rows in units of 1/length, periodic if the axis is
     * @throws IllegalArgumentException if the axis has more than one node but fewer than {@code p + 1}
     */
    public static BandedMatrix upwind(Axis axis, int accuracy, int sign) {
        if (accuracy < 1 || accuracy % 2 == 0) {
            throw new IllegalArgumentException("accuracy is " + accuracy + "; it had to be odd and at least 1 for an "
                    + "upwind-biased stencil");
        }
        if (sign != 1 && sign != -1) {
            throw new IllegalArgumentException("sign is " + sign + "; it had to be 1 or -1");
        }
        int count = nodes(1, accuracy);
        int below = sign > 0 ? count / 2 : count / 2 - 1;
        return new Rows(axis, 1, count, below, count).matrix("the upwind first derivative at accuracy " + accuracy);
    }

    private static int nodes(int derivative, int accuracy) {
        // any axis refuses a number this large, so saturating is enough
        return (int) Math.min((long) derivative + accuracy, 1 << 30);
    }

    /**
     * How rows choose their nodes.
     *
     * @param axis the axis
     * @param derivative order of the derivative
     * @param count nodes of a row that cannot have the interior's
     * @param below nodes below the diagonal of an interior row
     * @param width nodes of an interior row
     */
    private record Rows(Axis axis, int derivative, int count, int below, int width) {
        BandedMatrix matrix(String what) {
            int n = axis.size();
            boolean periodic = axis.isPeriodic();
            if (n == 1) {
                return new BandedMatrix(periodic, new int[1], new double[1][1]);
            }
            int needed = periodic ? width : count;
            if (n < needed) {
                throw new IllegalArgumentException("axis is " + axis + "; it had to have at least " + needed
                        + " nodes for " + what);
            }
            int[] first = new int[n];
            double[][] rows = new double[n][];
            double[] interior = axis.isUniform() ? uniform(-below, width) : new double[0];
            for (int i = 0; i < n; i++) {
                boolean fits = periodic || i - below >= 0 && i - below + width <= n;
                int nodes = fits ? width : count;
                first[i] = fits ? i - below : Math.clamp(i - count / 2, 0, n - count);
                rows[i] = !axis.isUniform() ? nonuniform(i, first[i], nodes)
                        : fits ? interior : uniform(first[i] - i, nodes);
            }
            return new BandedMatrix(periodic, first, rows);
        }

        private double[] uniform(int firstOffset, int nodes) {
            int[] offsets = new int[nodes];
            for (int k = 0; k < nodes; k++) {
                offsets[k] = firstOffset + k;
            }
            return DifferenceWeights.of(derivative, offsets).weights(axis.spacing());
        }

        private double[] nonuniform(int i, int firstColumn, int nodes) {
            double[] x = new double[nodes];
            int n = axis.size();
            for (int k = 0; k < nodes; k++) {
                int column = firstColumn + k;
                // an image keeps its place beyond the end, one period away
                x[k] = axis.node(Math.floorMod(column, n))
                        + (column < 0 ? -axis.period() : column >= n ? axis.period() : 0);
            }
            return Fornberg.recursion(axis.node(i), x, derivative)[derivative];
        }
    }
}
