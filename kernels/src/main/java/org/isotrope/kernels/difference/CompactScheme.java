package org.isotrope.kernels.difference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isotrope.grids.Axis;

/**
 * Lele's compact tridiagonal schemes of order 4 and 6 for the first and second derivative on a uniform axis.
 *
 * <p>In the interior, with {@code f'} or {@code f''} unknown at three nodes at once,
 *
 * <p>{@code α f'₋₁ + f'₀ + α f'₊₁ = a (f₊₁ − f₋₁)/2h + b (f₊₂ − f₋₂)/4h},
 *
 * <p>{@code α f''₋₁ + f''₀ + α f''₊₁ = a (f₊₁ − 2f₀ + f₋₁)/h² + b (f₊₂ − 2f₀ + f₋₂)/4h²}.
 *
 * <p>On a bounded axis the first row has one unknown neighbour, {@code f'₀ + α f'₁}, with the {@code α} (3, 5 and 10,
 * 126/11) that makes {@code m + p − 1} nodes enough on the right; the second row of a scheme of order 6 keeps the
 * interior's {@code α} and has {@code m + p} nodes. Both are of the same order {@code p} as the interior and exact, as
 * every row, for polynomials of degree up to {@code m + p − 1}. All coefficients come from exact rational arithmetic.
 * Immutable.
 *
 * @see <a href="https://doi.org/10.1016/0021-9991(92)90324-R">S. Lele, Compact finite difference schemes with
 *     spectral-like resolution, J. Comput. Phys. 103 (1992) 16, sections 2 and 4</a>
 */
public final class CompactScheme {
    private final int derivative;
    private final int order;
    private final CompactStencil interior;
    /** Rows 0, 1, … that cannot have the interior's stencil. */
    private final List<CompactStencil> ends;

    private CompactScheme(int derivative, int order) {
        this.derivative = derivative;
        this.order = order;
        int reach = order == 4 ? 1 : 2;
        this.interior = CompactStencil.of(derivative, order, new int[] {-1, 1}, -reach, 2 * reach + 1);
        List<CompactStencil> rows = new ArrayList<>();
        rows.add(CompactStencil.of(derivative, order, new int[] {1}, 0, derivative + order - 1));
        if (reach == 2) {
            // with this row's own best α instead, the left side would be nearly singular
            rows.add(CompactStencil.of(derivative, order, new int[] {-1, 1}, interior.alpha(), -1, derivative + order));
        }
        this.ends = List.copyOf(rows);
    }

    /**
     * The scheme for a derivative.
     *
     * @param derivative order of the derivative, 1 or 2
     * @param order order of accuracy, 4 or 6
     * @return the scheme
     */
    public static CompactScheme of(int derivative, int order) {
        if (derivative != 1 && derivative != 2) {
            throw new IllegalArgumentException("derivative is " + derivative + "; it had to be 1 or 2");
        }
        if (order != 4 && order != 6) {
            throw new IllegalArgumentException("order is " + order + "; it had to be 4 or 6");
        }
        return new CompactScheme(derivative, order);
    }

    /**
     * Order of the derivative.
     *
     * @return 1 or 2
     */
    public int derivative() {
        return derivative;
    }

    /**
     * Order of accuracy, in every row.
     *
     * @return 4 or 6
     */
    public int order() {
        return order;
    }

    /**
     * Weight of the neighbours' derivatives in the interior.
     *
     * @return {@code α}: 1/4 and 1/3 for the first, 1/10 and 2/11 for the second derivative
     */
    public double alpha() {
        return interior.alpha().toDouble();
    }

    /**
     * Weight of the difference over the nearest nodes.
     *
     * @return {@code a}: 3/2 and 14/9 for the first, 6/5 and 12/11 for the second derivative
     */
    public double a() {
        return weight(1).toDouble();
    }

    /**
     * Weight of the difference over the second nearest nodes.
     *
     * @return {@code b}: 0 and 1/9 for the first, 0 and 3/11 for the second derivative
     */
    public double b() {
        return order == 4 ? 0 : weight(2).toDouble();
    }

    /** The factor of the difference over nodes ±k, which is divided by 2k h or by (k h)². */
    private Rational weight(int k) {
        return interior.weights()[k - interior.first()].times(Rational.of(derivative == 1 ? 2L * k : (long) k * k));
    }

