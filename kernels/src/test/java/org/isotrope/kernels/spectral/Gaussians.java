package org.isotrope.kernels.spectral;

/** What Green's functions make of a Gaussian of unit mass, in closed form. */
final class Gaussians {
    private static final double ROOT2 = Math.sqrt(2);
    private static final double EULER = 0.57721566490153286061;

    private Gaussians() {}

    static double density(int d, double sigma, double r) {
        return Math.pow(2 * Math.PI * sigma * sigma, -0.5 * d) * Math.exp(-r * r / (2 * sigma * sigma));
    }

    /** The error function: a series of positive terms, or 1 less a continued fraction. */
    static double erf(double x) {
        return x < 0 ? -erf(-x) : x < 3 ? series(x) : 1 - erfc(x);
    }

    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; term > 1e-18 * sum; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    static double erfc(double x) {
        if (x < 3) {
            return 1 - erf(x);
        }
        double fraction = x;
        for (int n = 80; n >= 1; n--) {
            fraction = x + n / 2.0 / fraction;
        }
        return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
    }

    /** Exponential integral {@code E₁}. */
    static double e1(double x) {
        if (x > 2) {
            double fraction = x;
            for (int n = 200; n >= 1; n--) {
                fraction = x + n / (1 + n / fraction);
            }
            return Math.exp(-x) / fraction;
        }
        double sum = -EULER - Math.log(x);
        double term = 1;
        for (int k = 1; k < 60; k++) {
            term *= -x / k;
            sum -= term / k;
        }
        return sum;
    }

    /** {@code −Δu = g} in free space. */
    static double potential(int d, double sigma, double r) {
        double s = r / sigma;
        return switch (d) {
            case 3 -> r == 0
                    ? Math.sqrt(2 / Math.PI) / (4 * Math.PI * sigma)
                    : erf(s / ROOT2) / (4 * Math.PI * r);
            case 2 -> r == 0
                    ? -(2 * Math.log(sigma) + Math.log(2) - EULER) / (4 * Math.PI)
                    : -(2 * Math.log(r) + e1(s * s / 2)) / (4 * Math.PI);
            default -> -(r * erf(s / ROOT2) + sigma * Math.sqrt(2 / Math.PI) * Math.exp(-s * s / 2)) / 2;
        };
    }

    /** {@code −u'(r)}. */
    static double field(int d, double sigma, double r) {
        double s = r / sigma;
        if (r == 0) {
            return 0;
        }
        return switch (d) {
            case 3 -> (erf(s / ROOT2) - Math.sqrt(2 / Math.PI) * s * Math.exp(-s * s / 2)) / (4 * Math.PI * r * r);
            case 2 -> -Math.expm1(-s * s / 2) / (2 * Math.PI * r);
            default -> erf(s / ROOT2) / 2;
        };
    }

    /** {@code κ²u − Δu = g} in 3D and 1D. */
    static double screened(int d, double kappa, double sigma, double r) {
        double grow = Math.exp(kappa * kappa * sigma * sigma / 2);
        double below = Math.exp(-kappa * r) * erfc((kappa * sigma - r / sigma) / ROOT2);
        double above = Math.exp(kappa * r) * erfc((kappa * sigma + r / sigma) / ROOT2);
        return d == 3 ? grow * (below - above) / (8 * Math.PI * r) : grow * (below + above) / (4 * kappa);
    }

    /** Velocity component i in 3D under a Gaussian force along j, with viscosity 1. */
    static double stokes(double sigma, double[] x, int i, int j) {
        double r = Math.sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2]);
        if (r == 0) {
            return i == j ? 2 / 3.0 * Math.sqrt(2 / Math.PI) / sigma / (4 * Math.PI) : 0;
        }
        double mass = erf(r / sigma / ROOT2);
        double slope = Math.sqrt(2 / Math.PI) / sigma * Math.exp(-r * r / (2 * sigma * sigma));
        // h = |x| convolved with the Gaussian; the velocity is (δΔ − ∂∂)h/8π
        double first = (1 - sigma * sigma / (r * r)) * mass + sigma * sigma / r * slope;
        double second = 2 * sigma * sigma / (r * r) * (mass / r - slope);
        double radial = x[i] * x[j] / (r * r);
        double delta = i == j ? 1 : 0;
        return (delta * 2 * mass / r - first / r * (delta - radial) - second * radial) / (8 * Math.PI);
    }
}
