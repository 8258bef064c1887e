package org.isotrope.kernels.tensor;

/** Powers of complex numbers by repeated squaring, exact on the axes and diagonals. */
final class ComplexPower {
    private ComplexPower() {}

    /** {@code (re + i im)^n} as (Re, Im), {@code n ≥ 0}. */
    static double[] of(double re, double im, int n) {
        double a = 1;
        double b = 0;
        for (int bit = 31 - Integer.numberOfLeadingZeros(n); bit >= 0; bit--) {
            double square = (a - b) * (a + b);
            b = 2 * a * b;
            a = square;
            if ((n >> bit & 1) != 0) {
                double product = a * re - b * im;
                b = a * im + b * re;
                a = product;
            }
        }
        // adding zero makes a negative zero positive
        return new double[] {a + 0.0, b + 0.0};
    }
}
