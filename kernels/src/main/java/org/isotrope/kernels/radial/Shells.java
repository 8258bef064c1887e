package org.isotrope.kernels.radial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Grid;

/**
 * All offsets of a uniform grid within a cutoff, grouped into shells of equal length. On one shell a radial kernel has
 * one value, so a kernel has as many free values as there are shells.
 *
 * <p>Lengths are physical: an offset of {@code o} nodes is the vector {@code A (h∘o)}. Lengths within a relative 1e-9 of
 * each other count as equal, also to the cutoff. The support is found right on sheared cells, where it is wider along
 * axes than the cutoff over the spacing.
 */
public final class Shells {
    /** Two lengths this close, relative to the cutoff, are the same up to rounding of the spacings. */
    private static final double TOLERANCE = 1e-9;

    private final Grid grid;
    private final double cutoff;
    private final int[][] offsets;
    private final double[][] vectors;
    private final int[] shell;
    private final double[] radii;

    private Shells(Grid grid, double cutoff, List<int[]> found) {
        this.grid = grid;
        this.cutoff = cutoff;
        double[] lengths = new double[found.size()];
        Integer[] order = new Integer[found.size()];
        for (int k = 0; k < lengths.length; k++) {
            lengths[k] = length(vector(grid, found.get(k)));
            order[k] = k;
        }
        Arrays.sort(order, Comparator.comparingDouble((Integer k) -> lengths[k])
                .thenComparing(found::get, Arrays::compare));
        this.offsets = new int[order.length][];
        this.vectors = new double[order.length][];
        this.shell = new int[order.length];
        double[] distinct = new double[order.length];
        int shells = 0;
        for (int k = 0; k < order.length; k++) {
            offsets[k] = found.get(order[k]);
            vectors[k] = vector(grid, offsets[k]);
            double length = lengths[order[k]];
            if (shells == 0 || length - distinct[shells - 1] > TOLERANCE * cutoff) {
                distinct[shells++] = length;
            }
            shell[k] = shells - 1;
        }
        this.radii = Arrays.copyOf(distinct, shells);
    }

    /**
     * The shells of a grid within a cutoff.
     *
     * @param grid all axes uniform
     * @param cutoff physical length, positive and finite
     * @return the shells, by increasing radius; the first one is the centre
     */
    public static Shells of(Grid grid, double cutoff) {
        if (!(cutoff > 0) || Double.isInfinite(cutoff)) {
            throw new IllegalArgumentException("cutoff is " + cutoff + "; it had to be positive and finite");
        }
        int d = grid.dimension();
        int[] reach = new int[d];
        double[][] inverseCell = grid.inverseCell();
        double box = 1;
        for (int a = 0; a < d; a++) {
            Axis axis = grid.axis(a);
            if (!axis.isUniform()) {
                throw new IllegalArgumentException("axis " + a + " is " + axis + "; it had to be uniform for shells");
            }
            // the largest coordinate ξ_a of the ball |Aξ| ≤ c is c times the length of row a of A⁻¹
            double extent = cutoff * (1 + TOLERANCE) * length(inverseCell[a]) / axis.spacing();
            box *= 2 * extent + 1;
            if (box > 1e8) {
                throw new IllegalArgumentException("cutoff is " + cutoff + "; it had to reach less than 1e8 nodes");
            }
            // a single node has no neighbours
            reach[a] = axis.size() == 1 && !axis.isPeriodic() ? 0 : (int) Math.floor(extent);
        }
        List<int[]> found = new ArrayList<>();
        collect(grid, cutoff * (1 + TOLERANCE), reach, new int[d], 0, found);
        return new Shells(grid, cutoff, found);
    }

    private static void collect(Grid grid, double limit, int[] reach, int[] offset, int axis, List<int[]> found) {
        if (axis == offset.length) {
            if (length(vector(grid, offset)) <= limit) {
                found.add(offset.clone());
            }
            return;
        }
        for (int o = -reach[axis]; o <= reach[axis]; o++) {
            offset[axis] = o;
            collect(grid, limit, reach, offset, axis + 1, found);
        }
    }

    private static double[] vector(Grid grid, int[] offset) {
        double[] coordinates = new double[offset.length];
        for (int a = 0; a < offset.length; a++) {
            coordinates[a] = offset[a] * grid.axis(a).spacing();
        }
        return grid.isRectangular() ? coordinates : grid.toSpace(coordinates);
    }

    private static double length(double[] vector) {
        double squares = 0;
        for (double entry : vector) {
            squares += entry * entry;
        }
        return Math.sqrt(squares);
    }

    /**
     * The grid.
     *
     * @return the grid whose offsets these are
     */
    public Grid grid() {
        return grid;
    }

    /**
     * The cutoff.
     *
     * @return physical length
     */
    public double cutoff() {
        return cutoff;
    }

    /**
     * Number of shells.
     *
     * @return at least 1, for the centre
     */
    public int count() {
        return radii.length;
    }

    /**
     * The length that the offsets of a shell share.
     *
     * @param s shell, 0 to {@code count() − 1}
     * @return the radius; 0 for shell 0
     */
    public double radius(int s) {
        return radii[s];
    }

    /**
     * All radii.
     *
     * @return a fresh, increasing array
     */
    public double[] radii() {
        return radii.clone();
    }

    /**
     * Number of offsets.
     *
     * @return over all shells, the centre included
     */
    public int size() {
        return offsets.length;
    }

    /**
     * An offset in nodes.
     *
     * @param k 0 to {@code size() − 1}, by shell
     * @return a fresh array of one entry an axis
     */
    public int[] offset(int k) {
        return offsets[k].clone();
    }

    /**
     * An offset as a vector in space.
     *
     * @param k 0 to {@code size() − 1}, by shell
     * @return a fresh array of coordinates
     */
    public double[] vector(int k) {
        return vectors[k].clone();
    }

    /**
     * The shell of an offset.
     *
     * @param k 0 to {@code size() − 1}
     * @return the shell
     */
    public int shell(int k) {
        return shell[k];
    }

    /**
     * The values of a radial function on the shells.
     *
     * @param radial the function; shells beyond its own cutoff get 0
     * @return one finite value a shell, fresh
     * @throws IllegalArgumentException if the function is infinite or NaN on a shell
     */
    public double[] sample(RadialFunction radial) {
        double[] values = new double[radii.length];
        double limit = radial.cutoff() * (1 + TOLERANCE);
        for (int s = 0; s < values.length; s++) {
            if (radii[s] <= limit) {
                values[s] = radial.value(radii[s]);
            }
            if (!Double.isFinite(values[s])) {
                throw new IllegalArgumentException("radial function " + radial + " is " + values[s] + " at r = "
                        + radii[s] + "; it had to be finite");
            }
        }
        return values;
    }
}
