package org.isotrope.kernels.spectral;

/** What an entry of a kernel is of a radial function G: G itself, or some derivative of it. */
sealed interface KernelForm {
    /** Whether the factor of the spectrum is imaginary. */
    boolean imaginary();

    /** Whether the entry changes its sign with a coordinate, on a rectangular grid; else it does not change. */
    boolean isOdd(int axis);

    /** The factor (its imaginary part, if it is imaginary) from the wave vector and the transform of G. */
    double factor(double[] k, double transform);

    /**
     * The same of the function {@code c₀ + c₁r² + c₂r⁴} of the distance across the periodic axes, at a place there.
     *
     * @param c coefficients
     * @param x the place
     * @param across the projection orthogonal to the periodic lattice vectors
     */
    double polynomial(double[] c, double[] x, double[][] across);

    private static double square(double[] x) {
        double squares = 0;
        for (double entry : x) {
            squares += entry * entry;
        }
        return squares;
    }

    /** G. */
    record Value() implements KernelForm {
        @Override
        public boolean imaginary() {
            return false;
        }

        @Override
        public boolean isOdd(int axis) {
            return false;
        }

        @Override
        public double factor(double[] k, double transform) {
            return transform;
        }

        @Override
        public double polynomial(double[] c, double[] x, double[][] across) {
            double r2 = square(x);
            return c[0] + r2 * (c[1] + r2 * c[2]);
        }
    }

    /** {@code −∂G/∂x_i}. */
    record Field(int i) implements KernelForm {
        @Override
        public boolean imaginary() {
            return true;
        }

        @Override
        public boolean isOdd(int axis) {
            return axis == i;
        }

        @Override
        public double factor(double[] k, double transform) {
            return -k[i] * transform;
        }

        @Override
        public double polynomial(double[] c, double[] x, double[][] across) {
            return -(2 * c[1] + 4 * c[2] * square(x)) * x[i];
        }
    }

    /** {@code (∂²/∂x_i∂x_j − δ_ij Δ) G / μ}. */
    record Stokes(int i, int j, double viscosity) implements KernelForm {
        @Override
        public boolean imaginary() {
            return false;
        }

        @Override
        public boolean isOdd(int axis) {
            return i != j && (axis == i || axis == j);
        }

        @Override
        public double factor(double[] k, double transform) {
            return ((i == j ? square(k) : 0) - k[i] * k[j]) * transform / viscosity;
        }

        @Override
        public double polynomial(double[] c, double[] x, double[][] across) {
            double delta = i == j ? 1 : 0;
            double isotropic = 2 * c[1] + 4 * c[2] * square(x);
            double mixed = across[i][j] * isotropic + 8 * c[2] * x[i] * x[j];
            double dimensions = 0;
            for (int a = 0; a < across.length; a++) {
                dimensions += across[a][a];
            }
            double laplacian = dimensions * isotropic + 8 * c[2] * square(x);
            // along a line of force the flow is −ln r/2πμ, without a constant
            double line = Math.round(dimensions) == 2 ? (delta - across[i][j]) / (4 * Math.PI) : 0;
            return (mixed - delta * laplacian - line) / viscosity;
        }
    }
}
