package org.isotrope.kernels.difference;

import java.util.Arrays;

/**
 * A square matrix whose every row has its nonzeros in consecutive columns: what a difference scheme is on one axis.
 *
 * <p>Row {@code i} holds {@link #width width(i)} weights for the columns {@code firstColumn(i)},
 * {@code firstColumn(i) + 1}, … . In a {@linkplain #isPeriodic periodic} matrix these run past the ends and mean their
 * remainder modulo {@link #size()}; otherwise they lie inside. The longest run of rows that carry the same weights at
 * the same distance from the diagonal is known as the <em>constant rows</em>: on a uniform bounded axis the interior,
 * on a uniform periodic one every row. A loop over them needs one stencil only.
 *
 * <p>Immutable.
 */
public final class BandedMatrix {
    private final boolean periodic;
    private final int[] first;
    private final double[][] rows;
    private final int constantBegin;
    private final int constantEnd;

    /** Takes both arrays over; rows may share their weights. */
    BandedMatrix(boolean periodic, int[] first, double[][] rows) {
        this.periodic = periodic;
        this.first = first;
        this.rows = rows;
        int begin = 0;
        int end = 0;
        int from = 0;
        for (int i = 1; i <= rows.length; i++) {
            if (i == rows.length || !continues(i)) {
                if (i - from > end - begin) {
                    begin = from;
                    end = i;
                }
                from = i;
            }
        }
        boolean worthwhile = end - begin > 1 || rows.length == 1;
        this.constantBegin = worthwhile ? begin : 0;
        this.constantEnd = worthwhile ? end : 0;
    }

    /**
     * A matrix from its rows.
     *
     * @param periodic whether columns are counted on beyond both ends
     * @param firstColumn column of the first weight of each row; not periodic, at least 0
     * @param rows weights of each row, at least one, at most as many as there are rows; finite; copied
     * @return the matrix
     */
    public static BandedMatrix of(boolean periodic, int[] firstColumn, double[][] rows) {
        int n = rows.length;
        if (n == 0 || firstColumn.length != n) {
            throw new IllegalArgumentException("rows are " + n + " and first columns " + firstColumn.length
                    + "; they had to be as many, at least 1");
        }
        double[][] copies = new double[n][];
        for (int i = 0; i < n; i++) {
            boolean inside = periodic || firstColumn[i] >= 0 && firstColumn[i] + rows[i].length <= n;
            if (rows[i].length == 0 || rows[i].length > n || !inside) {
                throw new IllegalArgumentException("row " + i + " has " + rows[i].length + " weights from column "
                        + firstColumn[i] + "; it had to have at least one, between columns 0 and " + n);
            }
            for (double weight : rows[i]) {
                if (!Double.isFinite(weight)) {
                    throw new IllegalArgumentException("row " + i + " has the weight " + weight
                            + "; it had to be finite");
                }
            }
            copies[i] = i > 0 && Arrays.equals(rows[i], copies[i - 1]) ? copies[i - 1] : rows[i].clone();
        }
        return new BandedMatrix(periodic, firstColumn.clone(), copies);
    }

    /**
     * A diagonal matrix.
     *
     * @param diagonal finite, at least one; copied
     * @return the matrix
     */
    public static BandedMatrix diagonal(double... diagonal) {
        int[] first = new int[diagonal.length];
        double[][] rows = new double[diagonal.length][];
        for (int i = 0; i < rows.length; i++) {
            first[i] = i;
            rows[i] = new double[] {diagonal[i]};
        }
        return of(false, first, rows);
    }

    private boolean continues(int i) {
        return first[i] == first[i - 1] + 1 && (rows[i] == rows[i - 1] || Arrays.equals(rows[i], rows[i - 1]));
    }

    /**
     * Number of rows and of columns.
     *
     * @return at least 1
     */
    public int size() {
        return rows.length;
    }

    /**
     * Whether column indices wrap around.
     *
     * @return true for a periodic axis
     */
    public boolean isPeriodic() {
        return periodic;
    }

    /**
     * Column of a row's first weight.
     *
     * @param row 0 to {@code size() − 1}
     * @return the column; in a periodic matrix it may be negative and has to be taken modulo {@link #size()}
     */
    public int firstColumn(int row) {
        return first[row];
    }

    /**
     * Number of weights of a row.
     *
     * @param row 0 to {@code size() − 1}
     * @return at least 1, at most {@link #size()}
     */
    public int width(int row) {
        return rows[row].length;
    }

    /**
     * The largest width of any row.
     *
     * @return at least 1
     */
    public int largestWidth() {
        int largest = 0;
        for (double[] row : rows) {
            largest = Math.max(largest, row.length);
        }
        return largest;
    }

    /**
     * One weight of a row.
     *
     * @param row 0 to {@code size() − 1}
     * @param k 0 to {@code width(row) − 1}; the weight stands in column {@code firstColumn(row) + k}
     * @return the weight
     */
    public double weight(int row, int k) {
        return rows[row][k];
    }

    /**
     * All weights of a row.
     *
     * @param row 0 to {@code size() − 1}
     * @return a fresh array of {@code width(row)} weights
     */
    public double[] weights(int row) {
        return rows[row].clone();
    }

    /**
     * First of the constant rows.
     *
     * @return the row; equal to {@link #constantEnd()} if no two neighbouring rows are alike
     */
    public int constantBegin() {
        return constantBegin;
    }

