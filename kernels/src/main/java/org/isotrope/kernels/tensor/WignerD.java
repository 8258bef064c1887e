package org.isotrope.kernels.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * Matrices that rotate real harmonics, {@code Y_l(R x) = D^l(R) Y_l(x)}, so that {@code D(R₁R₂) = D(R₁) D(R₂)} and
 * {@code D¹(R) = R} to the bit.
 *
 * <p>Each degree follows from the one below and {@code R} by the recursion of J. Ivanic and K. Ruedenberg, J. Phys.
 * Chem. 100 (1996) 6342, with the corrections of J. Phys. Chem. A 102 (1998) 9099. The paper's harmonics have their
 * axis along z and first degree (y, z, x); with the axis along y the first degree is (x, y, z), and nothing else
 * changes.
 */
public final class WignerD {
    private WignerD() {}

    /**
     * The matrix of one degree.
     *
     * @param l the degree, 0 to {@value SphericalIrrep#MAX_L}
     * @param rotation the rotation
     * @return a fresh {@code (2l + 1) × (2l + 1)} matrix by rows, row and column {@code l + m} for {@code m = −l … l}
     */
    public static double[][] of(int l, Rotation rotation) {
        return upTo(l, rotation).get(l);
    }

    /**
     * The matrices of every degree up to one.
     *
     * @param maxL the largest degree, 0 to {@value SphericalIrrep#MAX_L}
     * @param rotation the rotation
     * @return fresh matrices, the one of degree l at index l
     */
    public static List<double[][]> upTo(int maxL, Rotation rotation) {
        return upTo(maxL, rotation.matrix());
    }

    static List<double[][]> upTo(int maxL, double[][] rotation) {
        if (maxL < 0 || maxL > SphericalIrrep.MAX_L) {
            throw new IllegalArgumentException("l is " + maxL + "; it had to be 0 to " + SphericalIrrep.MAX_L);
        }
        List<double[][]> matrices = new ArrayList<>();
        matrices.add(new double[][] {{1}});
        if (maxL > 0) {
            matrices.add(new double[][] {rotation[0].clone(), rotation[1].clone(), rotation[2].clone()});
        }
        for (int l = 2; l <= maxL; l++) {
            matrices.add(next(l, rotation, matrices.get(l - 1)));
        }
        return List.copyOf(matrices);
    }

    private static double[][] next(int l, double[][] r, double[][] below) {
        double[][] matrix = new double[2 * l + 1][2 * l + 1];
        for (int m = -l; m <= l; m++) {
            int a = Math.abs(m);
            for (int n = -l; n <= l; n++) {
                double d = Math.abs(n) == l ? 2.0 * l * (2 * l - 1) : (double) (l + n) * (l - n);
                double sum = 0;
                if (a < l) {
                    sum += Math.sqrt((l + m) * (l - m) / d) * p(0, m, n, l, r, below);
                }
                double v = Math.sqrt((m == 0 ? 2.0 : 1.0) * (l + a - 1) * (l + a) / d) / 2;
                sum += (m == 0 ? -v : v) * v(m, n, l, r, below);
                if (m != 0 && a < l - 1) {
                    sum -= Math.sqrt((l - a - 1) * (l - a) / d) / 2 * w(m, n, l, r, below);
                }
                matrix[l + m][l + n] = sum;
            }
        }
        return matrix;
    }

    private static double v(int m, int n, int l, double[][] r, double[][] below) {
        if (m == 0) {
            return p(1, 1, n, l, r, below) + p(-1, -1, n, l, r, below);
        }
        if (m == 1) {
            return Math.sqrt(2) * p(1, 0, n, l, r, below);
        }
        if (m == -1) {
            return Math.sqrt(2) * p(-1, 0, n, l, r, below);
        }
        return m > 0
                ? p(1, m - 1, n, l, r, below) - p(-1, -m + 1, n, l, r, below)
                : p(1, m + 1, n, l, r, below) + p(-1, -m - 1, n, l, r, below);
    }

    private static double w(int m, int n, int l, double[][] r, double[][] below) {
        return m > 0
                ? p(1, m + 1, n, l, r, below) + p(-1, -m - 1, n, l, r, below)
                : p(1, m - 1, n, l, r, below) - p(-1, -m + 1, n, l, r, below);
    }

    /** The function {@code iP^l_{μn}} of the paper. */
    private static double p(int i, int mu, int n, int l, double[][] r, double[][] below) {
        double[] row = below[l - 1 + mu];
        if (n == -l) {
            return r[1 + i][2] * row[0] + r[1 + i][0] * row[2 * l - 2];
        }
        return n == l
                ? r[1 + i][2] * row[2 * l - 2] - r[1 + i][0] * row[0]
                : r[1 + i][1] * row[l - 1 + n];
    }
}
