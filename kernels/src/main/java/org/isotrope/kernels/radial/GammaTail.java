package org.isotrope.kernels.radial;

/** The regularised upper incomplete gamma function {@code Q(a, x) = Γ(a, x)/Γ(a)} for multiples a of ½. */
final class GammaTail {
    private GammaTail() {}

    /** {@code Q(a/2, x)}, by {@code Q(a + 1, x) = Q(a, x) + x^a e^{−x}/Γ(a + 1)}. */
    static double ofHalves(int twiceA, double x) {
        boolean whole = twiceA % 2 == 0;
        double a = whole ? 1 : 0.5;
        double tail = whole ? Math.exp(-x) : erfc(Math.sqrt(x));
        double gamma = whole ? 1 : Math.sqrt(Math.PI);
        while (2 * a < twiceA) {
            gamma *= a;
            tail += Math.pow(x, a) * Math.exp(-x) / gamma;
            a++;
        }
        return tail;
    }

    /**
     * The complementary error function of z ≥ 0: the series of erf (M. Abramowitz, I. Stegun, 7.1.6), and for larger z the
     * continued fraction (7.1.14).
     */
    static double erfc(double z) {
        double exp = Math.exp(-z * z) / Math.sqrt(Math.PI);
        if (z < 2) {
            double term = 2 * z * exp;
            double sum = term;
            for (int k = 1; term > 1e-18; k++) {
                term *= 2 * z * z / (2 * k + 1);
                sum += term;
            }
            return 1 - sum;
        }
        double fraction = 0;
        for (int k = 60; k > 0; k--) {
            fraction = k / 2.0 / (z + fraction);
        }
        return exp / (z + fraction);
    }
}
