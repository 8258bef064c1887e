package org.isotrope.kernels.radial;

/**
 * Modified Bessel functions of the second kind, to a few units in the last place.
 *
 * <p>K₀ and K₁: for x &lt; 1 their power series (M. Abramowitz, I. Stegun, 9.6.11 and 9.6.13), else the integral
 * {@code K_ν = ∫₀^∞ e^{−x cosh t} cosh νt dt} (9.6.24) by the trapezoidal rule, which converges exponentially for it and
 * has positive terms alone.
 */
final class ModifiedBessel {
    static final double EULER_GAMMA = 0.577215664901532860606512;
    private static final double STEP = 0.2;

    private ModifiedBessel() {}

    static double k0(double x) {
        return x < 1 ? k0Series(x) : Math.exp(-x) * integral(x, 0);
    }

    static double k1(double x) {
        return x < 1 ? k1Series(x) : Math.exp(-x) * integral(x, 1);
    }

    private static double k0Series(double x) {
        double q = x * x / 4;
        double term = 1;
        double harmonic = 0;
        double i0 = 1;
        double rest = 0;
        for (int k = 1; term > 1e-18; k++) {
            term *= q / ((double) k * k);
            harmonic += 1.0 / k;
            i0 += term;
            rest += term * harmonic;
        }
        return rest - (Math.log(x / 2) + EULER_GAMMA) * i0;
    }

    private static double k1Series(double x) {
        double q = x * x / 4;
        double term = x / 2;
        double harmonic = 0;
        double i1 = 0;
        double rest = 0;
        for (int k = 0; term > 1e-18 * x; k++) {
            i1 += term;
            // ψ(k + 1) + ψ(k + 2)
            rest += term * (2 * harmonic + 1.0 / (k + 1) - 2 * EULER_GAMMA);
            harmonic += 1.0 / (k + 1);
            term *= q / ((k + 1.0) * (k + 2.0));
        }
        return 1 / x + Math.log(x / 2) * i1 - rest / 2;
    }

    /** {@code e^x K_ν(x)}, with {@code cosh t − 1 = 2 sinh²(t/2)} so that nothing cancels. */
    private static double integral(double x, int order) {
        double sum = 0.5;
        for (int k = 1;; k++) {
            double half = Math.sinh(k * STEP / 2);
            double exponent = 2 * x * half * half;
            if (exponent > 42) {
                return STEP * sum;
            }
            sum += Math.exp(-exponent) * (order == 0 ? 1 : 1 + 2 * half * half);
        }
    }
}
