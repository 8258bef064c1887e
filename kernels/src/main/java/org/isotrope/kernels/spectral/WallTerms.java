package org.isotrope.kernels.spectral;

import org.isotrope.grids.Axis;
import org.isotrope.grids.Axis.Centring;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Field;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.WallData;
import org.isotrope.kernels.difference.DifferenceWeights;

/**
 * What data on the walls of a {@link PoissonProblem} come to: values at Dirichlet walls, outward derivatives at Neumann
 * walls.
 *
 * <p>Ghosts are reflected about the data, {@code 2g − u} at a distance from a wall that holds the value g,
 * {@code u + 2 s q} at a distance s beyond one with outward derivative q: second order at the walls, whatever the
 * accuracy in the interior.
 */
final class WallTerms {
    private WallTerms() {}

    private static void require(PoissonProblem problem, int axis, Side side) {
        PoissonProblem.requireWall(problem.grid(), axis, side);
        if (problem.hasBoundaries()) {
            throw new IllegalArgumentException("data are on the " + side + " side of axis " + axis
                    + " of a problem given by boundaries; it had to be given by walls");
        }
        if (problem.accuracy() == Symbols.SPECTRAL || problem.isIsotropic()) {
            throw new IllegalArgumentException("data are on the " + side + " side of axis " + axis + " of " + problem
                    + "; its Laplacian had to be differences along each axis");
        }
        if (problem.grid().axis(axis).size() == 1) {
            throw new IllegalArgumentException("data are on the " + side + " side of axis " + axis
                    + ", along which nothing varies; it had to have 2 nodes at least");
        }
    }

    /** Takes what the Laplacian makes of ghosts off the right-hand side. */
    static void moveToRightHandSide(PoissonProblem problem, WallData data, Field right) {
        forEachWall(data, (a, side) -> require(problem, a, side));
        Space space = new Space(problem.grid(), right.type());
        forEachWall(data, (a, side) -> move(problem, a, side, data.on(a, side, space, Precision.DOUBLE), right));
    }

    private interface WallAction {
        void at(int axis, Side side);
    }

    private static void forEachWall(WallData data, WallAction action) {
        for (int a = 0; a < 3; a++) {
            for (Side side : Side.values()) {
                if (data.has(a, side)) {
                    action.at(a, side);
                }
            }
        }
    }

    private static void move(PoissonProblem problem, int a, Side side, Field values, Field right) {
        Grid grid = problem.grid();
        Axis axis = grid.axis(a);
        DifferenceWeights difference = DifferenceWeights.centred(2, problem.accuracy());
        double h = axis.spacing();
        double[] weights = difference.weights(h);
        int[] offsets = difference.offsets();
        int reach = Symbols.reach(problem.accuracy());
        Reflection reflection = problem.reflection(a, side);
        boolean node = axis.centring() == Centring.NODE;
        double metric = metric(grid, a);
        // a node that holds a value is given itself
        int last = reflection == Reflection.ODD_NODE ? 0 : 1;
        for (int depth = 0; depth < Math.min(reach + 1, axis.size()); depth++) {
            double coefficient = 0;
            for (int t = 0; t < offsets.length; t++) {
                // how far beyond the end node, in spacings
                int ghost = -(offsets[t] + depth);
                if (ghost >= last) {
                    double fromWall = (node ? ghost : ghost - 0.5) * h / Math.sqrt(metric);
                    coefficient += weights[t] * (reflection.isEven() ? 2 * fromWall : ghost == 0 ? 1 : 2);
                }
            }
            addOnPlane(grid, a, side, depth, -metric * coefficient, values, right);
        }
    }

    /** Adds multiples of the wall data on the plane of nodes at a depth behind the end node. */
    private static void addOnPlane(
            Grid grid, int a, Side side, int depth, double factor, Field values, Field field) {
        int n = grid.axis(a).size();
        int plane = side == Side.LOW ? depth : n - 1 - depth;
        forEachOnPlane(grid, a, plane, index -> {
            int[] place = index.clone();
            place[a] = 0;
            for (int c = 0; c < field.components(); c++) {
                field.set(field.get(c, index) + factor * values.get(c, place), c, index);
            }
        });
    }

    /** Writes values at wall nodes that hold them. */
    static void impose(PoissonProblem problem, WallData data, Field u) {
        Space space = new Space(problem.grid(), u.type());
        forEachWall(data, (a, side) -> {
            if (problem.reflection(a, side) == Reflection.ODD_NODE) {
                Field values = data.on(a, side, space, Precision.DOUBLE);
                int plane = side == Side.LOW ? 0 : problem.grid().axis(a).size() - 1;
                forEachOnPlane(problem.grid(), a, plane, index -> {
                    int[] place = index.clone();
                    place[a] = 0;
                    for (int c = 0; c < u.components(); c++) {
                        u.set(values.get(c, place), c, index);
                    }
                });
            }
        });
    }

    private interface NodeAction {
        void at(int[] index);
    }

    private static void forEachOnPlane(Grid grid, int a, int plane, NodeAction action) {
        int[] index = new int[grid.dimension()];
        index[a] = plane;
        boolean more = true;
        while (more) {
            action.at(index);
            more = false;
            for (int b = index.length - 1; b >= 0 && !more; b--) {
                if (b != a) {
                    more = ++index[b] < grid.axis(b).size();
                    index[b] = more ? index[b] : 0;
                }
            }
        }
    }

    /** One over the square of the physical length of a coordinate step, as axes with walls are orthogonal to others. */
    private static double metric(Grid grid, int a) {
        double sum = 0;
        for (double entry : grid.inverseCell()[a]) {
            sum += entry * entry;
        }
        return sum;
    }
}
