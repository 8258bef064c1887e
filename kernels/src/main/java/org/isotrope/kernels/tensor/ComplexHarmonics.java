package org.isotrope.kernels.tensor;

/**
 * The complex harmonics of quantum mechanics, {@code Y_l^m ∝ (−1)^m P_l^m(cos θ) e^{imφ}} with polar axis z, azimuth
 * φ from x to y and the Condon–Shortley sign, {@code Y_l^{−m} = (−1)^m conj(Y_l^m)}, and their conversion to real ones.
 *
 * <p>From real harmonics with polar axis z ({@link HarmonicConvention#Z_POLAR}), {@code m > 0}:
 *
 * <pre>{@code
 * Y_l^m  = (−1)^m (Y_{l,m} + i Y_{l,−m})/√2
 * Y_l^−m =        (Y_{l,m} − i Y_{l,−m})/√2
 * }</pre>
 *
 * Complex numbers are stored as (Re, Im) one after the other, {@code m = −l … l}. Normalisation passes through:
 * values that were {@link HarmonicNormalization#INTEGRAL} stay so.
 */
public final class ComplexHarmonics {
    private ComplexHarmonics() {}

    /**
     * Values {@code Y_l^m(x)} from the real ones at the same x.
     *
     * @param e3nn real values, {@code 2l + 1}
     * @return fresh, {@code 2 (2l + 1)} numbers
     */
    public static double[] valuesFromE3nn(double[] e3nn) {
        return fromReal(HarmonicConvention.Z_POLAR.fromE3nn(e3nn), 1);
    }

    /**
     * Coefficients: if {@code f = Σ r_m Y_{l,m}} with real harmonics, then {@code f = Σ c_m Y_l^m}.
     *
     * @param e3nn real coefficients r, {@code 2l + 1}
     * @return c, fresh, {@code 2 (2l + 1)} numbers; the conjugates of what values would become
     */
    public static double[] coefficientsFromE3nn(double[] e3nn) {
        return fromReal(HarmonicConvention.Z_POLAR.fromE3nn(e3nn), -1);
    }

    /**
     * The inverse of {@link #valuesFromE3nn}. Numbers that do not belong to real ones,
     * {@code c_−m ≠ (−1)^m conj(c_m)}, lose the part that does not.
     *
     * @param values {@code 2 (2l + 1)} numbers
     * @return real values, fresh
     */
    public static double[] valuesToE3nn(double[] values) {
        return HarmonicConvention.Z_POLAR.toE3nn(toReal(values, 1));
    }

    /**
     * The inverse of {@link #coefficientsFromE3nn}; the imaginary part of the function is lost.
     *
     * @param coefficients {@code 2 (2l + 1)} numbers
     * @return real coefficients, fresh
     */
    public static double[] coefficientsToE3nn(double[] coefficients) {
        return HarmonicConvention.Z_POLAR.toE3nn(toReal(coefficients, -1));
    }

    private static double[] fromReal(double[] real, double i) {
        int l = real.length / 2;
        double[] complex = new double[2 * real.length];
        complex[2 * l] = real[l];
        for (int m = 1; m <= l; m++) {
            double re = real[l + m] * Math.sqrt(0.5);
            double im = i * real[l - m] * Math.sqrt(0.5);
            double sign = (m & 1) == 0 ? 1 : -1;
            complex[2 * (l + m)] = sign * re;
            complex[2 * (l + m) + 1] = sign * im;
            complex[2 * (l - m)] = re;
            complex[2 * (l - m) + 1] = 0 - im;
        }
        return complex;
    }

    private static double[] toReal(double[] complex, double i) {
        if ((complex.length & 1) != 0) {
            throw new IllegalArgumentException("complex has length " + complex.length + "; it had to be 2 (2l + 1)");
        }
        int l = HarmonicConvention.degree(complex.length / 2, "complex");
        double[] real = new double[2 * l + 1];
        real[l] = complex[2 * l];
        for (int m = 1; m <= l; m++) {
            double sign = (m & 1) == 0 ? 1 : -1;
            real[l + m] = (sign * complex[2 * (l + m)] + complex[2 * (l - m)]) * Math.sqrt(0.5);
            real[l - m] = i * (sign * complex[2 * (l + m) + 1] - complex[2 * (l - m) + 1]) * Math.sqrt(0.5);
        }
        return real;
    }
}
