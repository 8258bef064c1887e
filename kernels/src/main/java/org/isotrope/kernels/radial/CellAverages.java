package org.isotrope.kernels.radial;

import java.util.Arrays;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Grid;
import org.isotrope.grids.PointMap;

/**
 * Averages of functions over the cells of a uniform grid, the parallelepipeds {@code {c + A (h∘s) : −½ ≤ s ≤ ½}} about
 * positions c: the anti-aliased way to sample a kernel.
 *
 * <p>Away from the origin, Gauss–Legendre quadrature of {@code points} nodes an axis. The cell about the origin, where
 * kernels may be singular, is cut into pyramids from the origin to its faces. With {@code x = t y}, y on a face and
 * {@code t = s⁵}, the volume element {@code 5 s^{5d−1} ds} leaves a smooth integrand of log r, 1/r and 1/r² alike, and
 * of every other power that can be integrated.
 *
 * <p>Immutable.
 */
public final class CellAverages {
    /** Nodes along each direction of a face, and along the rays, of the cell about the origin. */
    private static final int CENTRE_POINTS = 24;
    private static final int RAY_POWER = 5;

    private final int d;
    /** Column a is the edge of a cell along axis a. */
    private final double[][] edges;
    private final int points;

    private CellAverages(int d, double[][] edges, int points) {
        this.d = d;
        this.edges = edges;
        this.points = points;
    }

    /**
     * Averages over the cells of a grid.
     *
     * @param grid all axes uniform
     * @param points quadrature nodes an axis, 1 to 64; 1 samples at the centre
     * @return the averages
     */
    public static CellAverages on(Grid grid, int points) {
        if (points < 1 || points > 64) {
            throw new IllegalArgumentException("points is " + points + "; it had to be 1 to 64");
        }
        int d = grid.dimension();
        double[][] edges = grid.cell();
        for (int a = 0; a < d; a++) {
            Axis axis = grid.axis(a);
            if (!axis.isUniform()) {
                throw new IllegalArgumentException("axis " + a + " is " + axis
                        + "; it had to be uniform for cell averages");
            }
            for (int i = 0; i < d; i++) {
                edges[i][a] *= axis.spacing();
            }
        }
        return new CellAverages(d, edges, points);
    }

    /**
     * The radius of the ball about the centre of a cell that holds the cell.
     *
     * @return half the longest diagonal
     */
    public double radius() {
        double longest = 0;
        for (int signs = 0; signs < 1 << d; signs++) {
            double[] s = new double[d];
            for (int a = 0; a < d; a++) {
                s[a] = (signs >> a & 1) == 0 ? -0.5 : 0.5;
            }
            longest = Math.max(longest, length(inSpace(s)));
        }
        return longest;
    }

    /**
     * The average over the cell about a position.
     *
     * @param function smooth in that cell
     * @param values how many values it writes
     * @param position centre of the cell, not the origin if the function is singular there
     * @return the averages, fresh
     */
    public double[] of(PointMap function, int values, double... position) {
        GaussLegendre rule = GaussLegendre.of(points);
        double[] sum = new double[values];
        double[] value = new double[values];
        int[] index = new int[d];
        double[] s = new double[d];
        do {
            double weight = 1;
            for (int a = 0; a < d; a++) {
                s[a] = rule.nodes()[index[a]] - 0.5;
                weight *= rule.weights()[index[a]];
            }
            double[] x = inSpace(s);
            for (int i = 0; i < d; i++) {
                x[i] += position[i];
            }
            add(function, x, weight, value, sum);
        } while (next(index, points));
        return sum;
    }

    /**
     * The average over the cell about the origin of a function that may be singular there.
     *
     * @param function smooth along every ray but at the origin
     * @param values how many values it writes
     * @return the averages, fresh
     */
    public double[] atOrigin(PointMap function, int values) {
        GaussLegendre rule = GaussLegendre.of(CENTRE_POINTS);
        double[] sum = new double[values];
        double[] value = new double[values];
        for (int a = 0; a < d; a++) {
            for (int side = -1; side <= 1; side += 2) {
                int[] index = new int[d];
                double[] s = new double[d];
                do {
                    // entry a of the index is the place along the ray, the others are those on the face
                    double ray = rule.nodes()[index[a]];
                    double t = Math.pow(ray, RAY_POWER);
                    double weight = 0.5 * RAY_POWER * Math.pow(ray, RAY_POWER * d - 1) * rule.weights()[index[a]];
                    for (int b = 0; b < d; b++) {
                        s[b] = t * (b == a ? 0.5 * side : rule.nodes()[index[b]] - 0.5);
                        weight *= b == a ? 1 : rule.weights()[index[b]];
                    }
                    add(function, inSpace(s), weight, value, sum);
                } while (next(index, CENTRE_POINTS));
            }
        }
        return sum;
    }

    /**
     * The average of a radial function over the cell about the origin.
     *
     * @param radial a function that may be singular at r = 0; its value there is not used
     * @return the average
     */
    public double atOrigin(Radial radial) {
        return atOrigin((x, value) -> value[0] = radial.formula().applyAsDouble(length(x)), 1)[0];
    }

    private static void add(PointMap function, double[] x, double weight, double[] value, double[] sum) {
        Arrays.fill(value, 0);
        function.at(x, value);
        for (int v = 0; v < sum.length; v++) {
            sum[v] = Math.fma(weight, value[v], sum[v]);
        }
    }

    private static boolean next(int[] index, int end) {
        for (int a = index.length - 1; a >= 0; a--) {
            if (++index[a] < end) {
                return true;
            }
            index[a] = 0;
        }
        return false;
    }

    private double[] inSpace(double[] s) {
        double[] x = new double[d];
        for (int i = 0; i < d; i++) {
            for (int a = 0; a < d; a++) {
                x[i] += edges[i][a] * s[a];
            }
        }
        return x;
    }

    private static double length(double[] x) {
        double squares = 0;
        for (double entry : x) {
            squares += entry * entry;
        }
        return Math.sqrt(squares);
    }
}
