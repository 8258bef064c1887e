package org.isotrope.kernels.tensor;

/** Checks and small arithmetic of orthogonal matrices by rows, {@code d ≤ 3}. */
final class Orthogonal {
    /** Departure from orthogonality that is taken for rounding. */
    private static final double TOLERANCE = 1e-8;

    private Orthogonal() {}

    static void require(double[][] matrix, int d, String name) {
        boolean fits = matrix.length == d;
        for (double[] row : matrix) {
            fits &= row.length == d;
        }
        if (!fits) {
            throw new IllegalArgumentException(name + " has " + matrix.length + " rows of "
                    + (matrix.length == 0 ? 0 : matrix[0].length) + "; it had to be " + d + " × " + d);
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double dot = 0;
                for (double[] row : matrix) {
                    dot += row[i] * row[j];
                }
                if (!(Math.abs(dot - (i == j ? 1 : 0)) <= TOLERANCE)) {
                    throw new IllegalArgumentException(name + " has columns " + i + " and " + j + " with product " + dot
                            + "; it had to be orthogonal, product " + (i == j ? 1 : 0));
                }
            }
        }
    }

    static double determinant(double[][] m) {
        return m.length == 2
                ? m[0][0] * m[1][1] - m[0][1] * m[1][0]
                : m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
                        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    }

    static boolean isProper(double[][] matrix) {
        return determinant(matrix) > 0;
    }

    /** The rotation {@code R} or {@code −R} of a 3D map. */
    static double[][] proper(double[][] matrix) {
        return isProper(matrix) ? matrix : negative(matrix);
    }

    static double[][] negative(double[][] matrix) {
        double[][] negative = new double[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            negative[i] = new double[matrix[i].length];
            for (int j = 0; j < matrix[i].length; j++) {
                // 0 − x, so that no zero becomes negative
                negative[i][j] = 0 - matrix[i][j];
            }
        }
        return negative;
    }
}
