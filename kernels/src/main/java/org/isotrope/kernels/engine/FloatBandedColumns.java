package org.isotrope.kernels.engine;

import org.isotrope.kernels.difference.BandedMatrix;

/**
 * A banded matrix along rows, ready for vectors: in most columns the same offsets are read, with weights from a table;
 * the few edge columns that read others have lists of their own.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatBandedColumns {
    private final int size;
    private final boolean periodic;
    private final int low;
    private final int high;
    private final int[] offsets;
    private final float[] table;
    private final int stride;
    /** Columns read by each edge column, taken modulo the size, and the weights. */
    private final int[][] edgeSources;
    private final float[][] edgeWeights;

    FloatBandedColumns(BandedMatrix matrix) {
        this.size = matrix.size();
        this.periodic = matrix.isPeriodic();
        int middle = size / 2;
        int least = matrix.firstColumn(middle) - middle;
        int most = least + matrix.width(middle) - 1;
        int from = middle;
        while (from > 0 && fits(matrix, from - 1, least, most)) {
            from--;
        }
        int end = middle;
        while (end < size && fits(matrix, end, least, most)) {
            end++;
        }
        this.low = from < end ? from : size;
        this.high = from < end ? size - end : 0;
        boolean[] used = new boolean[most - least + 1];
        for (int i = low; i < size - high; i++) {
            for (int k = 0; k < matrix.width(i); k++) {
                int place = matrix.firstColumn(i) + k - i - least;
                if (matrix.weight(i, k) != 0) {
                    used[place] = true;
                }
            }
        }
        int count = 0;
        for (boolean one : used) {
            count += one ? 1 : 0;
        }
        this.offsets = new int[count];
        int next = 0;
        for (int place = 0; place < used.length; place++) {
            if (used[place]) {
                offsets[next++] = least + place;
            }
        }
        this.stride = size + FloatBandedRows.BLOCK;
        this.table = new float[Math.multiplyExact(count, stride)];
        for (int o = 0; o < count; o++) {
            for (int i = low; i < size - high; i++) {
                table[o * stride + i] = (float) weight(matrix, i, offsets[o]);
            }
        }
        this.edgeSources = new int[low + high][];
        this.edgeWeights = new float[low + high][];
        for (int e = 0; e < low + high; e++) {
            AxisRows rows = AxisRows.single(matrix, edge(e));
            edgeSources[e] = rows.sources(0);
            edgeWeights[e] = new float[edgeSources[e].length];
            for (int k = 0; k < edgeWeights[e].length; k++) {
                edgeWeights[e][k] = (float) rows.weights(0)[k];
            }
        }
    }

    private static boolean fits(BandedMatrix matrix, int i, int least, int most) {
        for (int k = 0; k < matrix.width(i); k++) {
            int offset = matrix.firstColumn(i) + k - i;
            if (matrix.weight(i, k) != 0 && (offset < least || offset > most)) {
                return false;
            }
        }
        // what a row of the table reads has to be there, with whatever weight
        return matrix.isPeriodic() || i + least >= 0 && i + most < matrix.size();
    }

    private static double weight(BandedMatrix matrix, int i, int offset) {
        int k = i + offset - matrix.firstColumn(i);
        return k >= 0 && k < matrix.width(i) ? matrix.weight(i, k) : 0;
    }

    boolean isPeriodic() {
        return periodic;
    }

    /** Smallest offset that is read in most columns, at most 0. */
    int lowest() {
        return offsets.length == 0 ? 0 : Math.min(0, offsets[0]);
    }

    /** Largest offset that is read in most columns, at least 0. */
    int highest() {
        return offsets.length == 0 ? 0 : Math.max(0, offsets[offsets.length - 1]);
    }

    /** Number of edge columns. */
    int edges() {
        return low + high;
    }

    /** An edge column. */
    int edge(int e) {
        return e < low ? e : size - high + e - low;
    }

    int[] sources(int e) {
        return edgeSources[e];
    }

    float[] weights(int e) {
        return edgeWeights[e];
    }

    int[] offsets() {
        return offsets;
    }

    /** Weights, {@link #stride()} columns for each offset, all 0 in edge columns. */
    float[] table() {
        return table;
    }

    int stride() {
        return stride;
    }
}
