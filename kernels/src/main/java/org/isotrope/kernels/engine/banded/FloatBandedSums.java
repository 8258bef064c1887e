package org.isotrope.kernels.engine.banded;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Sums of single rows in the buffers of one thread, which stay in the first-level cache: for each group with a matrix along
 * the rows its input rows are summed first, and that matrix is applied with vectors of weights; edge columns are done one by
 * one. All that is left is added, and the row is copied where it belongs.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatBandedSums {
    /** Columns that go through the buffers at a time. */
    static final int CHUNK = 64 * FloatBandedRows.BLOCK;

    /** Columns of a row. */
    private final int size;
    /** Elements of the buffer before its first column. */
    private final int lead;
    private final float[] z;
    /** Never written. */
    private final float[] zeros;
    /** What the sums of a row start from: 0 but for the edge columns of a matrix. */
    private final float[] start;
    /** Of one sum and of the next in turns. */
    private final float[][] sums;

    /**
     * For one thread.
     *
     * @param size columns of a row
     * @param outputs groups of each component
     */
    FloatBandedSums(int size, FloatBandedGroup[][] outputs) {
        this.size = size;
        int lowest = 0;
        int highest = 0;
        for (FloatBandedGroup[] groups : outputs) {
            for (FloatBandedGroup group : groups) {
                FloatBandedColumns columns = group.columns();
                lowest = columns == null ? lowest : Math.min(lowest, columns.lowest());
                highest = columns == null ? highest : Math.max(highest, columns.highest());
            }
        }
        int chunk = Math.min(CHUNK, (size / FloatBandedRows.BLOCK + 1) * FloatBandedRows.BLOCK);
        this.lead = -lowest;
        this.z = new float[lead + chunk + highest];
        this.zeros = new float[z.length];
        this.start = new float[chunk];
        this.sums = new float[2][chunk];
    }

    /**
     * One output component in some columns of a row.
     *
     * @param in input
     * @param out output
     * @param groups of the component, with what they read for this row
     * @param base byte position of the row in a plane
     * @param column the first
     * @param length number of columns, at most {@link #CHUNK}
     * @param first byte position of the first in the output
     */
    void run(
            MemorySegment in, MemorySegment out, FloatBandedGroup.Taps[] groups, long base, int column, int length,
            long first) {
        int matrices = groups.length - 1;
        float[] y = matrices == 0 ? zeros : start;
        for (int g = 0; g < matrices; g++) {
            float[] next = after(y);
            matrix(in, base, groups[g], column, length, y, next);
            y = next;
        }
        rest(in, base + (long) column * Float.BYTES, groups[matrices], y, out, first, length);
        if (matrices > 0) {
            clear(groups[0].columns(), column, length);
        }
    }

    /** Where the sum that follows goes. */
    private float[] after(float[] y) {
        return y == sums[0] ? sums[1] : sums[0];
    }

    /** Adds the terms without a matrix, planar ones and others, and writes the row. */
    private void rest(
            MemorySegment in, long here, FloatBandedGroup.Taps group, float[] y, MemorySegment out, long first, int length) {
        long[] at = group.at;
        float[] weights = group.weights;
        int planar = group.planar;
        int count = group.count;
        if (planar > 0 && count == 2 * planar && length >= FloatBandedRows.BLOCK) {
            FloatBandedRows.combineTwo(in, here, at, weights, planar, y, out, first, length);
            return;
        }
        float[] sum = y;
        if (planar > 0) {
            sum = after(y);
            FloatBandedRows.combine(in, here, at, weights, 0, planar, y, sum, 0, length);
        }
        if (count > planar) {
            float[] before = sum;
            sum = after(before);
            FloatBandedRows.combine(in, here, at, weights, planar, count, before, sum, 0, length);
        }
        MemorySegment.copy(sum, 0, out, ValueLayout.JAVA_FLOAT_UNALIGNED, first, length);
    }

    /** Adds what the matrix of a group gives. */
    private void matrix(
            MemorySegment in, long base, FloatBandedGroup.Taps group, int column, int length, float[] y, float[] next) {
        // edge columns first, if they are cheap without the buffer: what they store here is loaded as vectors, and
        // that waits until the stores have left for the cache
        boolean early = group.count <= 1;
        if (early) {
            edges(in, base, group, column, length, y, false);
        }
        source(in, base, group, column, length);
        if (!early) {
            edges(in, base, group, column, length, y, true);
        }
        FloatBandedRows.columns(group.columns(), column, z, lead, y, next, length);
    }

    /** Sums start from 0 in the next row. */
    private void clear(FloatBandedColumns columns, int column, int length) {
        for (int e = 0; e < columns.edges(); e++) {
            int place = columns.edge(e) - column;
            if (place >= 0 && place < length) {
                start[place] = (float) 0;
            }
        }
    }

    /** The rows that the matrix of a group is applied to, summed into the buffer. */
    private void source(MemorySegment in, long base, FloatBandedGroup.Taps group, int column, int length) {
        FloatBandedColumns columns = group.columns();
        int wantedFrom = column + columns.lowest();
        int wantedEnd = column + length + columns.highest();
        int from = Math.max(wantedFrom, 0);
        int end = Math.min(wantedEnd, size);
        int origin = lead - column;
        for (int i = wantedFrom; i < from; i++) {
            beyond(origin + i, columns.isPeriodic() ? cell(in, base, group, i + size) : (float) 0);
        }
        for (int i = end; i < wantedEnd; i++) {
            beyond(origin + i, columns.isPeriodic() ? cell(in, base, group, i - size) : (float) 0);
        }
        long first = base + (long) from * Float.BYTES;
        // a sum has +0 where a copy has −0, which makes no difference to what is summed next
        if (group.count == 1 && group.weights[0] == 1) {
            MemorySegment.copy(in, ValueLayout.JAVA_FLOAT_UNALIGNED, first + group.at[0], z, origin + from, end - from);
        } else {
            FloatBandedRows.combine(
                    in, first, group.at, group.weights, 0, group.count, zeros, z, origin + from, end - from);
        }
    }

    /**
     * Beyond the ends of a periodic axis are images, beyond those of a bounded one zeros for the weights of 0 that edge
     * columns have in the table. What is there already is not stored again: a vector that is loaded soon after would
     * wait.
     */
    private void beyond(int place, float value) {
        if (z[place] != value) {
            z[place] = value;
        }
    }

    /** Adds to the sums of the edge columns what the matrix of a group gives there. */
    private void edges(
            MemorySegment in, long base, FloatBandedGroup.Taps group, int column, int length, float[] y,
            boolean buffered) {
        FloatBandedColumns columns = group.columns();
        int from = Math.max(column + columns.lowest(), 0);
        int end = Math.min(column + length + columns.highest(), size);
        int origin = lead - column;
        for (int e = 0; e < columns.edges(); e++) {
            int place = columns.edge(e) - column;
            if (place >= 0 && place < length) {
                float sum = y[place];
                int[] sources = columns.sources(e);
                float[] w = columns.weights(e);
                for (int k = 0; k < sources.length; k++) {
                    float value = buffered && sources[k] >= from && sources[k] < end
                            ? z[origin + sources[k]]
                            : cell(in, base, group, sources[k]);
                    sum = Math.fma(w[k], value, sum);
                }
                y[place] = sum;
            }
        }
    }

    private static float cell(MemorySegment in, long base, FloatBandedGroup.Taps group, int column) {
        return FloatBandedRows.sum(in, base + (long) column * Float.BYTES, group.at, group.weights, 0, group.count);
    }
}
