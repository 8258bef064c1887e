package org.isotrope.kernels.time;

import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.stencil.Stencil;

/**
 * A rectangle in the complex plane that holds the spectrum of a linear right-hand side, and what it says about steps:
 * the stability adviser.
 *
 * @param lowest smallest real part
 * @param highest largest real part
 * @param imaginary largest imaginary part, at least 0
 */
public record Spectrum(double lowest, double highest, double imaginary) {
    /** Ends of a rectangle count as stable when the growth of a step is below this. */
    private static final double GROWTH = 1e-12;

    private static final int SAMPLES = 128;

    /**
     * Checks the bounds.
     *
     * @param lowest smallest real part
     * @param highest largest real part
     * @param imaginary largest imaginary part
     */
    public Spectrum {
        if (!(lowest <= highest && imaginary >= 0) || Double.isInfinite(highest - lowest + imaginary)) {
            throw new IllegalArgumentException("bounds are [" + lowest + ", " + highest + "] and " + imaginary
                    + "; they had to be finite and in order");
        }
    }

    /**
     * Bounds by Gershgorin's discs: from outside, at once, for any size of grid, periodic or with zeros beyond walls.
     *
     * @param stencil as many outputs as inputs
     * @return the bounds; exact in the direction across for symmetric and skew stencils
     */
    public static Spectrum gershgorin(Stencil stencil) {
        if (stencil.inputs() != stencil.outputs()) {
            throw new IllegalArgumentException("stencil maps " + stencil.inputs() + " to " + stencil.outputs()
                    + " components; it had to map a space to itself");
        }
        double[] centre = new double[stencil.outputs()];
        double[] radius = new double[stencil.outputs()];
        for (int t = 0; t < stencil.size(); t++) {
            boolean diagonal = stencil.output(t) == stencil.input(t);
            for (int a = 0; a < stencil.dimension(); a++) {
                diagonal &= stencil.offset(t, a) == 0;
            }
            if (diagonal) {
                centre[stencil.output(t)] += stencil.weight(t);
            } else {
                radius[stencil.output(t)] += Math.abs(stencil.weight(t));
            }
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double reach = 0;
        for (int r = 0; r < centre.length; r++) {
            low = Math.min(low, centre[r] - radius[r]);
            high = Math.max(high, centre[r] + radius[r]);
            reach = Math.max(reach, radius[r]);
        }
        Stencil transposed = stencil.transpose();
        if (stencil.equals(transposed)) {
            return new Spectrum(low, high, 0);
        }
        return stencil.equals(transposed.times(-1)) ? new Spectrum(0, 0, reach) : new Spectrum(low, high, reach);
    }

    /**
     * Bounds by Lanczos' method on the symmetric and the skew part, whose extreme eigenvalues bound the field of values
     * and with it the spectrum. They come from inside: with some hundred iterations to about a thousandth.
     *
     * @param operator any with the same domain and range; boundaries included
     * @param iterations at least 2; each applies the operator and its adjoint
     * @return the bounds
     */
    public static Spectrum of(LinearOperator operator, int iterations) {
        if (iterations < 2) {
            throw new IllegalArgumentException("iterations are " + iterations + "; they had to be at least 2");
        }
        if (!operator.domain().equals(operator.range())) {
            throw new IllegalArgumentException("operator maps " + operator.domain() + "\nto " + operator.range()
                    + "\nit had to map a space to itself");
        }
        LinearOperator adjoint = operator.adjoint();
        Field other = Fields.automatic().precision(Precision.DOUBLE).of(
                operator.domain().type(), operator.domain().grid());
        Field middle = Fields.automatic().like(other);
        double[] symmetric = Lanczos.extremes(
                other, iterations, (in, out) -> part(operator, adjoint, 1, other, in, out));
        double[] skew = Lanczos.extremes(other, iterations, (in, out) -> {
            part(operator, adjoint, -1, other, in, middle);
            part(operator, adjoint, -1, other, middle, out);
        });
        return new Spectrum(symmetric[0], symmetric[1], Math.sqrt(Math.max(0, -skew[0])));
    }

    /** {@code out = (A ± Aᵀ)/2 in}. */
    private static void part(
            LinearOperator operator, LinearOperator adjoint, double sign, Field scratch, Field in, Field out) {
        operator.apply(in, out);
        adjoint.apply(in, scratch);
        Arithmetic.scale(0.5, out, out);
        Arithmetic.addScaled(0.5 * sign, scratch, out);
    }

    /**
     * The largest step that an explicit method may take: the largest h below which {@code |R(h λ)| ≤ 1} for every λ in
     * the rectangle with real part at most 0 (solutions that grow are free to).
     *
     * @param tableau the method
     * @return the step; 0 if there is none, as for Euler's method without damping, and infinite if the spectrum is 0
     */
    public double largestStep(Tableau tableau) {
        double reach = Math.hypot(Math.min(lowest, 0), imaginary);
        if (reach == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double[] polynomial = tableau.stabilityPolynomial();
        double unit = 0.01 / reach;
        int k = 1;
        while (k < 100_000 && isStable(polynomial, k * unit)) {
            k++;
        }
        if (k == 1) {
            return 0;
        }
        double low = (k - 1) * unit;
        double high = k * unit;
        for (int round = 0; round < 50; round++) {
            double middle = 0.5 * (low + high);
            if (isStable(polynomial, middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** A polynomial is largest on the edge of a rectangle. */
    private boolean isStable(double[] polynomial, double h) {
        double left = h * Math.min(lowest, 0);
        double right = h * Math.min(highest, 0);
        double top = h * imaginary;
        for (int k = 0; k <= SAMPLES; k++) {
            double along = left + (right - left) * k / SAMPLES;
            double up = top * k / SAMPLES;
            if (size(polynomial, along, 0) > 1 + GROWTH
                    || size(polynomial, along, top) > 1 + GROWTH
                    || size(polynomial, left, up) > 1 + GROWTH
                    || size(polynomial, right, up) > 1 + GROWTH) {
                return false;
            }
        }
        return true;
    }

    private static double size(double[] polynomial, double x, double y) {
        double re = 0;
        double im = 0;
        for (int k = polynomial.length - 1; k >= 0; k--) {
            double next = re * x - im * y + polynomial[k];
            im = re * y + im * x;
            re = next;
        }
        return Math.hypot(re, im);
    }

    /**
     * Requires a step to be stable.
     *
     * @param tableau the method
     * @param h the step
     * @throws IllegalArgumentException if it is larger than {@link #largestStep}, which the message names
     */
    public void requireStable(Tableau tableau, double h) {
        double largest = largestStep(tableau);
        // a step computed from this very bound must not fall to rounding
        if (!(Math.abs(h) <= largest * (1 + 1e-9))) {
            throw new IllegalArgumentException("time step is " + h + "; it had to be at most " + largest + " for "
                    + tableau + " to be stable, with a spectrum in " + this);
        }
    }

    /**
     * The rectangle.
     *
     * @return for example {@code [-4.0, 0.0] ± 2.0i}
     */
    @Override
    public String toString() {
        return "[" + lowest + ", " + highest + "] ± " + imaginary + "i";
    }
}
