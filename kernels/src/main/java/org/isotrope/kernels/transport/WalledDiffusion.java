package org.isotrope.kernels.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Condition;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.BilinearOperator;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.WallData;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.isotrope.kernels.difference.StaggeredDifferences;
import org.isotrope.kernels.tensor.IrrepsType;
import org.jspecify.annotations.Nullable;

/**
 * Diffusion as fluxes: one component an axis for those between neighbouring nodes, as many for those that mixed
 * derivatives of sheared cells make, and, where conditions stand at walls, as many for those through walls, at the end
 * nodes.
 *
 * <p>What flows in through a wall is {@code k ∂ₙu}, with the outward derivative that the condition makes of the
 * straight line through the node and its ghost: for values at cell-centred walls {@code (g − u₀)/s}, for mixed
 * conditions {@code (β − γu₀)/(1 + γs)} at cell-centred walls and {@code β − γu₀} at node-centred ones, with {@code s}
 * the distance of the node from the wall. Steady states are of second order if k is that of the wall, at cell-centred
 * walls from the straight line through the last two nodes; under values that of the last node is enough, since it acts
 * over {@code s} only, and cannot be negative. Node-centred walls that hold values have them in their nodes; there
 * what flows across the wall does not change them.
 */
final class WalledDiffusion {
    private final Grid grid;
    private final int d;
    private final @Nullable Boundaries boundaries;
    private final double[][] metric;
    private final Space scalars;
    private final Space fluxes;
    private final int walls;

    /** Null boundaries for insulated walls. */
    WalledDiffusion(Grid grid, @Nullable Boundaries boundaries) {
        this.grid = grid;
        this.d = grid.dimension();
        this.boundaries = boundaries;
        this.metric = inverseMetric(grid);
        this.scalars = new Space(grid, FieldType.SCALAR);
        if (boundaries != null) {
            boundaries.requireFit(grid);
            requireConditions();
        }
        this.walls = grid.isRectangular() ? d : 2 * d;
        int components = boundaries == null ? walls : walls + d;
        this.fluxes = new Space(grid, components == d ? FieldType.VECTOR : IrrepsType.of(components + "x0e"));
    }

    private void requireConditions() {
        for (int a = 0; a < d; a++) {
            for (Side side : Side.values()) {
                if (isWalled(a)) {
                    if (!(boundaries.at(a, side) instanceof Condition condition)) {
                        throw new IllegalArgumentException("boundary on the " + side + " side of axis " + a + " is "
                                + boundaries.at(a, side) + "; it had to be a value, a slope or a mixed condition");
                    }
                    requireOrthogonal(a, condition);
                }
            }
        }
    }

    /** Fluxes through walls that the axis crosses askew would need slopes along them. */
    private void requireOrthogonal(int a, Condition condition) {
        for (int b = 0; b < d; b++) {
            if (b != a && Math.abs(metric[a][b]) > 1e-12 * Math.sqrt(metric[a][a] * metric[b][b])) {
                throw new IllegalArgumentException("boundary " + condition + " stands across axis " + a
                        + ", which is not orthogonal to axis " + b + "; it had to be for diffusion");
            }
        }
    }

    private boolean isWalled(int a) {
        return !grid.axis(a).isPeriodic() && grid.axis(a).size() > 1;
    }

    /** {@code (u, k) ↦ ∇·(k∇u)} with all data 0. */
    BilinearOperator inside() {
        boolean sheared = !grid.isRectangular();
        List<KroneckerProduct> slopes = new ArrayList<>();
        for (int a = 0; a < d; a++) {
            StaggeredDifferences along = StaggeredDifferences.on(grid.axis(a), false);
            slopes.add(single(a, 0, metric[a][a], a, along.toMiddles()));
            for (int b = 0; b < d && sheared; b++) {
                if (b != a && metric[a][b] != 0) {
                    slopes.add(single(d + a, 0, metric[a][b], b,
                            StaggeredDifferences.on(grid.axis(b), false).acrossNodes()));
                }
            }
            if (boundaries != null && isWalled(a)) {
                double[] ends = ends(a, this::ofEndNode);
                if (!Arrays.equals(ends, new double[ends.length])) {
                    slopes.add(single(walls + a, 0, 1, a, BandedMatrix.diagonal(ends)));
                }
            }
        }
        return fluxes(Operators.kronecker("differences", scalars, fluxes, slopes)).named("diffusion");
    }

