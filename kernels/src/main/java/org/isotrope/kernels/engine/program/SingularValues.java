package org.isotrope.kernels.engine.program;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The singular value decomposition of small matrices by one-sided Jacobi rotations (M. R. Hestenes, J. SIAM 6 (1958) 51),
 * which is accurate for small singular values too.
 */
final class SingularValues {
    private static final int SWEEPS = 60;

    private SingularValues() {}

    /**
     * A term {@code left ⊗ right} of the matrix; {@code left} has norm 1 and {@code right} the singular value.
     *
     * @param left one entry a row
     * @param right one entry a column
     * @param value singular value
     */
    record Pair(double[] left, double[] right, double value) {}

    /**
     * The decomposition {@code A = Σ left ⊗ right}.
     *
     * @param matrix rows of equal length
     * @return terms by falling singular value, those of value 0 left out
     */
    static List<Pair> of(double[][] matrix) {
        int m = matrix.length;
        double[][] rows = new double[m][];
        double[][] rotations = new double[m][m];
        for (int i = 0; i < m; i++) {
            rows[i] = matrix[i].clone();
            rotations[i][i] = 1;
        }
        boolean rotated = true;
        for (int sweep = 0; rotated && sweep < SWEEPS; sweep++) {
            rotated = false;
            for (int i = 0; i < m; i++) {
                for (int j = i + 1; j < m; j++) {
                    rotated |= orthogonalise(rows, rotations, i, j);
                }
            }
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < m; i++) {
            double value = Math.sqrt(dot(rows[i], rows[i]));
            if (value > 0) {
                pairs.add(new Pair(rotations[i], rows[i], value));
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::value).reversed());
        return pairs;
    }

    /** Turns two rows, and the same rows of the rotations, until they are orthogonal. */
    private static boolean orthogonalise(double[][] rows, double[][] rotations, int i, int j) {
        double a = dot(rows[i], rows[i]);
        double b = dot(rows[j], rows[j]);
        double c = dot(rows[i], rows[j]);
        if (Math.abs(c) <= 0x1p-52 * Math.sqrt(a * b)) {
            return false;
        }
        double zeta = (b - a) / (2 * c);
        double tangent = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        turn(rows, i, j, cosine, cosine * tangent);
        turn(rotations, i, j, cosine, cosine * tangent);
        return true;
    }

    private static void turn(double[][] rows, int i, int j, double cosine, double sine) {
        for (int k = 0; k < rows[i].length; k++) {
            double x = rows[i][k];
            double y = rows[j][k];
            rows[i][k] = cosine * x - sine * y;
            rows[j][k] = sine * x + cosine * y;
        }
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += x[k] * y[k];
        }
        return sum;
    }
}
