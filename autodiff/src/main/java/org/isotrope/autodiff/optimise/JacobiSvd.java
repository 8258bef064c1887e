package org.isotrope.autodiff.optimise;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The singular value decomposition {@code A = U Σ Vᵀ} of a small square matrix by one-sided Jacobi rotations on its
 * twice triangularised form: Z. Drmač, K. Veselić, "New fast and accurate Jacobi SVD algorithm", SIAM J. Matrix Anal.
 * Appl. 29 (2008) 1322 and 1343. With {@code A P = Q₁ R₁} (pivoted) and {@code R₁ᵀ = Q₂ R₂}, the columns of
 * {@code R₂ᵀ} are rotated until they are orthogonal. Small singular values are found as accurately as the scaling of
 * the rows and columns of {@code A} allows, not just relative to the largest one.
 *
 * <p>{@code V} is orthogonal to rounding whatever the rank; columns of {@code U} that belong to singular values of
 * exactly zero are zero.
 */
final class JacobiSvd {

    private static final int MAX_SWEEPS = 60;
    /** Products of columns below this, where the largest entry is about 1, are lost to underflow. */
    private static final double NEGLIGIBLE = 1e-290;

    private final double[] singularValues;
    private final double[][] left;
    private final double[][] right;

    private JacobiSvd(double[] singularValues, double[][] left, double[][] right) {
        this.singularValues = singularValues;
        this.left = left;
        this.right = right;
    }

    /** Decomposes the matrix with the given rows. */
    static JacobiSvd of(double[][] rows) {
        int n = rows.length;
        double largest = 0;
        for (double[] row : rows) {
            largest = Math.max(largest, Vectors.maxNorm(row));
        }
        // A power of two loses nothing, and keeps all squares below in range.
        int exponent = largest == 0 ? 0 : Math.getExponent(largest);
        // Rows in descending order of size make the pivoted factorisation backward stable row by row
        // (A. J. Cox, N. J. Higham, "Stability of Householder QR factorization for weighted least squares", 1998).
        int[] rowOrder = descending(n, i -> Vectors.maxNorm(rows[i]));
        var a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[j][i] = Math.scalb(rows[rowOrder[i]][j], -exponent);
            }
        }
        var first = new HouseholderQr(a, true);
        var transposed = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                transposed[i][j] = first.r(i, j);
            }
        }
        var second = new HouseholderQr(transposed, false);
        var x = new double[n][n];
        var v = new double[n][n];
        for (int k = 0; k < n; k++) {
            for (int j = k; j < n; j++) {
                x[k][j] = second.r(k, j);
            }
            v[k][k] = 1;
        }
        orthogonalise(x, v);
        return assemble(x, v, first, second, rowOrder, exponent);
    }

    private static int[] descending(int n, IntToDoubleFunction key) {
        return IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> -key.applyAsDouble(i)))
            .mapToInt(Integer::intValue).toArray();
    }

    private static JacobiSvd assemble(double[][] x, double[][] v, HouseholderQr first, HouseholderQr second,
                                      int[] rowOrder, int exponent) {
        int n = x.length;
        var norms = new double[n];
        for (int k = 0; k < n; k++) {
            norms[k] = Vectors.norm(x[k]);
        }
        int[] order = descending(n, k -> norms[k]);
        var values = new double[n];
        var left = new double[n][n];
        var right = new double[n][n];
        for (int k = 0; k < n; k++) {
            int from = order[k];
            values[k] = Math.scalb(norms[from], exponent);
            for (int i = 0; i < n && norms[from] > 0; i++) {
                x[from][i] /= norms[from];
            }
            first.applyQ(x[from]);
            second.applyQ(v[from]);
            for (int i = 0; i < n; i++) {
                left[k][rowOrder[i]] = x[from][i];
                right[k][first.permutation()[i]] = v[from][i];
            }
        }
        return new JacobiSvd(values, left, right);
    }

    private static void orthogonalise(double[][] x, double[][] v) {
        int n = x.length;
        double tolerance = Math.sqrt(n) * 0.5 * Math.ulp(1.0);
        var squares = new double[n];
        for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
            // Rotations update the squared norms; a fresh start every sweep keeps the rounding from adding up.
            Arrays.setAll(squares, k -> Vectors.dot(x[k], x[k]));
            boolean rotated = false;
            for (int p = 0; p < n - 1; p++) {
                for (int q = p + 1; q < n; q++) {
                    double product = Vectors.dot(x[p], x[q]);
                    double limit = Math.max(NEGLIGIBLE, tolerance * Math.sqrt(squares[p]) * Math.sqrt(squares[q]));
                    if (Math.abs(product) > limit) {
                        double zeta = (squares[q] - squares[p]) / (2 * product);
                        double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
                        double c = 1 / Math.sqrt(1 + t * t);
                        rotate(x[p], x[q], c, c * t);
                        rotate(v[p], v[q], c, c * t);
                        squares[p] = Math.max(0, squares[p] - t * product);
                        squares[q] += t * product;
                        rotated = true;
                    }
                }
            }
            if (!rotated) {
                return;
            }
        }
        throw new ArithmeticException("singular values of a " + n + " by " + n + " matrix were not found in "
            + MAX_SWEEPS + " sweeps of rotations.");
    }

    private static void rotate(double[] p, double[] q, double c, double s) {
        for (int i = 0; i < p.length; i++) {
            double a = p[i];
            double b = q[i];
            p[i] = c * a - s * b;
            q[i] = s * a + c * b;
        }
    }

    /** Descending. */
    double[] singularValues() {
        return singularValues;
    }

    /** The left singular vector of singular value {@code k}. */
    double[] left(int k) {
        return left[k];
    }

    /** The right singular vector of singular value {@code k}. */
    double[] right(int k) {
        return right[k];
    }
}