    /** What data g on a wall add, (g, k) ↦ a scalar inside. */
    BilinearOperator source(int a, Side side) {
        Space wall = WallData.wall(scalars, a, side);
        if (!isWalled(a)) {
            throw new IllegalArgumentException("axis is " + a
                    + "; it had to have a condition at its wall, and more than one node");
        }
        return fluxes(throughWall(wall, a, side)).named("source of diffusion");
    }

    private LinearOperator throughWall(Space wall, int a, Side side) {
        double factor = ofDatum(a, side);
        int n = grid.axis(a).size();
        long below = 1;
        for (int b = a + 1; b < d; b++) {
            below *= grid.axis(b).size();
        }
        long inner = below;
        long first = (walls + a) * grid.size() + (side == Side.LOW ? 0 : (n - 1) * inner);
        return LinearOperator.of(wall, fluxes,
                (in, out) -> {
                    out.fill(0);
                    for (long i = 0; i < in.count(); i++) {
                        out.setFlat(first + i / inner * n * inner + i % inner, factor * in.getFlat(i));
                    }
                },
                (in, out) -> {
                    for (long i = 0; i < out.count(); i++) {
                        out.setFlat(i, factor * in.getFlat(first + i / inner * n * inner + i % inner));
                    }
                });
    }

    private BilinearOperator fluxes(LinearOperator slopes) {
        boolean sheared = !grid.isRectangular();
        List<KroneckerProduct> means = new ArrayList<>();
        List<KroneckerProduct> divergence = new ArrayList<>();
        for (int a = 0; a < d; a++) {
            StaggeredDifferences along = StaggeredDifferences.on(grid.axis(a), false);
            means.add(single(a, 0, 1, a, along.averageToMiddles()));
            divergence.add(single(0, a, 1, a, held(a, along.toNodes())));
            if (sheared) {
                means.add(single(d + a, 0, 1, a, null));
                divergence.add(single(0, d + a, 1, a, held(a, along.acrossNodesDual())));
            }
            if (boundaries != null && isWalled(a)) {
                means.add(single(walls + a, 0, 1, a, toWalls(a)));
                divergence.add(single(0, walls + a, 1, a, BandedMatrix.diagonal(ends(a, this::intoEndNode))));
            }
        }
        return BilinearOperator.elementwise(fluxes).mappingFirst(slopes)
                .mappingSecond(Operators.kronecker("means", scalars, fluxes, means))
                .then(Operators.kronecker("divergence of fluxes", fluxes, scalars, divergence));
    }

