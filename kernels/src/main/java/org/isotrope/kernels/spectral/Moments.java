package org.isotrope.kernels.spectral;

/** Integrals over the unit interval that cut-off kernels are made of. */
final class Moments {
    private static final int POINTS = 60;

    private Moments() {}

    /**
     * {@code ∫₀¹ ρ^m sin(xρ) dρ} by parts; for x ≥ 1, as the recursion loses {@code m!/x^m}.
     *
     * @param cos of x
     * @param sin of x
     */
    static double sine(int m, double x, double cos, double sin) {
        return m == 0 ? (1 - cos) / x : (m * cosine(m - 1, x, cos, sin) - cos) / x;
    }

    /** {@code ∫₀¹ ρ^m cos(xρ) dρ}, likewise. */
    static double cosine(int m, double x, double cos, double sin) {
        return m == 0 ? sin / x : (sin - m * sine(m - 1, x, cos, sin)) / x;
    }

    /**
     * {@code ∫₀¹ ρ^(2j+1) J₀(xρ) dρ}.
     *
     * @param j0 {@code J₀(x)}
     * @param j1 {@code J₁(x)}
     */
    static double bessel(int j, double x, double j0, double j1) {
        double moment = j1 / x;
        for (int i = 1; i <= j; i++) {
            double n = 2 * i;
            moment = j1 / x + n / (x * x) * (j0 - n * moment);
        }
        return moment;
    }

    /** {@code ∫₀¹ ρ^m e^(−sρ) dρ}: {@code e^(−s) Σ_j s^j m!/(m + 1 + j)!}, whose terms are all positive. */
    static double exponential(int m, double s) {
        double term = 1.0 / (m + 1);
        double sum = term;
        if (s > 30) {
            double whole = 1 / s;
            for (int i = 1; i <= m; i++) {
                whole *= i / s;
            }
            // the rest of the integral to infinity, e^(−s)(1/s + m/s² + …)
            double rest = Math.exp(-s) / s;
            double tail = 0;
            for (int i = m; i >= 0; i--) {
                tail += rest;
                rest *= i / s;
            }
            return whole - tail;
        }
        for (int j = 1; term > 1e-18 * sum; j++) {
            term *= s / (m + 1 + j);
            sum += term;
        }
        return Math.exp(-s) * sum;
    }

    /** {@code ∫₀¹ ρ^(1+n) K_n(sρ) dρ} for n = 0, 1. */
    static double macdonald(int n, double s) {
        if (s > 1) {
            double edge = s * Bessel.k1(s);
            return n == 0
                    ? (1 - edge) / (s * s)
                    : (2 * (1 - edge) - s * s * Bessel.k0(s)) / (s * s * s);
        }
        // closed forms cancel for small s; ρ = t⁴ smooths the logarithm at 0 away
        double sum = 0;
        for (int i = 0; i < POINTS; i++) {
            // Fejér's first rule
            double angle = Math.PI * (2 * i + 1) / (2.0 * POINTS);
            double weight = 1;
            for (int k = 1; k <= POINTS / 2; k++) {
                weight -= 2 * Math.cos(2 * k * angle) / (4.0 * k * k - 1);
            }
            double t = (1 - Math.cos(angle)) / 2;
            double rho = t * t * t * t;
            double value = n == 0 ? Bessel.k0(s * rho) : rho * Bessel.k1(s * rho);
            sum += weight / POINTS * 4 * t * t * t * rho * value;
        }
        return sum;
    }
}
