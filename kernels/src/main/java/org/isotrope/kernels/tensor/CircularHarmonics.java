package org.isotrope.kernels.tensor;

/**
 * Harmonics of the circle, {@code (cos mφ, sin mφ)}: real and imaginary part of {@code ((x + iy)/r)^m}, of any order.
 *
 * <p>They depend on the direction alone and vanish at the origin for m ≥ 1; {@linkplain #solid solid} ones are the
 * polynomials {@code (x + iy)^m}. Order 0 is the constant 1. Gradients are exact.
 */
public final class CircularHarmonics {
    private final int m;
    private final double factor;
    private final boolean solid;

    private CircularHarmonics(int m, double factor, boolean solid) {
        this.m = m;
        this.factor = factor;
        this.solid = solid;
    }

    /**
     * The harmonics of norm 1 of an order.
     *
     * @param m the order, 0 to {@value CircularIrrep#MAX_M}
     * @return functions of the direction
     */
    public static CircularHarmonics ofOrder(int m) {
        return new CircularHarmonics(Irrep.circular(m).m(), 1, false);
    }

    /**
     * The same harmonics, otherwise normalised.
     *
     * @param normalization the normalisation
     * @return harmonics of the same order
     */
    public CircularHarmonics normalized(HarmonicNormalization normalization) {
        return new CircularHarmonics(m, normalization.factor(Irrep.circular(m)), solid);
    }

    /**
     * The solid harmonics, {@code (x + iy)^m}.
     *
     * @return harmonics of the same order and normalisation
     */
    public CircularHarmonics solid() {
        return new CircularHarmonics(m, factor, true);
    }

    /**
     * Number of values.
     *
     * @return 1 for order 0, else 2
     */
    public int size() {
        return m == 0 ? 1 : 2;
    }

    /**
     * The harmonics at a vector.
     *
     * @param x component
     * @param y component
     * @return fresh: one value for order 0, else (Re, Im)
     */
    public double[] values(double x, double y) {
        if (m == 0) {
            return new double[] {factor};
        }
        double[] u = point(x, y);
        double[] power = ComplexPower.of(u[0], u[1], m);
        return new double[] {factor * power[0], factor * power[1]};
    }

    /**
     * The gradients at a vector; zero at the origin if the harmonics are not solid, as they do not exist there.
     *
     * @param x component
     * @param y component
     * @return fresh, {@code 2 size()} values: element {@code 2i + a} is {@code ∂_a} of harmonic i
     */
    public double[] gradients(double x, double y) {
        if (m == 0) {
            return new double[2];
        }
        double[] u = point(x, y);
        double length = solid ? 1 : Math.hypot(x, y);
        if (length == 0) {
            return new double[4];
        }
        if (solid) {
            double[] p = ComplexPower.of(u[0], u[1], m - 1);
            double c = factor * m;
            return new double[] {c * p[0], 0 - c * p[1], c * p[1], c * p[0]};
        }
        double[] p = ComplexPower.of(u[0], u[1], m);
        double c = factor * m / length;
        return new double[] {c * p[1] * u[1], 0 - c * p[1] * u[0], 0 - c * p[0] * u[1], c * p[0] * u[0]};
    }

    /** Where the powers are taken: at the vector itself, or at its direction. */
    private double[] point(double x, double y) {
        if (solid) {
            return new double[] {x, y};
        }
        double largest = Math.max(Math.abs(x), Math.abs(y));
        if (!Double.isFinite(largest)) {
            throw new IllegalArgumentException("vector is (" + x + ", " + y + "); it had to be finite");
        }
        if (largest == 0) {
            return new double[2];
        }
        // near length 1 first, so that the length neither overflows nor loses bits
        double scale = Math.scalb(1.0, Math.max(Math.getExponent(largest), -1000));
        double length = Math.hypot(x / scale, y / scale);
        return new double[] {x / scale / length, y / scale / length};
    }

    /**
     * What this is.
     *
     * @return order, and whether solid
     */
    @Override
    public String toString() {
        return (solid ? "solid" : "circular") + " harmonics, m = " + m;
    }
}
