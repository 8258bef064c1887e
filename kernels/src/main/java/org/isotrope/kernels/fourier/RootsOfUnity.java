package org.isotrope.kernels.fourier;

/** Cosines and sines of fractions of a turn, to within two units in the last place and the same on every machine. */
final class RootsOfUnity {
    private RootsOfUnity() {}

    /** {@code cos(2πk/n)}. */
    static double cosine(long k, long n) {
        return at(8 * Math.floorMod(k, n) + 2 * n, n);
    }

    /** {@code sin(2πk/n)}. */
    static double sine(long k, long n) {
        return at(8 * Math.floorMod(k, n), n);
    }

    /** The sine of {@code e} parts of an eighth of a turn, {@code n} parts to the eighth, 0 to 10 eighths. */
    private static double at(long e, long n) {
        long turned = e >= 8 * n ? e - 8 * n : e;
        boolean negative = turned > 4 * n;
        long half = negative ? turned - 4 * n : turned;
        // symmetric about a quarter of a turn
        long quarter = half > 2 * n ? 4 * n - half : half;
        double value;
        if (quarter == n) {
            value = Math.sqrt(0.5);
        } else if (quarter < n) {
            value = StrictMath.sin(quarter * Math.PI / (4.0 * n));
        } else {
            value = StrictMath.cos((2 * n - quarter) * Math.PI / (4.0 * n));
        }
        return negative ? -value : value;
    }
}
