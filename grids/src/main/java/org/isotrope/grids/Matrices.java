package org.isotrope.grids;

/** Dense matrices of at most 3 × 3, as rows. */
final class Matrices {
    private Matrices() {}

    static double[][] identity(int d) {
        double[][] matrix = new double[d][d];
        for (int i = 0; i < d; i++) {
            matrix[i][i] = 1;
        }
        return matrix;
    }

    static double determinant(double[][] m) {
        return switch (m.length) {
            case 1 -> m[0][0];
            case 2 -> m[0][0] * m[1][1] - m[0][1] * m[1][0];
            default -> m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
                    - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                    + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
        };
    }

    /** The inverse by cofactors; the caller has checked the determinant. */
    static double[][] inverse(double[][] m) {
        int d = m.length;
        double determinant = determinant(m);
        double[][] inverse = new double[d][d];
        if (d == 1) {
            inverse[0][0] = 1 / m[0][0];
        } else if (d == 2) {
            inverse[0][0] = m[1][1] / determinant;
            inverse[0][1] = -m[0][1] / determinant;
            inverse[1][0] = -m[1][0] / determinant;
            inverse[1][1] = m[0][0] / determinant;
        } else {
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    int a = (j + 1) % 3;
                    int b = (j + 2) % 3;
                    int c = (i + 1) % 3;
                    int e = (i + 2) % 3;
                    inverse[i][j] = (m[a][c] * m[b][e] - m[a][e] * m[b][c]) / determinant;
                }
            }
        }
        return inverse;
    }

    static double[][] product(double[][] a, double[][] b) {
        int d = a.length;
        double[][] product = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < d; k++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }

    static boolean isOrthogonal(double[][] m, double tolerance) {
        for (int i = 0; i < m.length; i++) {
            for (int j = 0; j < m.length; j++) {
                double dot = 0;
                for (double[] row : m) {
                    dot += row[i] * row[j];
                }
                if (!(Math.abs(dot - (i == j ? 1 : 0)) <= tolerance)) {
                    return false;
                }
            }
        }
        return true;
    }

    static boolean isClose(double[][] a, double[][] b, double tolerance) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                if (!(Math.abs(a[i][j] - b[i][j]) <= tolerance)) {
                    return false;
                }
            }
        }
        return true;
    }

    static double[][] transpose(double[][] m) {
        double[][] transpose = new double[m.length][m.length];
        for (int i = 0; i < m.length; i++) {
            for (int j = 0; j < m.length; j++) {
                transpose[j][i] = m[i][j];
            }
        }
        return transpose;
    }

    static double[][] copy(double[][] m) {
        return transpose(transpose(m));
    }
}
