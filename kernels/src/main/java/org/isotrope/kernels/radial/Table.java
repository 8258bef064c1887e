package org.isotrope.kernels.radial;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Cubic pieces through the points of a table, with given slopes at the points (C. de Boor, A Practical Guide to Splines,
 * 1978, chapter IV). NaN outside the table.
 *
 * @param r increasing radii
 * @param values values there
 * @param slopes slopes there
 */
record Table(double[] r, double[] values, double[] slopes) implements DoubleUnaryOperator {
    /** Two continuous derivatives; the third one continuous next to the ends ("not a knot"), so that cubics are exact. */
    static Table spline(double[] r, double[] values) {
        int n = r.length;
        // rows of a tridiagonal system for the slopes; the end rows have been eliminated to two entries
        double[] lower = new double[n];
        double[] diagonal = new double[n];
        double[] upper = new double[n];
        double[] right = new double[n];
        for (int i = 1; i < n - 1; i++) {
            double left = r[i] - r[i - 1];
            double next = r[i + 1] - r[i];
            lower[i] = next;
            diagonal[i] = 2 * (left + next);
            upper[i] = left;
            right[i] = 3 * (next * (values[i] - values[i - 1]) / left + left * (values[i + 1] - values[i]) / next);
        }
        double h0 = r[1] - r[0];
        double h1 = r[2] - r[1];
        double chord0 = (values[1] - values[0]) / h0;
        double chord1 = (values[2] - values[1]) / h1;
        diagonal[0] = h1;
        upper[0] = h0 + h1;
        right[0] = ((h0 + 2 * (h0 + h1)) * h1 * chord0 + h0 * h0 * chord1) / (h0 + h1);
        double g0 = r[n - 1] - r[n - 2];
        double g1 = r[n - 2] - r[n - 3];
        double end0 = (values[n - 1] - values[n - 2]) / g0;
        double end1 = (values[n - 2] - values[n - 3]) / g1;
        diagonal[n - 1] = g1;
        lower[n - 1] = g0 + g1;
        right[n - 1] = ((g0 + 2 * (g0 + g1)) * g1 * end0 + g0 * g0 * end1) / (g0 + g1);
        for (int i = 1; i < n; i++) {
            double factor = lower[i] / diagonal[i - 1];
            diagonal[i] -= factor * upper[i - 1];
            right[i] -= factor * right[i - 1];
        }
        double[] slopes = new double[n];
        slopes[n - 1] = right[n - 1] / diagonal[n - 1];
        for (int i = n - 2; i >= 0; i--) {
            slopes[i] = (right[i] - upper[i] * slopes[i + 1]) / diagonal[i];
        }
        return new Table(r, values, slopes);
    }

    /** Monotone between points, without overshoot: harmonic means of chords (F. Fritsch, J. Butland, SISC 5 (1984) 300). */
    static Table monotone(double[] r, double[] values) {
        int n = r.length;
        double[] chord = new double[n - 1];
        for (int i = 0; i < n - 1; i++) {
            chord[i] = (values[i + 1] - values[i]) / (r[i + 1] - r[i]);
        }
        double[] slopes = new double[n];
        for (int i = 1; i < n - 1; i++) {
            double left = r[i] - r[i - 1];
            double next = r[i + 1] - r[i];
            if (chord[i - 1] * chord[i] > 0) {
                double first = 2 * next + left;
                double second = next + 2 * left;
                slopes[i] = (first + second) / (first / chord[i - 1] + second / chord[i]);
            }
        }
        slopes[0] = end(r[1] - r[0], r[2] - r[1], chord[0], chord[1]);
        slopes[n - 1] = end(r[n - 1] - r[n - 2], r[n - 2] - r[n - 3], chord[n - 2], chord[n - 3]);
        return new Table(r, values, slopes);
    }

    /** The slope of the parabola through three points at an end, held to what keeps the first piece monotone. */
    private static double end(double near, double far, double chord, double nextChord) {
        double slope = ((2 * near + far) * chord - near * nextChord) / (near + far);
        if (slope * chord <= 0) {
            return 0;
        }
        return Math.abs(slope) > 3 * Math.abs(chord) ? 3 * chord : slope;
    }

    @Override
    public double applyAsDouble(double x) {
        int n = r.length;
        if (!(x >= r[0] && x <= r[n - 1])) {
            return Double.NaN;
        }
        int found = Arrays.binarySearch(r, x);
        if (found >= 0) {
            return values[found];
        }
        int i = -found - 2;
        double h = r[i + 1] - r[i];
        double t = (x - r[i]) / h;
        double u = 1 - t;
        return u * u * ((1 + 2 * t) * values[i] + t * h * slopes[i])
                + t * t * ((1 + 2 * u) * values[i + 1] - u * h * slopes[i + 1]);
    }
}
