package org.isotrope.autodiff.optimise;

import org.jspecify.annotations.Nullable;

/**
 * The triangular factor of a tall matrix {@code [A | b]} whose rows arrive one after another and are not kept: as many
 * rows as there are columns are gathered, and then folded into the factor by Householder reflections
 * (J. Demmel, L. Grigori, M. Hoemmen, J. Langou, "Communication-optimal parallel and sequential QR and LU
 * factorizations", SIAM J. Sci. Comput. 34 (2012) A206, the sequential variant).
 *
 * <p>For {@code n} unknowns it holds about {@code 2 (n + 1)²} numbers, however many rows there are, and spends about
 * {@code 2 n²} operations on a row. The result depends only on the order of the rows, not on how they were cut into
 * blocks. Factors of different parts of a matrix, perhaps made by different threads, can be merged. An object must not
 * be used by two threads at a time.
 */
public final class StreamedQr {

    private static final int LEAST_BLOCK = 16;

    private final int n;
    /** Upper triangle of [A | b], (n + 1) by (n + 1): R, Qᵀb in the last column, the residual in the corner. */
    private final double[][] triangle;
    private final double[][] block;
    private final double[] reflector;
    private final double[] projections;
    private int filled;
    private long rows;

    private StreamedQr(int n) {
        this.n = n;
        triangle = new double[n + 1][n + 1];
        block = new double[Math.max(LEAST_BLOCK, n)][n + 1];
        reflector = new double[block.length];
        projections = new double[n + 1];
    }

    /**
     * The empty factor.
     *
     * @param unknowns the number of columns of {@code A}
     * @return a factor of no rows
     * @throws IllegalArgumentException if {@code unknowns} is not positive
     */
    public static StreamedQr columns(int unknowns) {
        if (unknowns < 1) {
            throw new IllegalArgumentException("unknowns was " + unknowns + " but had to be positive.");
        }
        return new StreamedQr(unknowns);
    }

    /**
     * Appends one row.
     *
     * @param row the row of {@code A}; copied
     * @param rightHandSide the entry of {@code b}
     * @throws IllegalArgumentException if the row has another length than there are unknowns, or if a number is not
     *     finite
     */
    public void append(double[] row, double rightHandSide) {
        if (row.length != n) {
            throw new IllegalArgumentException("row had " + row.length + " entries but had to have " + n
                + ", one an unknown.");
        }
        requireFinite(row, 0, 0, rightHandSide);
        gather(row, 0, rightHandSide);
    }

    /**
     * Appends a block of rows, or none of them if one is refused.
     *
     * @param block the rows of {@code A}, one after another; copied
     * @param rightHandSides the entries of {@code b}, one a row
     * @throws IllegalArgumentException if the lengths do not belong together, or if a number is not finite
     */
    public void append(double[] block, double[] rightHandSides) {
        if (block.length != (long) n * rightHandSides.length) {
            throw new IllegalArgumentException("block had " + block.length + " entries but had to have "
                + (long) n * rightHandSides.length + ", " + n + " for each of the " + rightHandSides.length
                + " right-hand sides.");
        }
        for (int i = 0; i < rightHandSides.length; i++) {
            requireFinite(block, i * n, i, rightHandSides[i]);
        }
        for (int i = 0; i < rightHandSides.length; i++) {
            gather(block, i * n, rightHandSides[i]);
        }
    }

    private void requireFinite(double[] source, int offset, int row, double rightHandSide) {
        for (int j = 0; j < n; j++) {
            if (!Double.isFinite(source[offset + j])) {
                throw new IllegalArgumentException("row " + (rows + row) + " had " + source[offset + j]
                    + " in column " + j + " but had to be finite.");
            }
        }
        if (!Double.isFinite(rightHandSide)) {
            throw new IllegalArgumentException("right-hand side of row " + (rows + row) + " was " + rightHandSide
                + " but had to be finite.");
        }
    }

    private void gather(double[] source, int offset, double rightHandSide) {
        double[] row = block[filled++];
        System.arraycopy(source, offset, row, 0, n);
        row[n] = rightHandSide;
        rows++;
        if (filled == block.length) {
            fold();
        }
    }

