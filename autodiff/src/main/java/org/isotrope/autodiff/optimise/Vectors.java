package org.isotrope.autodiff.optimise;

/** The few operations on dense vectors that the optimisers share. */
final class Vectors {

    private Vectors() {
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum = Math.fma(a[i], b[i], sum);
        }
        return sum;
    }

    static double maxNorm(double[] a) {
        double norm = 0;
        for (double v : a) {
            norm = Math.max(norm, Math.abs(v));
        }
        return norm;
    }

    /** The Euclidean length, without overflow or underflow on the way. */
    static double norm(double[] a) {
        double scale = maxNorm(a);
        if (scale == 0 || !Double.isFinite(scale)) {
            return scale;
        }
        if (scale > 1e-120 && scale < 1e120) {
            return Math.sqrt(dot(a, a));
        }
        double sum = 0;
        for (double v : a) {
            double scaled = v / scale;
            sum = Math.fma(scaled, scaled, sum);
        }
        return scale * Math.sqrt(sum);
    }

    static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = a[i] - b[i];
            sum = Math.fma(difference, difference, sum);
        }
        return Math.sqrt(sum);
    }

    /** {@code y += alpha x}. */
    static void addScaled(double alpha, double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.fma(alpha, x[i], y[i]);
        }
    }

    static boolean allFinite(double[] a) {
        // x - x is 0 for finite x and NaN otherwise, so one sum tells about all entries.
        double sum = 0;
        for (double v : a) {
            sum += v - v;
        }
        return sum == 0;
    }

    static double[] requireFinite(String name, double[] a) {
        if (a.length == 0) {
            throw new IllegalArgumentException(name + " was empty but had to have at least one entry.");
        }
        for (int i = 0; i < a.length; i++) {
            if (!Double.isFinite(a[i])) {
                throw new IllegalArgumentException(name + "[" + i + "] was " + a[i] + " but had to be finite.");
            }
        }
        return a;
    }

    static double requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " was " + value + " but had to be positive and finite.");
        }
        return value;
    }
}
