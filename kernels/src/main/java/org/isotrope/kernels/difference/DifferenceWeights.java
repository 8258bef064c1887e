package org.isotrope.kernels.difference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One finite-difference stencil on equally spaced nodes, from exact rational arithmetic, each weight rounded once.
 *
 * <p>With spacing {@code h}, offsets {@code o_k} and weights {@code w_k},
 * {@code f⁽ᵐ⁾(x + s h) = h⁻ᵐ Σ_k w_k f(x + o_k h) − C hᵖ f⁽ᵐ⁺ᵖ⁾ + …} where {@code s} is {@link #point()} (0, or ±½ for
 * a staggered stencil), {@code p} the {@link #order()} and {@code C} the {@link #errorCoefficient()}. The weights are
 * the {@code m}-th derivative at {@code s} of the polynomial through the nodes, so {@code n} nodes are exact for every
 * polynomial of degree up to {@code n − 1}, and of degree {@code m + p − 1} where symmetry gives more.
 *
 * <p>The {@code k}-th weight belongs to the {@code k}-th offset as given; a stencil may carry weights that are
 * exactly 0 (the middle of a centred first derivative). Immutable.
 *
 * @see <a href="https://doi.org/10.1090/S0025-5718-1988-0935077-0">B. Fornberg, Generation of finite difference
 *     formulas on arbitrarily spaced grids, Math. Comp. 51 (1988) 699, tables 1 to 4</a>
 */
public final class DifferenceWeights {
    /** Exact weights of more nodes than this help nobody and cost much. */
    private static final int MOST_NODES = 64;

    private final int derivative;
    /** Twice the point of evaluation, in spacings: 0, 1 or −1. */
    private final int doubledPoint;
    private final int[] offsets;
    private final Rational[] exact;
    private final double[] weights;

    private DifferenceWeights(int derivative, int doubledPoint, int[] offsets, Rational[] exact) {
        this.derivative = derivative;
        this.doubledPoint = doubledPoint;
        this.offsets = offsets;
        this.exact = exact;
        this.weights = new double[exact.length];
        for (int k = 0; k < exact.length; k++) {
            weights[k] = exact[k].toDouble();
        }
    }

    /** The lowest degree of a polynomial that the stencil is not exact for. */
    private int degree() {
        int degree = offsets.length;
        while (moment(degree).isZero()) {
            degree++;
        }
        return degree;
    }

    private Rational moment(int degree) {
        return Lagrange.moment(degree, doubledPoint, offsets, exact);
    }

    private Rational error() {
        return moment(degree());
    }

    /**
     * The stencil of a derivative at offset 0 on any distinct offsets.
     *
     * @param derivative order {@code m} of the derivative, at least 1
     * @param offsets distinct offsets in spacings, more than {@code derivative} of them, at most 64; need not hold 0
     * @return the weights; their order is at least {@code offsets.length − derivative}
     */
    public static DifferenceWeights of(int derivative, int... offsets) {
        requireAtLeast("derivative", derivative, 1);
        return solve(derivative, 0, offsets.clone());
    }

    /**
     * The stencil of a derivative half a spacing above offset 0, for staggered grids; derivative 0 interpolates.
     *
     * @param derivative order {@code m} of the derivative, at least 0
     * @param offsets distinct offsets in spacings, more than {@code derivative} of them, at most 64
     * @return the weights at {@code point() = ½}
     */
    public static DifferenceWeights midpoint(int derivative, int... offsets) {
        requireAtLeast("derivative", derivative, 0);
        return solve(derivative, 1, offsets.clone());
    }

    /**
     * The centred stencil of given accuracy. It has {@code m + p} nodes for odd and {@code m + p − 1} for even
     * {@code m}; the middle weight of an odd derivative is exactly 0.
     *
     * @param derivative order {@code m} of the derivative, at least 1
     * @param accuracy order {@code p} of accuracy, even and at least 2 (symmetry gives nothing in between)
     * @return the weights, offsets increasing
     */
    public static DifferenceWeights centred(int derivative, int accuracy) {
        requireAtLeast("derivative", derivative, 1);
        requireEven(accuracy);
        long half = (derivative + 1L) / 2 - 1 + accuracy / 2;
        return of(derivative, consecutive(-half, 2 * half + 1));
    }

    /**
     * The one-sided stencil on offsets {@code 0 … m + p − 1}.
     *
     * @param derivative order {@code m} of the derivative, at least 1
     * @param accuracy order {@code p} of accuracy, at least 1
     * @return the weights, offsets increasing
     */
    public static DifferenceWeights forward(int derivative, int accuracy) {
        return biased(derivative, accuracy, 0);
    }

    /**
     * The one-sided stencil on offsets {@code −(m + p − 1) … 0}.
     *
     * @param derivative order {@code m} of the derivative, at least 1
     * @param accuracy order {@code p} of accuracy, at least 1
     * @return the weights, offsets increasing
     */
    public static DifferenceWeights backward(int derivative, int accuracy) {
        requireAtLeast("derivative", derivative, 1);
        requireAtLeast("accuracy", accuracy, 1);
        return of(derivative, consecutive(1L - derivative - accuracy, (long) derivative + accuracy));
    }

    /**
     * The stencil on the {@code m + p} consecutive offsets that begin at {@code first}.
     *
     * @param derivative order {@code m} of the derivative, at least 1
     * @param accuracy order {@code p} of accuracy, at least 1
     * @param first the lowest offset
     * @return the weights, offsets increasing; the order is {@code p}, or more where the offsets happen to be symmetric
     */
    public static DifferenceWeights biased(int derivative, int accuracy, int first) {
        requireAtLeast("derivative", derivative, 1);
        requireAtLeast("accuracy", accuracy, 1);
        return of(derivative, consecutive(first, (long) derivative + accuracy));
    }

    /**
     * The staggered symmetric stencil half a spacing above offset 0: from nodes to midpoints. It has
     * {@code m + p − 1} nodes for odd and {@code m + p} for even {@code m}; {@code staggered(1, 2)} is
     * {@code (f₁ − f₀)/h} and {@code staggered(0, 2)} the mean. {@link #shifted} gives the way back, from midpoints to
     * nodes.
     *
     * @param derivative order {@code m} of the derivative, at least 0 (0 interpolates)
     * @param accuracy order {@code p} of accuracy, even and at least 2
     * @return the weights at {@code point() = ½}, offsets increasing
     */
    public static DifferenceWeights staggered(int derivative, int accuracy) {
        requireAtLeast("derivative", derivative, 0);
        requireEven(accuracy);
        long half = (long) derivative / 2 + accuracy / 2;
        return midpoint(derivative, consecutive(1 - half, 2 * half));
    }

    /**
     * The upwind-biased first derivative for a <em>positive</em> velocity: one node more below than above.
     * Order 1 uses offsets −1…0, order 3 −2…1, order 5 −3…2. For a negative velocity take {@link #mirrored()}.
     *
     * @param accuracy order of accuracy, odd and at least 1
     * @return the weights, offsets increasing
     */
    public static DifferenceWeights upwind(int accuracy) {
        if (accuracy < 1 || accuracy % 2 == 0) {
            throw new IllegalArgumentException("accuracy is " + accuracy + "; it had to be odd and at least 1 for an "
                    + "upwind-biased stencil");
        }
        return biased(1, accuracy, -(accuracy + 1) / 2);
    }

    /**
     * The same stencil seen from the other side: offsets {@code −o_k}, weights {@code (−1)ᵐ w_k}, the order kept.
     *
     * @return the mirror image, offsets in the reverse order
     */
    public DifferenceWeights mirrored() {
        int n = offsets.length;
        int[] reversed = new int[n];
        Rational[] values = new Rational[n];
        for (int k = 0; k < n; k++) {
            reversed[k] = Math.negateExact(offsets[n - 1 - k]);
            values[k] = derivative % 2 == 0 ? exact[n - 1 - k] : exact[n - 1 - k].negate();
        }
        return new DifferenceWeights(derivative, -doubledPoint, reversed, values);
    }

    /**
     * A staggered stencil with its point of evaluation moved between +½ and −½ and all offsets with it; the weights
     * stay. Index {@code i} of the midpoints meaning the one above node {@code i}, {@code staggered(m, p)} goes from
     * nodes to midpoints and {@code staggered(m, p).shifted()} from midpoints to nodes.
     *
     * @return the moved stencil
     * @throws IllegalStateException if {@link #point()} is 0
     */
    public DifferenceWeights shifted() {
        if (doubledPoint == 0) {
            throw new IllegalStateException("the point of evaluation is 0; it had to be a half to be shifted");
        }
        int[] moved = new int[offsets.length];
        for (int k = 0; k < moved.length; k++) {
            moved[k] = offsets[k] - doubledPoint;
        }
        return new DifferenceWeights(derivative, -doubledPoint, moved, exact.clone());
    }

    /**
     * Order of the derivative.
     *
     * @return {@code m}, 0 for interpolation
     */
    public int derivative() {
        return derivative;
    }

    /**
     * Where the derivative is taken, in spacings from offset 0.
     *
     * @return 0, or ±0.5 for a staggered stencil
     */
    public double point() {
        return 0.5 * doubledPoint;
    }

    /**
     * Number of nodes.
     *
     * @return at least {@code derivative() + 1}
     */
    public int size() {
        return offsets.length;
    }

    /**
     * The offsets, in spacings.
     *
     * @return a fresh array of {@link #size()} distinct integers
     */
    public int[] offsets() {
        return offsets.clone();
    }

    /**
     * The weights for spacing 1, each the exact rational rounded once.
     *
     * @return a fresh array; the {@code k}-th weight belongs to the {@code k}-th offset
     */
    public double[] weights() {
        return weights.clone();
    }

    /**
     * The weights for a spacing: {@code w_k / hᵐ}, in units of 1/length{@code ᵐ}.
     *
     * @param spacing {@code h}, positive
     * @return a fresh array; the {@code k}-th weight belongs to the {@code k}-th offset
     */
    public double[] weights(double spacing) {
        requireSpacing(spacing);
        double scale = Math.pow(spacing, derivative);
        double[] physical = new double[weights.length];
        for (int k = 0; k < physical.length; k++) {
            physical[k] = weights[k] / scale;
        }
        return physical;
    }

    /**
     * The weights for spacing 1 as fractions in lowest terms.
     *
     * @return for example {@code [-1/12, 4/3, -5/2, 4/3, -1/12]}
     */
    public List<String> fractions() {
        return Arrays.stream(exact).map(Rational::toString).toList();
    }

    /** The exact weights, not to be changed. */
    Rational[] exact() {
        return exact;
    }

    /**
     * Order of accuracy, found from the exact moments and so including what symmetry gives.
     *
     * @return {@code p}, at least 1
     */
    public int order() {
        return degree() - derivative;
    }

    /**
     * Coefficient of the leading error: {@code h⁻ᵐ Σ w_k f(x + o_k h) − f⁽ᵐ⁾ = C hᵖ f⁽ᵐ⁺ᵖ⁾ + O(hᵖ⁺¹)}.
     *
     * @return {@code C}, for example 1/6 for the centred first difference and 1/12 for the second
     */
    public double errorCoefficient() {
        return error().toDouble();
    }

    /**
     * Coefficient of the leading error as a fraction in lowest terms.
     *
     * @return for example {@code 1/6}
     */
    public String errorFraction() {
        return error().toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DifferenceWeights that
                && derivative == that.derivative
                && doubledPoint == that.doubledPoint
                && Arrays.equals(offsets, that.offsets);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(offsets) + 3 * derivative + doubledPoint;
    }

    /**
     * One line: point, offsets with exact weights, order and leading error.
     *
     * @return for example {@code derivative 1 at 0: -1 -> -1/2, 0 -> 0, 1 -> 1/2; order 2, leading error 1/6}
     */
    @Override
    public String toString() {
        List<String> taps = new ArrayList<>();
        for (int k = 0; k < offsets.length; k++) {
            taps.add(offsets[k] + " -> " + exact[k]);
        }
        String point = doubledPoint == 0 ? "0" : doubledPoint + "/2";
        return "derivative " + derivative + " at " + point + ": " + String.join(", ", taps) + "; order " + order()
                + ", leading error " + error();
    }

    static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + "; it had to be at least " + least);
        }
    }

    static double requireSpacing(double spacing) {
        if (!(spacing > 0) || Double.isInfinite(spacing)) {
            throw new IllegalArgumentException("spacing is " + spacing + "; it had to be positive and finite");
        }
        return spacing;
    }

    private static void requireEven(int accuracy) {
        if (accuracy < 2 || accuracy % 2 != 0) {
            throw new IllegalArgumentException("accuracy is " + accuracy + "; it had to be even and at least 2 for a "
                    + "symmetric stencil");
        }
    }

    private static int[] consecutive(long first, long count) {
        requireCount(count);
        int[] offsets = new int[(int) count];
        for (int k = 0; k < count; k++) {
            offsets[k] = Math.toIntExact(first + k);
        }
        return offsets;
    }

    private static void requireCount(long count) {
        if (count > MOST_NODES) {
            throw new IllegalArgumentException("number of offsets is " + count + "; it had to be at most "
                    + MOST_NODES);
        }
    }

    private static DifferenceWeights solve(int derivative, int doubledPoint, int[] offsets) {
        int n = offsets.length;
        if (n <= derivative) {
            throw new IllegalArgumentException("number of offsets is " + n + "; it had to be at least "
                    + (derivative + 1L) + " for derivative " + derivative);
        }
        requireCount(n);
        Set<Integer> seen = new HashSet<>();
        for (int offset : offsets) {
            if (!seen.add(offset)) {
                throw new IllegalArgumentException("offsets are " + Arrays.toString(offsets)
                        + "; they had to be distinct and " + offset + " comes twice");
            }
        }
        return new DifferenceWeights(derivative, doubledPoint, offsets,
                Lagrange.derivative(derivative, doubledPoint, offsets));
    }
}
