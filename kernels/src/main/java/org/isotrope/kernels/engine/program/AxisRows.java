package org.isotrope.kernels.engine.program;

import org.isotrope.kernels.difference.BandedMatrix;
import org.jspecify.annotations.Nullable;

/** The rows of a banded matrix as lists of nonzero weights with the index that each reads; null means the identity. */
public final class AxisRows {
    private static final double[] ONE = {1};

    private final int[][] sources;
    private final double[][] weights;

    private AxisRows(int count) {
        sources = new int[count][];
        weights = new double[count][];
    }

    /**
     * All rows.
     *
     * @param matrix null for the identity
     * @param size number of rows
     * @return a row for each of the matrix
     */
    public static AxisRows of(@Nullable BandedMatrix matrix, int size) {
        AxisRows rows = new AxisRows(size);
        for (int i = 0; i < size; i++) {
            if (matrix == null) {
                rows.sources[i] = new int[] {i};
                rows.weights[i] = ONE;
            } else {
                rows.read(matrix, i, i);
            }
        }
        return rows;
    }

    /**
     * One row, as row 0.
     *
     * @param matrix of the row
     * @param i its number there
     * @return an object of one row
     */
    public static AxisRows single(BandedMatrix matrix, int i) {
        AxisRows row = new AxisRows(1);
        row.read(matrix, i, 0);
        return row;
    }

    private void read(BandedMatrix matrix, int i, int place) {
        int width = matrix.width(i);
        int count = 0;
        for (int k = 0; k < width; k++) {
            count += matrix.weight(i, k) != 0 ? 1 : 0;
        }
        sources[place] = new int[count];
        weights[place] = new double[count];
        int next = 0;
        for (int k = 0; k < width; k++) {
            if (matrix.weight(i, k) != 0) {
                sources[place][next] = Math.floorMod(matrix.firstColumn(i) + k, matrix.size());
                weights[place][next++] = matrix.weight(i, k);
            }
        }
    }

    /**
     * Columns that a row reads.
     *
     * @param i row
     * @return not copied
     */
    public int[] sources(int i) {
        return sources[i];
    }

    /**
     * Weights of the columns that a row reads.
     *
     * @param i row
     * @return not copied
     */
    public double[] weights(int i) {
        return weights[i];
    }

    /**
     * Most columns that a row reads.
     *
     * @return at least 0
     */
    public int largest() {
        int largest = 0;
        for (int[] row : sources) {
            largest = Math.max(largest, row.length);
        }
        return largest;
    }
}
