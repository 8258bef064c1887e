package org.isotrope.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.neighbours.NeighbourSum;
import org.isotrope.kernels.neighbours.Neighbours;

/**
 * Gaussians on grids with orthogonal axes, nonuniform ones included, as products of one-dimensional operators: in 3D
 * {@code 3n} pairs a node instead of {@code n³}.
 *
 * <p>Each axis is cut off where the tails of its Gaussian hold {@code tolerance/d} of its mass, and what is left is scaled
 * up to mass one. Distances are true ones in space, and {@code w_j} below is the quadrature weight along the axis. Along
 * an axis of a single node nothing varies, nothing is done, and d does not count it.
 */
public final class GaussianConvolution {
    private static final double LARGEST_TOLERANCE = 0.1;
    private static final int MOST_ROUNDS = 10_000;

    private GaussianConvolution() {}

    /**
     * Convolution with the Gaussian density of unit mass, {@code y_i = Σ_j w_j g(x_i − x_j) f_j} along each axis: the
     * kernel {@code (2πσ²)^(−d/2) exp(−r²/2σ²)} up to the tolerance. Nothing lies beyond walls, through which mass is
     * lost.
     *
     * @param grid axes orthogonal in space
     * @param sigma σ, standard deviation along each axis, positive
     * @param tolerance largest share of the mass in the tails that are cut off, above 0, at most 0.1
     * @param type type of the field, kept
     * @return type → the same type
     */
    public static LinearOperator density(Grid grid, double sigma, double tolerance, FieldType type) {
        return product(grid, sigma, tolerance, type, false);
    }

    /**
     * Smoothing with a Gaussian that keeps constants and, at the same time, integrals: along each axis
     * {@code y_i = Σ_j s_i g(x_i − x_j) s_j w_j f_j} with the one positive scale s a node for which
     * {@code Σ_j s_i g(x_i − x_j) s_j w_j = 1}. At walls nothing is lost: the kernel becomes one-sided. The scales are found
     * by the symmetric iteration of R. Sinkhorn, Ann. Math. Statist. 35 (1964) 876.
     *
     * @param grid axes orthogonal in space
     * @param sigma σ, standard deviation along each axis away from walls, positive
     * @param tolerance largest share of the mass in the tails that are cut off, above 0, at most 0.1
     * @param type type of the field, kept
     * @return type → the same type
     */
    public static LinearOperator smoothing(Grid grid, double sigma, double tolerance, FieldType type) {
        return product(grid, sigma, tolerance, type, true);
    }

    private static LinearOperator product(
            Grid grid, double sigma, double tolerance, FieldType type, boolean keepsConstants) {
        if (!(sigma > 0) || Double.isInfinite(sigma)) {
            throw new IllegalArgumentException("sigma is " + sigma + "; it had to be positive and finite");
        }
        if (!(tolerance > 0 && tolerance <= LARGEST_TOLERANCE)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + "; it had to be above 0 and at most "
                    + LARGEST_TOLERANCE);
        }
        requireOrthogonal(grid);
        int varying = 0;
        for (Axis axis : grid.axes()) {
            varying += isSingle(axis) ? 0 : 1;
        }
        double tail = tolerance / Math.max(1, varying);
        double radius = sigma * radius(tail);
        LinearOperator product = null;
        for (int a = 0; a < grid.dimension(); a++) {
            if (!isSingle(grid.axis(a))) {
                LinearOperator along = along(grid, a, sigma, radius, tail, type, keepsConstants);
                product = product == null ? along : product.then(along);
            }
        }
        // of a single node everything is a constant
        return product == null ? along(grid, 0, sigma, radius, tail, type, true) : product;
    }

    private static boolean isSingle(Axis axis) {
        return axis.size() == 1 && !axis.isPeriodic();
    }

    private static void requireOrthogonal(Grid grid) {
        double[][] cell = grid.cell();
        for (int a = 0; a < cell.length; a++) {
            for (int b = 0; b < a; b++) {
                double dot = 0;
                double size = 0;
                for (double[] row : cell) {
                    dot += row[a] * row[b];
                    size += Math.abs(row[a] * row[b]);
                }
                if (Math.abs(dot) > 1e-12 * size) {
                    throw new IllegalArgumentException("axes " + b + " and " + a + " meet at a slant on\n" + grid
                            + "\nthey had to be orthogonal for a Gaussian to be a product");
                }
            }
        }
    }

    /**
     * The distance in standard deviations beyond which a share {@code tail} of a one-dimensional Gaussian lies, by
     * bisection.
     */
    static double radius(double tail) {
        double low = 1;
        double high = 40;
        for (int k = 0; k < 60; k++) {
            double middle = 0.5 * (low + high);
            if (tail(middle) > tail) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** {@code erfc(z/√2)} for z ≥ 1 by its continued fraction (M. Abramowitz, I. Stegun, 26.2.14). */
    private static double tail(double z) {
        double fraction = 0;
        for (int k = 300; k > 0; k--) {
            fraction = k / (z + fraction);
        }
        return Math.sqrt(2 / Math.PI) * Math.exp(-0.5 * z * z) / (z + fraction);
    }

    private static LinearOperator along(
            Grid grid, int a, double sigma, double radius, double tail, FieldType type, boolean keepsConstants) {
        Neighbours neighbours = Neighbours.along(grid, a, radius);
        double peak = 1 / (Math.sqrt(2 * Math.PI) * sigma * (1 - tail));
        double[] scale = keepsConstants ? scales(neighbours, a, sigma, peak) : null;
        QuadratureConvolution.Pairs pairs = new QuadratureConvolution.Pairs() {
            @Override
            public int planes() {
                return 1;
            }

            @Override
            public void at(int[] node, int[] neighbour, double[] x, boolean transposed, double[] values) {
                double density = density(x, sigma, peak);
                values[0] = scale == null ? density : density * (scale[node[a]] * scale[neighbour[a]]);
            }
        };
        List<NeighbourSum.Term> terms = new ArrayList<>();
        for (int c = 0; c < type.components(grid.dimension()); c++) {
            terms.add(new NeighbourSum.Term(c, c, 0, 1));
        }
        Space space = new Space(grid, type);
        return new QuadratureConvolution("Gaussian of σ = " + sigma + " along axis " + a
                + (keepsConstants ? ", keeping constants" : ""), neighbours, pairs, terms, space, space);
    }

    private static double density(double[] x, double sigma, double peak) {
        double squares = 0;
        for (double entry : x) {
            squares += entry * entry;
        }
        return peak * Math.exp(-squares / (2 * sigma * sigma));
    }

    /** The positive s with {@code s_i Σ_j g_ij w_j s_j = 1}, by {@code s ← √(s/(g w s))}. */
    private static double[] scales(Neighbours neighbours, int a, double sigma, double peak) {
        int n = neighbours.grid().axis(a).size();
        double[] scale = new double[n];
        double[] sums = new double[n];
        Arrays.fill(scale, 1);
        List<double[]> entries = new ArrayList<>();
        neighbours.forEachPair((node, neighbour, x, own, other, values) ->
                entries.add(new double[] {node[a], neighbour[a], density(x, sigma, peak) * other}));
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Arrays.fill(sums, 0);
            for (double[] entry : entries) {
                sums[(int) entry[0]] += entry[2] * scale[(int) entry[1]];
            }
            double worst = 0;
            for (int i = 0; i < n; i++) {
                worst = Math.max(worst, Math.abs(scale[i] * sums[i] - 1));
                scale[i] = Math.sqrt(scale[i] / sums[i]);
            }
            if (worst < 1e-15) {
                break;
            }
        }
        return scale;
    }
}
