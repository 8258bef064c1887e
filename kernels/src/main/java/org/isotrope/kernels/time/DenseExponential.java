package org.isotrope.kernels.time;

import java.util.Arrays;

/** The exponential of a small dense matrix, by scaling to norm at most ½, its Taylor series, and squaring. */
final class DenseExponential {
    private static final int TERMS = 18;

    private DenseExponential() {}

    /**
     * The first column of φ_0 … φ_p of a matrix: {@code exp} of it bordered by e₁ and a shift, whose last columns these
     * are.
     *
     * <p>Source: R. Sidje, ACM Transactions on Mathematical Software 24 (1998) 130, theorem 1.
     *
     * @param h square matrix, rows first; its upper left {@code size × size} part counts
     * @return {@code column[k]} is {@code φ_k(h) e₁}
     */
    static double[][] phi(double[][] h, int size, double factor, int p) {
        int n = size + p;
        double[][] bordered = new double[n][n];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                bordered[i][j] = factor * h[i][j];
            }
        }
        if (p > 0) {
            bordered[0][size] = 1;
        }
        for (int k = 1; k < p; k++) {
            bordered[size + k - 1][size + k] = 1;
        }
        double[][] exponential = of(bordered);
        double[][] columns = new double[p + 1][size];
        for (int i = 0; i < size; i++) {
            columns[0][i] = exponential[i][0];
            for (int k = 1; k <= p; k++) {
                columns[k][i] = exponential[i][size + k - 1];
            }
        }
        return columns;
    }

    static double[][] of(double[][] matrix) {
        int n = matrix.length;
        double norm = 0;
        for (double[] row : matrix) {
            norm = Math.max(norm, Arrays.stream(row).map(Math::abs).sum());
        }
        int squarings = norm > 0.5 ? Math.max(0, Math.getExponent(norm) + 2) : 0;
        double scale = Math.scalb(1, -squarings);
        double[][] x = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                x[i][j] = scale * matrix[i][j];
            }
        }
        // Horner: 1 + x (1 + x/2 (1 + x/3 (…)))
        double[][] sum = identity(n);
        for (int k = TERMS; k >= 1; k--) {
            sum = product(x, sum);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    sum[i][j] /= k;
                }
                sum[i][i] += 1;
            }
        }
        for (int s = 0; s < squarings; s++) {
            sum = product(sum, sum);
        }
        return sum;
    }

    private static double[][] identity(int n) {
        double[][] one = new double[n][n];
        for (int i = 0; i < n; i++) {
            one[i][i] = 1;
        }
        return one;
    }

    private static double[][] product(double[][] a, double[][] b) {
        int n = a.length;
        double[][] c = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                double factor = a[i][k];
                if (factor != 0) {
                    for (int j = 0; j < n; j++) {
                        c[i][j] += factor * b[k][j];
                    }
                }
            }
        }
        return c;
    }
}
