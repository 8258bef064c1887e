package org.isotrope.kernels.spectral;

import java.util.Map;
import java.util.TreeMap;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Axis.Centring;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Field;
import org.isotrope.grids.Grid;
import org.isotrope.grids.PointFunction;
import org.isotrope.kernels.difference.DifferenceWeights;

/**
 * What the walls of a {@link PoissonProblem} hold: values at Dirichlet walls, outward derivatives at Neumann walls, as
 * functions of the place on the wall; 0 at walls that are not named.
 *
 * <p>Ghosts are reflected about the data, {@code 2g − u} at a distance from a wall that holds the value g,
 * {@code u + 2 s q} at a distance s beyond one with outward derivative q: second order at the walls, whatever the
 * accuracy in the interior.
 *
 * <p>Immutable.
 */
public final class WallData {
    private final Map<Integer, PointFunction> data;

    private WallData(Map<Integer, PointFunction> data) {
        this.data = data;
    }

    /**
     * Walls that hold 0.
     *
     * @return no data
     */
    public static WallData zero() {
        return new WallData(Map.of());
    }

    /**
     * These data with those of one side replaced.
     *
     * @param axis a bounded axis, 0 for x
     * @param side which end
     * @param values value or outward derivative at a place on the wall
     * @return the new data
     */
    public WallData with(int axis, Side side, PointFunction values) {
        if (axis < 0 || axis > 2) {
            throw new IllegalArgumentException("axis is " + axis + "; it had to be 0, 1 or 2");
        }
        Map<Integer, PointFunction> copy = new TreeMap<>(data);
        copy.put(2 * axis + side.ordinal(), values);
        return new WallData(copy);
    }

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
    void moveToRightHandSide(PoissonProblem problem, Field right) {
        data.keySet().forEach(place -> require(problem, place / 2, Side.values()[place % 2]));
        data.forEach((place, values) -> move(problem, place / 2, Side.values()[place % 2], values, right));
    }

    private static void move(PoissonProblem problem, int a, Side side, PointFunction values, Field right) {
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
            Grid grid, int a, Side side, int depth, double factor, PointFunction values, Field field) {
        int n = grid.axis(a).size();
        int plane = side == Side.LOW ? depth : n - 1 - depth;
        forEachOnPlane(grid, a, plane, index -> {
            double value = factor * values.at(wallPosition(grid, a, side, index));
            for (int c = 0; c < field.components(); c++) {
                field.set(field.get(c, index) + value, c, index);
            }
        });
    }

    /** Writes values at wall nodes that hold them. */
    void impose(PoissonProblem problem, Field u) {
        Grid grid = problem.grid();
        data.forEach((place, values) -> {
            int a = place / 2;
            Side side = Side.values()[place % 2];
            if (problem.reflection(a, side) == Reflection.ODD_NODE) {
                int plane = side == Side.LOW ? 0 : grid.axis(a).size() - 1;
                forEachOnPlane(grid, a, plane, index -> {
                    double value = values.at(wallPosition(grid, a, side, index));
                    for (int c = 0; c < u.components(); c++) {
                        u.set(value, c, index);
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

    private static double[] wallPosition(Grid grid, int a, Side side, int[] index) {
        double[] coordinates = new double[index.length];
        for (int b = 0; b < index.length; b++) {
            coordinates[b] = grid.axis(b).node(index[b]);
        }
        Axis axis = grid.axis(a);
        double half = axis.centring() == Centring.NODE ? 0 : axis.spacing() / 2;
        coordinates[a] = side == Side.LOW ? axis.node(0) - half : axis.node(axis.size() - 1) + half;
        return grid.toSpace(coordinates);
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
