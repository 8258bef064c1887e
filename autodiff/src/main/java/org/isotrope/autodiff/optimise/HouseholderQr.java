package org.isotrope.autodiff.optimise;

/**
 * Householder factorisation {@code A P = Q R} of a small matrix, with column pivoting on request (P. Businger,
 * G. H. Golub, Numer. Math. 7 (1965) 269). Matrices are arrays of columns. Entries should be near 1 in magnitude.
 */
final class HouseholderQr {

    private final double[][] columns;
    private final double[] tau;
    private final double[] diagonal;
    private final int[] permutation;

    /** Factorises in place; column {@code k} of {@code A P} is column {@code permutation()[k]} of {@code A}. */
    HouseholderQr(double[][] columns, boolean pivoting) {
        this.columns = columns;
        int n = columns.length;
        int m = n == 0 ? 0 : columns[0].length;
        int steps = Math.min(m, n);
        tau = new double[steps];
        diagonal = new double[steps];
        permutation = new int[n];
        for (int j = 0; j < n; j++) {
            permutation[j] = j;
        }
        for (int j = 0; j < steps; j++) {
            if (pivoting) {
                bringLargestTo(j);
            }
            reflect(j);
        }
    }

    private void bringLargestTo(int j) {
        int largest = j;
        double largestSquare = -1;
        // Norms are formed anew: updating them costs accuracy, and this is a third of the work at most.
        for (int k = j; k < columns.length; k++) {
            double square = tailDot(columns[k], columns[k], j);
            if (square > largestSquare) {
                largestSquare = square;
                largest = k;
            }
        }
        double[] column = columns[j];
        columns[j] = columns[largest];
        columns[largest] = column;
        int index = permutation[j];
        permutation[j] = permutation[largest];
        permutation[largest] = index;
    }

    private void reflect(int j) {
        double[] v = columns[j];
        double alpha = v[j];
        double square = tailDot(v, v, j + 1);
        diagonal[j] = alpha;
        if (square == 0) {
            return;
        }
        double beta = -Math.copySign(Math.sqrt(alpha * alpha + square), alpha);
        diagonal[j] = beta;
        tau[j] = (beta - alpha) / beta;
        for (int i = j + 1; i < v.length; i++) {
            v[i] /= alpha - beta;
        }
        v[j] = 1;
        for (int k = j + 1; k < columns.length; k++) {
            applyReflection(j, columns[k]);
        }
    }

    private void applyReflection(int j, double[] target) {
        if (tau[j] != 0) {
            double[] v = columns[j];
            double factor = -tau[j] * tailDot(v, target, j);
            for (int i = j; i < v.length; i++) {
                target[i] = Math.fma(factor, v[i], target[i]);
            }
        }
    }

    private static double tailDot(double[] a, double[] b, int from) {
        double sum = 0;
        for (int i = from; i < a.length; i++) {
            sum = Math.fma(a[i], b[i], sum);
        }
        return sum;
    }

    int[] permutation() {
        return permutation;
    }

    /** Entry (i, j) of R. */
    double r(int i, int j) {
        if (i > j) {
            return 0;
        }
        return i == j ? diagonal[i] : columns[j][i];
    }

    /** {@code x <- Q x}. */
    void applyQ(double[] x) {
        for (int j = tau.length - 1; j >= 0; j--) {
            applyReflection(j, x);
        }
    }
}
