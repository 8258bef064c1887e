package org.isotrope.kernels.difference;

/**
 * A factored tridiagonal matrix, plain or cyclic, to solve with many right-hand sides in {@code O(n)} each.
 *
 * <p>Row {@code i} reads {@code lower_i x_{i−1} + diagonal_i x_i + upper_i x_{i+1} = b_i}. Elimination exchanges
 * neighbouring rows where that keeps the pivot larger, so plain matrices need not be diagonally dominant. In a cyclic
 * matrix the first row's lower and the last row's upper entry stand in the opposite corners; it is solved as a plain
 * matrix plus one of rank 1 (Sherman and Morrison), which is safe where the diagonal dominates. Immutable.
 */
public final class Tridiagonal {
    private final int n;
    /** Multiplier of elimination step i, which removes the entry below the diagonal of column i. */
    private final double[] multiplier;
    private final boolean[] exchanged;
    private final double[] pivot;
    private final double[] first;
    /** Second superdiagonal, which exchanges fill in. */
    private final double[] second;
    /** Of a cyclic matrix: the solution for the rank-1 column, and what the row takes from a vector; else empty. */
    private final double[] column;
    private final double rowFirst;
    private final double rowLast;

    private Tridiagonal(double[] lower, double[] diagonal, double[] upper, boolean cyclic) {
        this.n = diagonal.length;
        this.multiplier = new double[n];
        this.exchanged = new boolean[n];
        this.pivot = diagonal.clone();
        this.first = upper.clone();
        this.second = new double[n];
        double cornerHigh = lower[0];
        double cornerLow = upper[n - 1];
        // opposite in sign to the diagonal, so that taking it away makes the diagonal larger
        double gamma = diagonal[0] != 0 ? -diagonal[0] : 1;
        if (cyclic) {
            pivot[0] -= gamma;
            pivot[n - 1] -= cornerHigh * cornerLow / gamma;
        }
        first[n - 1] = 0;
        factor(lower);
        this.column = cyclic ? new double[n] : new double[0];
        if (cyclic) {
            column[0] = gamma;
            column[n - 1] = cornerLow;
            solvePlain(column);
            double last = cornerHigh / gamma;
            double denominator = 1 + column[0] + last * column[n - 1];
            if (denominator == 0) {
                throw new IllegalArgumentException("matrix is singular; it had to be invertible");
            }
            this.rowFirst = 1 / denominator;
            this.rowLast = last / denominator;
        } else {
            this.rowFirst = 0;
            this.rowLast = 0;
        }
    }

    private void factor(double[] lower) {
        for (int i = 0; i + 1 < n; i++) {
            double below = lower[i + 1];
            if (Math.abs(pivot[i]) < Math.abs(below)) {
                exchanged[i] = true;
                multiplier[i] = pivot[i] / below;
                pivot[i] = below;
                double entry = first[i];
                first[i] = pivot[i + 1];
                pivot[i + 1] = Math.fma(-multiplier[i], first[i], entry);
                second[i] = first[i + 1];
                first[i + 1] = -multiplier[i] * second[i];
            } else if (pivot[i] != 0) {
                multiplier[i] = below / pivot[i];
                pivot[i + 1] = Math.fma(-multiplier[i], first[i], pivot[i + 1]);
            }
        }
        for (int i = 0; i < n; i++) {
            if (pivot[i] == 0 || Double.isNaN(pivot[i])) {
                throw new IllegalArgumentException("matrix has the pivot " + pivot[i] + " in row " + i
                        + "; it had to be invertible");
            }
        }
    }

    /**
     * Factors a plain tridiagonal matrix.
     *
     * @param lower {@code n} entries left of the diagonal; the first is not used
     * @param diagonal {@code n} ≥ 1 entries on the diagonal
     * @param upper {@code n} entries right of the diagonal; the last is not used
     * @return the factored matrix
     * @throws IllegalArgumentException if the lengths differ or the matrix is singular
     */
    public static Tridiagonal of(double[] lower, double[] diagonal, double[] upper) {
        requireLengths(lower, diagonal, upper, 1);
        return new Tridiagonal(lower, diagonal, upper, false);
    }

    /**
     * Factors a cyclic tridiagonal matrix.
     *
     * @param lower {@code n} entries left of the diagonal; the first stands in the last column
     * @param diagonal {@code n} ≥ 3 entries on the diagonal
     * @param upper {@code n} entries right of the diagonal; the last stands in the first column
     * @return the factored matrix
     * @throws IllegalArgumentException if the lengths differ or the matrix is singular
     */
    public static Tridiagonal cyclic(double[] lower, double[] diagonal, double[] upper) {
        requireLengths(lower, diagonal, upper, 3);
        return new Tridiagonal(lower, diagonal, upper, true);
    }

    private static void requireLengths(double[] lower, double[] diagonal, double[] upper, int least) {
        int n = diagonal.length;
        if (n < least) {
            throw new IllegalArgumentException("diagonal has " + n + " entries; it had to have at least " + least);
        }
        if (lower.length != n || upper.length != n) {
            throw new IllegalArgumentException("lower and upper have " + lower.length + " and " + upper.length
                    + " entries; both had to have " + n + ", as the diagonal has");
        }
    }

    /**
     * Number of unknowns.
     *
     * @return {@code n}
     */
    public int size() {
        return n;
    }

    /**
     * Solves for one right-hand side.
     *
     * @param right {@code n} values
     * @param solution {@code n} values, overwritten; may be the same array as {@code right}
     */
    public void solve(double[] right, double[] solution) {
        if (right.length != n || solution.length != n) {
            throw new IllegalArgumentException("right and solution have " + right.length + " and " + solution.length
                    + " values; both had to have " + n);
        }
        System.arraycopy(right, 0, solution, 0, n);
        solvePlain(solution);
        if (column.length > 0) {
            double factor = rowFirst * solution[0] + rowLast * solution[n - 1];
            for (int i = 0; i < n; i++) {
                solution[i] = Math.fma(-factor, column[i], solution[i]);
            }
        }
    }

    private void solvePlain(double[] x) {
        for (int i = 0; i + 1 < n; i++) {
            if (exchanged[i]) {
                double value = x[i];
                x[i] = x[i + 1];
                x[i + 1] = value;
            }
            x[i + 1] = Math.fma(-multiplier[i], x[i], x[i + 1]);
        }
        for (int i = n - 1; i >= 0; i--) {
            double value = x[i];
            if (i + 1 < n) {
                value = Math.fma(-first[i], x[i + 1], value);
            }
            if (i + 2 < n) {
                value = Math.fma(-second[i], x[i + 2], value);
            }
            x[i] = value / pivot[i];
        }
    }
}
