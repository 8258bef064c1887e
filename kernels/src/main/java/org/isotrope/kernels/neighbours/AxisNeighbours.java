package org.isotrope.kernels.neighbours;

import java.util.Arrays;
import org.isotrope.grids.Axis;

/**
 * The nodes of one axis within reach of each of its nodes, in order of their coordinates, images along a periodic axis
 * each for itself.
 *
 * <p>They are numbered by k in a box. Where all nodes are alike they share one box, of offsets, of which a node near a
 * wall sees only the part {@code first[i] ≤ k < last[i]}; otherwise every node has a box of its own and sees all of it.
 *
 * @param shared whether all nodes share box 0; box i is node i's otherwise
 * @param first where the part of the box that node i sees begins
 * @param last where it ends
 * @param index the node that k stands for, by node i and k
 * @param displacement {@code ξ_i − ξ_j} by box and k
 * @param own quadrature weight of the nodes that have the box, by box
 * @param weight quadrature weight of the node that k stands for, by box and k
 */
record AxisNeighbours(
        boolean shared, int[] first, int[] last, int[][] index, double[][] displacement, double[] own,
        double[][] weight) {
    /** Two lengths this close, relative to the reach, are the same up to rounding of the spacings. */
    static final double TOLERANCE = 1e-9;

    /** More pairs than this along one axis are a mistake. */
    private static final long MOST = 1L << 28;

    int size() {
        return index.length;
    }

    int boxes() {
        return displacement.length;
    }

    int box(int i) {
        return shared ? 0 : i;
    }

    /** Each node alone. */
    static AxisNeighbours alone(int n) {
        int[][] index = new int[n][1];
        for (int i = 0; i < n; i++) {
            index[i][0] = i;
        }
        int[] last = new int[n];
        Arrays.fill(last, 1);
        return new AxisNeighbours(true, new int[n], last, index, new double[1][1], new double[] {1},
                new double[][] {{1}});
    }

    /**
     * All nodes within reach.
     *
     * @param everyNode whether every node gets a box of its own on a uniform axis too
     */
    static AxisNeighbours within(Axis axis, double reach, boolean everyNode) {
        double limit = reach * (1 + TOLERANCE);
        int n = axis.size();
        boolean periodic = axis.isPeriodic();
        // on average; a bounded axis has no more nodes than it has
        double each = n == 1 && !periodic ? 1 : 1 + 2 * limit * n / (axis.high() - axis.low());
        if ((periodic ? each : Math.min(each, n)) * n > MOST) {
            throw new IllegalArgumentException("reach along " + axis + " is " + reach + "; it had to give less than "
                    + MOST + " pairs of nodes");
        }
        return axis.isUniform() && !everyNode ? uniform(axis, limit) : general(axis, limit);
    }

    private static AxisNeighbours uniform(Axis axis, double limit) {
        int n = axis.size();
        double h = axis.spacing();
        boolean periodic = axis.isPeriodic();
        // beyond the other wall there is nothing
        int most = periodic ? Integer.MAX_VALUE / 4 : n - 1;
        int reach = (int) Math.min(most, Math.floor(limit / h));
        int width = 2 * reach + 1;
        double[] displacement = new double[width];
        double[] weight = new double[width];
        for (int k = 0; k < width; k++) {
            displacement[k] = (reach - k) * h;
            weight[k] = axis.weight(0);
        }
        int[] first = new int[n];
        int[] last = new int[n];
        int[][] index = new int[n][width];
        for (int i = 0; i < n; i++) {
            first[i] = periodic ? 0 : Math.max(0, reach - i);
            last[i] = periodic ? width : Math.min(width, reach + n - i);
            for (int k = 0; k < width; k++) {
                int j = i + k - reach;
                index[i][k] = periodic ? Math.floorMod(j, n) : j;
            }
        }
        return new AxisNeighbours(true, first, last, index, new double[][] {displacement},
                new double[] {axis.weight(0)}, new double[][] {weight});
    }

    private static AxisNeighbours general(Axis axis, double limit) {
        int n = axis.size();
        int[][] index = new int[n][];
        double[][] displacement = new double[n][];
        double[][] weight = new double[n][];
        double[] own = new double[n];
        int[] last = new int[n];
        for (int i = 0; i < n; i++) {
            int images = axis.isPeriodic() ? (int) Math.ceil(limit / axis.period()) + 1 : 0;
            int count = 0;
            int[] found = new int[8];
            double[] apart = new double[8];
            for (int image = -images; image <= images; image++) {
                double shift = image == 0 ? 0 : image * axis.period();
                for (int j = 0; j < n; j++) {
                    // the difference of nodes first, so that pairs either way round are exact opposites
                    double difference = axis.node(i) - axis.node(j) - shift;
                    if (Math.abs(difference) <= limit) {
                        if (count == found.length) {
                            found = Arrays.copyOf(found, 2 * count);
                            apart = Arrays.copyOf(apart, 2 * count);
                        }
                        found[count] = j;
                        apart[count++] = difference;
                    }
                }
            }
            index[i] = Arrays.copyOf(found, count);
            displacement[i] = Arrays.copyOf(apart, count);
            weight[i] = new double[count];
            for (int k = 0; k < count; k++) {
                weight[i][k] = axis.weight(found[k]);
            }
            own[i] = axis.weight(i);
            last[i] = count;
        }
        return new AxisNeighbours(false, new int[n], last, index, displacement, own, weight);
    }
}