    /**
     * Takes in all rows of another factor, which stays as it is.
     *
     * @param other a factor of further rows of the same system
     * @throws IllegalArgumentException if it has another number of unknowns
     */
    public void merge(StreamedQr other) {
        if (other.n != n) {
            throw new IllegalArgumentException("other had " + other.n + " unknowns but had to have " + n + ".");
        }
        long total = rows + other.rows;
        StreamedQr source = other == this ? copy() : other;
        for (double[] row : source.triangle) {
            gather(row, 0, row[n]);
        }
        for (int i = 0; i < source.filled; i++) {
            gather(source.block[i], 0, source.block[i][n]);
        }
        rows = total;
    }

    /**
     * An independent copy.
     *
     * @return a factor of the same rows
     */
    public StreamedQr copy() {
        var copy = new StreamedQr(n);
        for (int i = 0; i <= n; i++) {
            System.arraycopy(triangle[i], 0, copy.triangle[i], 0, n + 1);
        }
        for (int i = 0; i < filled; i++) {
            System.arraycopy(block[i], 0, copy.block[i], 0, n + 1);
        }
        copy.filled = filled;
        copy.rows = rows;
        return copy;
    }

    /**
     * The number of unknowns.
     *
     * @return the number of columns of {@code A}
     */
    public int unknowns() {
        return n;
    }

    /**
     * How many rows have been appended.
     *
     * @return the number of rows of {@code A} so far
     */
    public long rows() {
        return rows;
    }

    /**
     * Folds the gathered rows into the triangle: for every column a reflection that acts on one row of the triangle
     * and on the block, and that leaves the rest of the triangle alone because it is zero there. Loops run along
     * rows, so that the compiler can vectorise them.
     */
    private void fold() {
        for (int j = 0; j <= n; j++) {
            double scale = 0;
            for (int i = 0; i < filled; i++) {
                reflector[i] = block[i][j];
                scale = Math.max(scale, Math.abs(reflector[i]));
            }
            if (scale == 0) {
                continue;
            }
            double[] top = triangle[j];
            scale = Math.max(scale, Math.abs(top[j]));
            double square = 0;
            for (int i = 0; i < filled; i++) {
                double scaled = reflector[i] / scale;
                square = Math.fma(scaled, scaled, square);
            }
            double alpha = top[j] / scale;
            double beta = -Math.copySign(Math.sqrt(Math.fma(alpha, alpha, square)), alpha);
            double tau = (beta - alpha) / beta;
            double divisor = scale * (alpha - beta);
            top[j] = beta * scale;
            if (j == n) {
                break;
            }
            System.arraycopy(top, j + 1, projections, j + 1, n - j);
            for (int i = 0; i < filled; i++) {
                reflector[i] /= divisor;
                addScaled(reflector[i], block[i], projections, j + 1);
            }
            for (int k = j + 1; k <= n; k++) {
                projections[k] *= tau;
                top[k] -= projections[k];
            }
            for (int i = 0; i < filled; i++) {
                addScaled(-reflector[i], projections, block[i], j + 1);
            }
        }
        filled = 0;
    }

    private void addScaled(double factor, double[] x, double[] y, int from) {
        for (int k = from; k <= n; k++) {
            y[k] = Math.fma(factor, x[k], y[k]);
        }
    }

    /** The factor R, n by n, rows first; a copy. */
    double[][] r() {
        fold();
        var r = new double[n][n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(triangle[i], i, r[i], i, n - i);
        }
        return r;
    }

    /** The first n entries of Qᵀb. */
    double[] rotatedRightHandSide() {
        fold();
        var c = new double[n];
        for (int i = 0; i < n; i++) {
            c[i] = triangle[i][n];
        }
        return c;
    }

    /** The length of the part of b outside the range of Q. */
    double orthogonalResidual() {
        fold();
        return Math.abs(triangle[n][n]);
    }

    /** The solution of R x = Qᵀb by back substitution; null if R is singular to rounding. */
    double @Nullable [] solveTriangle() {
        fold();
        double[] x = rotatedRightHandSide();
        for (int j = n - 1; j >= 0; j--) {
            double columnNorm = 0;
            for (int i = 0; i <= j; i++) {
                columnNorm = Math.max(columnNorm, Math.abs(triangle[i][j]));
            }
            if (!(Math.abs(triangle[j][j]) > n * Math.ulp(columnNorm))) {
                return null;
            }
            x[j] /= triangle[j][j];
            for (int i = 0; i < j; i++) {
                x[i] = Math.fma(-x[j], triangle[i][j], x[i]);
            }
        }
        return x;
    }
}