    /**
     * The fewest nodes of a bounded axis. The right-hand sides would fit on one less, but no values on
     * {@code m + p − 1} nodes can tell apart all polynomials of degree {@code m + p − 1}, and the left side is then
     * singular.
     *
     * @return {@code m + p}
     */
    public int leastNodes() {
        return derivative + order;
    }

    /**
     * The scheme on an axis, ready to differentiate.
     *
     * @param axis uniform, with at least {@link #leastNodes()} nodes if bounded, and 3 (order 4) or 5 (order 6) if
     *     periodic
     * @return the derivative along the axis
     */
    public Derivative on(Axis axis) {
        if (!axis.isUniform()) {
            throw new IllegalArgumentException("axis is " + axis + "; it had to be uniform for a compact scheme");
        }
        int n = axis.size();
        int least = axis.isPeriodic() ? interior.weights().length : leastNodes();
        if (n < least) {
            throw new IllegalArgumentException("axis is " + axis + "; it had to have at least " + least
                    + " nodes for a compact derivative " + derivative + " of order " + order);
        }
        CompactStencil[] rows = new CompactStencil[n];
        Arrays.fill(rows, interior);
        if (!axis.isPeriodic()) {
            for (int i = 0; i < ends.size(); i++) {
                rows[i] = ends.get(i);
                rows[n - 1 - i] = ends.get(i).mirrored(derivative);
            }
        }
        return new Derivative(rows, axis, Math.pow(axis.spacing(), derivative));
    }

    /**
     * One line.
     *
     * @return for example {@code compact derivative 1 of order 6: alpha 1/3, a 14/9, b 1/9}
     */
    @Override
    public String toString() {
        return "compact derivative " + derivative + " of order " + order + ": alpha " + interior.alpha() + ", a "
                + weight(1) + ", b " + (order == 4 ? Rational.ZERO : weight(2));
    }

    /** A compact derivative along one axis: {@code L f⁽ᵐ⁾ = R f} with tridiagonal {@code L} and banded {@code R}. */
    public static final class Derivative {
        private final Tridiagonal left;
        private final Tridiagonal transposedLeft;
        private final BandedMatrix right;

        private Derivative(CompactStencil[] rows, Axis axis, double scale) {
            int n = rows.length;
            double[] lower = new double[n];
            double[] diagonal = new double[n];
            double[] upper = new double[n];
            Arrays.fill(diagonal, 1);
            int[] first = new int[n];
            double[][] weights = new double[n][];
            for (int i = 0; i < n; i++) {
                for (int neighbour : rows[i].neighbours()) {
                    (neighbour < 0 ? lower : upper)[i] = rows[i].alpha().toDouble();
                }
                first[i] = i + rows[i].first();
                weights[i] = i > 0 && rows[i] == rows[i - 1] ? weights[i - 1]
                        : Arrays.stream(rows[i].weights()).mapToDouble(weight -> weight.toDouble() / scale).toArray();
            }
            this.left = tridiagonal(axis, lower, diagonal, upper);
            double[] below = new double[n];
            double[] above = new double[n];
            for (int i = 0; i < n; i++) {
                // on a bounded axis the corners are 0
                below[i] = upper[Math.floorMod(i - 1, n)];
                above[i] = lower[Math.floorMod(i + 1, n)];
            }
            this.transposedLeft = tridiagonal(axis, below, diagonal, above);
            this.right = new BandedMatrix(axis.isPeriodic(), first, weights);
        }

        private static Tridiagonal tridiagonal(Axis axis, double[] lower, double[] diagonal, double[] upper) {
            return axis.isPeriodic() ? Tridiagonal.cyclic(lower, diagonal, upper)
                    : Tridiagonal.of(lower, diagonal, upper);
        }

        /**
         * The transpose of the implicit side: the transposed derivative is {@code Rᵀ L⁻ᵀ}.
         *
         * @return {@code Lᵀ}, factored
         */
        public Tridiagonal transposedLeft() {
            return transposedLeft;
        }

        /**
         * The implicit side, acting on derivatives.
         *
         * @return {@code L}, factored
         */
        public Tridiagonal left() {
            return left;
        }

        /**
         * The explicit side, acting on values.
         *
         * @return {@code R}, in units of 1/length{@code ᵐ}
         */
        public BandedMatrix right() {
            return right;
        }

        /**
         * Differentiates: {@code out = L⁻¹ R in}.
         *
         * @param in one value a node
         * @param out one derivative a node, overwritten; another array than {@code in}
         */
        public void apply(double[] in, double[] out) {
            right.apply(in, out);
            left.solve(out, out);
        }
    }
}