    /** The coefficient at walls, in the rows of end nodes. */
    private BandedMatrix toWalls(int a) {
        int n = grid.axis(a).size();
        int[] first = new int[n];
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++) {
            first[i] = i;
            rows[i] = new double[1];
        }
        double low = beyondEndNode(a, Side.LOW);
        double high = beyondEndNode(a, Side.HIGH);
        rows[0] = new double[] {1 + low, -low};
        first[n - 1] = n - 2;
        rows[n - 1] = new double[] {-high, 1 + high};
        return BandedMatrix.of(false, first, rows);
    }

    /** How far the straight line through the coefficients of the last two nodes goes on, in their distance. */
    private double beyondEndNode(int a, Side side) {
        Axis axis = grid.axis(a);
        boolean value = ((Condition) boundaries.at(a, side)).kind() == Condition.Kind.VALUE;
        if (value || axis.centring() == Axis.Centring.NODE) {
            return 0;
        }
        int n = axis.size();
        return side == Side.LOW ? (axis.node(0) - axis.low()) / (axis.node(1) - axis.node(0))
                : (axis.high() - axis.node(n - 1)) / (axis.node(n - 1) - axis.node(n - 2));
    }

    /** Whether the end node is the wall and holds what is given there. */
    private boolean isHeld(int a, Side side) {
        return boundaries != null && isWalled(a) && grid.axis(a).centring() == Axis.Centring.NODE
                && boundaries.at(a, side) instanceof Condition condition && condition.kind() == Condition.Kind.VALUE;
    }

    /** Without the rows of end nodes that are held. */
    private BandedMatrix held(int a, BandedMatrix matrix) {
        int n = matrix.size();
        if (!isHeld(a, Side.LOW) && !isHeld(a, Side.HIGH)) {
            return matrix;
        }
        int[] first = new int[n];
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++) {
            first[i] = matrix.firstColumn(i);
            boolean zero = i == 0 && isHeld(a, Side.LOW) || i == n - 1 && isHeld(a, Side.HIGH);
            rows[i] = zero ? new double[matrix.width(i)] : matrix.weights(i);
        }
        return BandedMatrix.of(false, first, rows);
    }

    private interface End {
        double at(int axis, Side side);
    }

    private double[] ends(int a, End end) {
        double[] diagonal = new double[grid.axis(a).size()];
        diagonal[0] = end.at(a, Side.LOW);
        diagonal[diagonal.length - 1] = end.at(a, Side.HIGH);
        return diagonal;
    }

    /** Distance in space between a node and its ghost. */
    private double apart(int a, Side side) {
        Axis axis = grid.axis(a);
        int n = axis.size();
        boolean low = side == Side.LOW;
        double distance = axis.centring() == Axis.Centring.NODE
                ? Math.abs(low ? axis.node(1) - axis.node(0) : axis.node(n - 1) - axis.node(n - 2))
                : low ? axis.node(0) - axis.low() : axis.high() - axis.node(n - 1);
        return 2 * distance / Math.sqrt(metric[a][a]);
    }

    /** The outward derivative per value at the end node. */
    private double ofEndNode(int a, Side side) {
        if (isHeld(a, side)) {
            return 0;
        }
        double[] ghost = boundaries.at(a, side).on(grid, a, side).ghost(1);
        boolean node = grid.axis(a).centring() == Axis.Centring.NODE;
        return (node ? ghost[0] : ghost[0] - 1) / apart(a, side);
    }

    /** The outward derivative per datum. */
    private double ofDatum(int a, Side side) {
        return ((Condition) boundaries.at(a, side)).datum(grid, a, side, 1) / apart(a, side);
    }

    /** What the end node gains by what flows in through the wall. */
    private double intoEndNode(int a, Side side) {
        return isHeld(a, side) ? 0 : Math.sqrt(metric[a][a]) / dual(a, side);
    }

    /** Length along the axis of the dual cell of the end node within the walls. */
    private double dual(int a, Side side) {
        Axis axis = grid.axis(a);
        double weight = axis.weight(side == Side.LOW ? 0 : axis.size() - 1);
        return axis.centring() == Axis.Centring.NODE ? weight / 2 : weight;
    }

    private KroneckerProduct single(
            int output, int input, double factor, int axis, @Nullable BandedMatrix matrix) {
        List<@Nullable BandedMatrix> along = new ArrayList<>(Collections.nCopies(d, null));
        along.set(axis, matrix);
        return new KroneckerProduct(output, input, factor, along);
    }

    /** {@code g^{ab} = Σ_i B_ai B_bi} with the inverse B of the cell basis. */
    private static double[][] inverseMetric(Grid grid) {
        double[][] inverse = grid.inverseCell();
        int d = inverse.length;
        double[][] metric = new double[d][d];
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                for (int i = 0; i < d; i++) {
                    metric[a][b] += inverse[a][i] * inverse[b][i];
                }
            }
        }
        return metric;
    }
}
