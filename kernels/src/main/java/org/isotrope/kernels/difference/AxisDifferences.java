package org.isotrope.kernels.difference;

import java.util.Arrays;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Boundary;

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
        int width = width(axis, derivative, accuracy);
        return new Rows(axis, derivative, count, (width - 1) / 2, width).matrix("derivative " + derivative
                + " at accuracy " + accuracy);
    }

    /** Nodes of an interior row. */
    private static int width(Axis axis, int derivative, int accuracy) {
        int count = nodes(derivative, accuracy);
        boolean symmetryHelps = axis.isUniform() && derivative % 2 == 0 && accuracy % 2 == 0;
        return symmetryHelps ? count - 1 : count % 2 == 0 ? count + 1 : count;
    }

    /**
     * The matrix of a derivative along a bounded axis whose boundaries say what lies beyond its walls. Every row has
     * the nodes of the interior; where these are ghosts, their weights go to the interior values that make the ghosts
     * up. On a nonuniform axis ghosts lie at the mirror images of the nodes, so the order at walls is that of the
     * boundary.
     *
     * @param axis the axis; if periodic, boundaries say nothing
     * @param derivative order {@code m} of the derivative, at least 1
     * @param accuracy order {@code p} of accuracy in the interior, at least 1
     * @param below what lies before the first node
     * @param above what lies after the last node
     * @return a matrix of {@code axis.size()} rows in units of 1/length{@code ᵐ}
     * @throws IllegalArgumentException if the axis has more than one node but too few for its boundaries
     */
    public static BandedMatrix of(Axis axis, int derivative, int accuracy, Boundary below, Boundary above) {
        if (axis.isPeriodic() || axis.size() == 1) {
            return of(axis, derivative, accuracy);
        }
        DifferenceWeights.requireAtLeast("derivative", derivative, 1);
        DifferenceWeights.requireAtLeast("accuracy", accuracy, 1);
        int width = width(axis, derivative, accuracy);
        Rows rows = new Rows(axis, derivative, width, (width - 1) / 2, width);
        return rows.walled(new Ghosts(axis, Side.LOW, below), new Ghosts(axis, Side.HIGH, above));
    }

    /**
     * The matrix of a derivative with {@code m + p} nodes a row, a given number of them below the row's own node:
     * one-sided for 0 and {@code m + p − 1}, biased in between. At the ends of a bounded axis, where these do not fit,
     * the {@code m + p} nodes there.
     *
     * @param axis the axis
     * @param derivative order {@code m} of the derivative, at least 1
     * @param accuracy order {@code p} of accuracy in every row, at least 1
     * @param below number of nodes below the row's own, 0 to {@code m + p − 1}
     * @return a matrix of {@code axis.size()} rows in units of 1/length{@code ᵐ}, periodic if the axis is
     * @throws IllegalArgumentException if the axis has more than one node but fewer than {@code m + p}
     */
    public static BandedMatrix biased(Axis axis, int derivative, int accuracy, int below) {
        DifferenceWeights.requireAtLeast("derivative", derivative, 1);
        DifferenceWeights.requireAtLeast("accuracy", accuracy, 1);
        int count = nodes(derivative, accuracy);
        if (below < 0 || below >= count) {
            throw new IllegalArgumentException("below is " + below + "; it had to be in [0, " + count
                    + "), as a row has " + count + " nodes");
        }
        return new Rows(axis, derivative, count, below, count).matrix("derivative " + derivative + " at accuracy "
                + accuracy);
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

        /** Every row like the interior's, ghosts folded. */
        BandedMatrix walled(Ghosts low, Ghosts high) {
            int n = axis.size();
            int reach = width - 1 - below;
            requireNodes(low, below);
            requireNodes(high, reach);
            int[] first = new int[n];
            double[][] rows = new double[n][];
            double[] interior = axis.isUniform() ? uniform(-below, width) : new double[0];
            for (int i = 0; i < n; i++) {
                boolean inside = i >= below && i + reach < n;
                double[] weights = axis.isUniform() ? interior : nonuniform(i, low, high);
                first[i] = i - below;
                rows[i] = weights;
                if (!inside) {
                    double[] full = new double[n];
                    for (int k = 0; k < width; k++) {
                        int column = i - below + k;
                        if (column < 0) {
                            low.fold(-column, weights[k], full);
                        } else if (column >= n) {
                            high.fold(column - n + 1, weights[k], full);
                        } else {
                            full[column] += weights[k];
                        }
                    }
                    int from = 0;
                    int end = n;
                    while (from < n - 1 && full[from] == 0) {
                        from++;
                    }
                    while (end > from + 1 && full[end - 1] == 0) {
                        end--;
                    }
                    first[i] = from;
                    rows[i] = Arrays.copyOfRange(full, from, end);
                }
            }
            return new BandedMatrix(false, first, rows);
        }

        private void requireNodes(Ghosts ghosts, int count) {
            if (axis.size() < ghosts.nodesFor(count)) {
                throw new IllegalArgumentException("axis is " + axis + "; it had to have at least "
                        + ghosts.nodesFor(count) + " nodes for boundary " + ghosts + " under differences that reach "
                        + count + " nodes beyond the wall");
            }
        }

        private double[] nonuniform(int i, Ghosts low, Ghosts high) {
            double[] x = new double[width];
            int n = axis.size();
            for (int k = 0; k < width; k++) {
                int column = i - below + k;
                x[k] = column < 0 ? low.position(-column)
                        : column >= n ? high.position(column - n + 1) : axis.node(column);
            }
            return Fornberg.recursion(axis.node(i), x, derivative)[derivative];
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
