package org.isotrope.kernels.difference;

import org.isotrope.grids.Axis;

/**
 * Differences and averages between the nodes of an axis and the middles between them, as matrices of the size of the axis:
 * middle {@code i} lies between node {@code i} and the next. On a bounded axis the last row or column of middles is
 * padding and stays 0.
 *
 * <p>With {@code Δ_i} the distance from node i to the next, and the dual length {@code δ_i = (Δ_{i−1} + Δ_i)/2}, at the walls of
 * node-centred axes the half of one and of cell-centred axes the cell, the two differences are {@code (D u)_i = (u_{i+1} − u_i)/Δ_i} and
 * {@code (D* v)_i = (v_i − v_{i−1})/δ_i} with 0 beyond walls, so that {@code δ D* = −(Δ D)ᵀ} holds exactly.
 */
public final class StaggeredDifferences {
    private final Axis axis;
    private final int n;
    private final boolean zeroOnWalls;

    private StaggeredDifferences(Axis axis, boolean zeroOnWalls) {
        this.axis = axis;
        this.n = axis.size();
        this.zeroOnWalls = zeroOnWalls;
    }

    /**
     * The matrices of an axis.
     *
     * @param axis any
     * @param zeroOnWalls whether what lies on the end nodes of a bounded, node-centred axis counts as 0 and stays 0
     * @return the choice
     */
    public static StaggeredDifferences on(Axis axis, boolean zeroOnWalls) {
        if (zeroOnWalls && !axis.isPeriodic() && axis.centring() != Axis.Centring.NODE && axis.size() > 1) {
            throw new IllegalArgumentException("axis is " + axis
                    + "; it had to be node-centred for its end nodes to lie on walls");
        }
        return new StaggeredDifferences(axis, zeroOnWalls && !axis.isPeriodic());
    }

    private double gap(int i) {
        if (!axis.isPeriodic() && (i < 0 || i == n - 1)) {
            return 0;
        }
        if (axis.isUniform()) {
            return axis.spacing();
        }
        int j = Math.floorMod(i, n);
        return j < n - 1 ? axis.node(j + 1) - axis.node(j) : axis.node(0) + axis.period() - axis.node(j);
    }

    /** Length of the dual cell of a node, as far as it lies within the walls. */
    private double dual(int i) {
        boolean cells = !axis.isPeriodic() && axis.centring() == Axis.Centring.CELL;
        return cells ? axis.weight(i) : (gap(i - 1) + gap(i)) / 2;
    }

    private boolean isWall(int i) {
        return !axis.isPeriodic() && (i == 0 || i == n - 1);
    }

    private interface Row {
        /** Weights at columns {@code i + offset} and the next. */
        double[] at(int i);
    }

    private BandedMatrix matrix(int offset, Row row) {
        int[] first = new int[n];
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++) {
            double[] weights = n == 1 ? new double[2] : row.at(i);
            first[i] = i + offset;
            rows[i] = weights;
            if (n == 1 || !axis.isPeriodic() && first[i] < 0) {
                first[i] = 0;
                rows[i] = new double[] {weights[1]};
            } else if (!axis.isPeriodic() && first[i] + 2 > n) {
                rows[i] = new double[] {weights[0]};
            }
        }
        return BandedMatrix.of(axis.isPeriodic(), first, rows);
    }

    /**
     * From nodes to middles, of second order.
     *
     * @return {@code D}
     */
    public BandedMatrix toMiddles() {
        return matrix(0, i -> {
            double gap = gap(i);
            double low = gap == 0 || zeroOnWalls && isWall(i) ? 0 : -1 / gap;
            double high = gap == 0 || zeroOnWalls && isWall(i + 1) ? 0 : 1 / gap;
            return new double[] {low, high};
        });
    }

    /**
     * From middles to nodes: the exact negative adjoint of {@link #toMiddles} under the weights {@code Δ} and {@code δ}.
     *
     * @return {@code D*}
     */
    public BandedMatrix toNodes() {
        return matrix(-1, i -> {
            double dual = dual(i);
            boolean zero = zeroOnWalls && isWall(i);
            return new double[] {zero || gap(i - 1) == 0 ? 0 : -1 / dual, zero || gap(i) == 0 ? 0 : 1 / dual};
        });
    }

    /**
     * The derivative at nodes as the mean of those in the middles on both sides, weighted by distance, 0 beyond walls:
     * {@code (u_{i+1} − u_{i−1})/(2 δ_i)}.
     *
     * @return {@code C}, nodes to nodes
     */
    public BandedMatrix acrossNodes() {
        return across(-1);
    }

    /**
     * The exact negative adjoint of {@link #acrossNodes} under the weights {@code δ}.
     *
     * @return {@code C*}, nodes to nodes
     */
    public BandedMatrix acrossNodesDual() {
        return across(1);
    }

    /** With the value beyond a wall equal to that at the wall, or the opposite. */
    private BandedMatrix across(int wallSign) {
        int[] first = new int[n];
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++) {
            double weight = n == 1 ? 0 : 0.5 / dual(i);
            if (n > 2 && !isWall(i) || n > 1 && axis.isPeriodic()) {
                first[i] = i - 1;
                rows[i] = n == 2 ? new double[2] : new double[] {-weight, 0, weight};
            } else if (i == 0) {
                rows[i] = n == 1 ? new double[1] : new double[] {wallSign * weight, weight};
            } else {
                first[i] = i - 1;
                rows[i] = new double[] {-weight, -wallSign * weight};
            }
        }
        return BandedMatrix.of(axis.isPeriodic(), first, rows);
    }

    /**
     * Averages of both ends.
     *
     * @return nodes to middles, exact for straight lines
     */
    public BandedMatrix averageToMiddles() {
        if (n == 1) {
            return BandedMatrix.diagonal(1);
        }
        return matrix(0, i -> gap(i) == 0 ? new double[2] : new double[] {0.5, 0.5});
    }

    /**
     * Straight lines through the middles on both sides; at walls through the two nearest.
     *
     * @return middles to nodes, exact for straight lines
     */
    public BandedMatrix averageToNodes() {
        if (n == 1) {
            return BandedMatrix.diagonal(1);
        }
        int[] first = new int[n];
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++) {
            int below = axis.isPeriodic() ? i - 1 : Math.clamp(i - 1, 0, Math.max(n - 3, 0));
            double low = gap(below);
            double high = gap(below + 1);
            // distance from the lower middle to the node, of that between the middles
            double position = below == i - 1 ? low / 2 : below == i ? -low / 2 : low / 2 + high;
            double share = position / ((low + high) / 2);
            first[i] = below;
            rows[i] = n == 2 && !axis.isPeriodic() ? new double[] {1} : new double[] {1 - share, share};
        }
        return BandedMatrix.of(axis.isPeriodic(), first, rows);
    }
}
