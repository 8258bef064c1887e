package org.isotrope.kernels.engine.banded;

import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.engine.program.AxisRows;
import org.isotrope.kernels.engine.program.ColumnBand;

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

    /**
     * A matrix times a number.
     *
     * @param matrix along rows
     * @param scale of all weights
     */
    FloatBandedColumns(BandedMatrix matrix, double scale) {
        this.size = matrix.size();
        this.periodic = matrix.isPeriodic();
        ColumnBand band = ColumnBand.of(matrix);
        this.low = band.low();
        this.high = band.high();
        this.offsets = band.offsets();
        this.stride = size + FloatBandedRows.BLOCK;
        this.table = new float[Math.multiplyExact(offsets.length, stride)];
        for (int o = 0; o < offsets.length; o++) {
            for (int i = low; i < size - high; i++) {
                table[o * stride + i] = (float) (scale * ColumnBand.weight(matrix, i, offsets[o]));
            }
        }
        this.edgeSources = new int[low + high][];
        this.edgeWeights = new float[low + high][];
        for (int e = 0; e < low + high; e++) {
            AxisRows rows = AxisRows.single(matrix, edge(e));
            edgeSources[e] = rows.sources(0);
            edgeWeights[e] = new float[edgeSources[e].length];
            for (int k = 0; k < edgeWeights[e].length; k++) {
                edgeWeights[e][k] = (float) (scale * rows.weights(0)[k]);
            }
        }
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