    /**
     * The row after the last of the constant rows. All rows from {@link #constantBegin()} up to here have the weights
     * of the first of them, and their first columns increase by one.
     *
     * @return the row, at most {@link #size()}
     */
    public int constantEnd() {
        return constantEnd;
    }

    /**
     * The entry in any row and column.
     *
     * @param row 0 to {@code size() − 1}
     * @param column 0 to {@code size() − 1}
     * @return the entry, 0 outside the band
     */
    public double get(int row, int column) {
        int k = column - first[row];
        if (periodic) {
            k = Math.floorMod(k, rows.length);
        }
        return k >= 0 && k < rows[row].length ? rows[row][k] : 0;
    }

    /**
     * The product with a vector, {@code out = M in}. Each value is one chain of fused multiply-adds in order of
     * increasing column.
     *
     * @param in {@link #size()} values
     * @param out {@link #size()} values, overwritten; another array than {@code in}
     */
    public void apply(double[] in, double[] out) {
        requireVectors(in, out);
        int n = rows.length;
        for (int i = 0; i < n; i++) {
            double[] row = rows[i];
            int start = first[i];
            double sum = 0;
            if (start >= 0 && start + row.length <= n) {
                for (int k = 0; k < row.length; k++) {
                    sum = Math.fma(row[k], in[start + k], sum);
                }
            } else {
                for (int k = 0; k < row.length; k++) {
                    sum = Math.fma(row[k], in[Math.floorMod(start + k, n)], sum);
                }
            }
            out[i] = sum;
        }
    }

    /**
     * The product of the transpose with a vector, {@code out = Mᵀ in}.
     *
     * @param in {@link #size()} values
     * @param out {@link #size()} values, overwritten; another array than {@code in}
     */
    public void applyTransposed(double[] in, double[] out) {
        requireVectors(in, out);
        int n = rows.length;
        Arrays.fill(out, 0);
        for (int i = 0; i < n; i++) {
            double[] row = rows[i];
            for (int k = 0; k < row.length; k++) {
                int j = periodic ? Math.floorMod(first[i] + k, n) : first[i] + k;
                out[j] = Math.fma(row[k], in[i], out[j]);
            }
        }
    }

    private void requireVectors(double[] in, double[] out) {
        requireLength("in", in);
        requireLength("out", out);
        if (in == out) {
            throw new IllegalArgumentException("out is the same array as in; it had to be another");
        }
    }

    private void requireLength(String name, double[] vector) {
        if (vector.length != rows.length) {
            throw new IllegalArgumentException(name + " has " + vector.length + " values; it had to have "
                    + rows.length);
        }
    }

    /**
     * The transposed matrix, which is banded as well; rows that are alike share their weights here too.
     *
     * @return {@code Mᵀ}
     */
    public BandedMatrix transpose() {
        int n = rows.length;
        int[] lowest = new int[n];
        int[] highest = new int[n];
        Arrays.fill(lowest, Integer.MAX_VALUE);
        Arrays.fill(highest, Integer.MIN_VALUE);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < rows[i].length; k++) {
                if (rows[i][k] != 0) {
                    int j = Math.floorMod(first[i] + k, n);
                    lowest[j] = Math.min(lowest[j], reader(i, k));
                    highest[j] = Math.max(highest[j], reader(i, k));
                }
            }
        }
        double[][] columns = new double[n][];
        for (int j = 0; j < n; j++) {
            if (lowest[j] > highest[j]) {
                lowest[j] = j;
                highest[j] = j;
            }
            if ((long) highest[j] - lowest[j] >= n) {
                // a column that is read from both sides of its own image
                lowest[j] = 0;
                highest[j] = n - 1;
            }
            columns[j] = new double[highest[j] - lowest[j] + 1];
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < rows[i].length; k++) {
                if (rows[i][k] != 0) {
                    int j = Math.floorMod(first[i] + k, n);
                    int place = reader(i, k) - lowest[j];
                    columns[j][place >= 0 && place < columns[j].length ? place : Math.floorMod(place, n)] += rows[i][k];
                }
            }
        }
        for (int j = 1; j < n; j++) {
            if (Arrays.equals(columns[j], columns[j - 1])) {
                columns[j] = columns[j - 1];
            }
        }
        return new BandedMatrix(periodic, lowest, columns);
    }

    /** Row {@code i} as seen from the column of its {@code k}-th weight: an image if the two lie a period apart. */
    private int reader(int i, int k) {
        return i - Math.floorDiv(first[i] + k, rows.length) * rows.length;
    }

    /**
     * The matrix in full.
     *
     * @return a fresh array of {@link #size()} rows of as many entries
     */
    public double[][] dense() {
        int n = rows.length;
        double[][] full = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < rows[i].length; k++) {
                full[i][Math.floorMod(first[i] + k, n)] = rows[i][k];
            }
        }
        return full;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BandedMatrix that
                && periodic == that.periodic
                && Arrays.equals(first, that.first)
                && Arrays.deepEquals(rows, that.rows);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(first) + Arrays.deepHashCode(rows);
    }

    /**
     * One line: size, topology, width, constant rows.
     *
     * @return for example {@code bounded 21 x 21, at most 6 weights a row, rows 2 to 18 constant}
     */
    @Override
    public String toString() {
        int n = rows.length;
        String constant = constantBegin == constantEnd ? "no rows constant"
                : constantEnd - constantBegin == n ? "all rows constant"
                : "rows " + constantBegin + " to " + (constantEnd - 1) + " constant";
        return (periodic ? "periodic " : "bounded ") + n + " x " + n + ", at most " + largestWidth()
                + " weights a row, " + constant;
    }
}
