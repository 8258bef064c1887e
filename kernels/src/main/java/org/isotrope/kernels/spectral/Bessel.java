package org.isotrope.kernels.spectral;

/**
 * Bessel functions of real positive argument to about 1e-15, of orders 0 and 1.
 *
 * <p>J up to 25 by the trapezoidal rule on Bessel's integral {@code J_n(x) = 1/2π ∫ cos(nθ − x sin θ) dθ}, whose error
 * with 64 nodes is {@code J_63(25)} at most, beyond by Hankel's asymptotic series; K by the trapezoidal rule on
 * {@code K_n(x) = ∫₀^∞ exp(−x cosh t) cosh(nt) dt}, which converges geometrically.
 *
 * <p>Sources: NIST Digital Library of Mathematical Functions, 10.9.2, 10.17.3, 10.32.9; L. Trefethen, J. Weideman, SIAM
 * Review 56 (2014) 385.
 */
final class Bessel {
    private static final double ASYMPTOTIC = 25;
    private static final int NODES = 64;
    private static final double[] SINES = new double[NODES / 4 + 1];

    static {
        for (int j = 0; j < SINES.length; j++) {
            SINES[j] = Math.sin(2 * Math.PI * j / NODES);
        }
    }

    private Bessel() {}

    static double j0(double x) {
        return x < ASYMPTOTIC ? integral(0, x) : hankel(0, x);
    }

    static double j1(double x) {
        return x < ASYMPTOTIC ? integral(1, x) : hankel(1, x);
    }

    private static double integral(int order, double x) {
        double sum = 0;
        int last = SINES.length - 1;
        for (int j = 0; j <= last; j++) {
            double weight = j == 0 || j == last ? 2 : 4;
            double s = SINES[j];
            sum += weight * (order == 0 ? Math.cos(x * s) : s * Math.sin(x * s));
        }
        return sum / NODES;
    }

    private static double hankel(int order, double x) {
        double mu = 4.0 * order * order;
        double term = 1;
        double p = 1;
        double q = 0;
        for (int k = 1; k < 60 && Math.abs(term) > 1e-18; k++) {
            double odd = 2 * k - 1;
            term *= (mu - odd * odd) / (8 * k * x);
            // signs run + + − − over k = 0, 1, 2, 3
            double signed = (k / 2) % 2 == 0 ? term : -term;
            if (k % 2 == 0) {
                p += signed;
            } else {
                q += signed;
            }
        }
        double sine = Math.sin(x);
        double cosine = Math.cos(x);
        // cos and sin of x − (order/2 + 1/4)π, without rounding the difference
        double c = order == 0 ? cosine + sine : sine - cosine;
        double s = order == 0 ? sine - cosine : -sine - cosine;
        return (p * c - q * s) / Math.sqrt(Math.PI * x);
    }

    static double k0(double x) {
        return macdonald(0, x);
    }

    static double k1(double x) {
        return macdonald(1, x);
    }

    private static double macdonald(int order, double x) {
        // the integrand is a bell of width 1/√x
        double step = Math.min(0.1, 0.5 / Math.sqrt(x));
        double sum = 0.5;
        double term = 1;
        for (int j = 1; j < 20_000 && term > 1e-20 * sum; j++) {
            double t = step * j;
            double half = Math.sinh(t / 2);
            // cosh t − 1 without cancellation
            term = Math.exp(-2 * x * half * half) * (order == 0 ? 1 : Math.cosh(t));
            sum += term;
        }
        return step * sum * Math.exp(-x);
    }
}
