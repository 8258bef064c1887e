package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.isotrope.kernels.engine.Apart;
import org.isotrope.kernels.engine.program.AxisMap;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.jspecify.annotations.Nullable;

/**
 * Rows and nodes of a program without vectors: tap after tap over copies of rows in arrays, by the rules of the reference and to
 * its bits.
 *
 * <p>This is what a JVM is quick with that has compiled nothing yet. Loops are compiled by themselves ({@link Apart}),
 * because C2, which other loops wait for, takes many times longer for all that is around them. There are few: each product
 * is added to zeros of a new array, and zeros lose their sign in the same statement. Copies are made from bytes to bytes,
 * which needs no alignment and nothing that a JVM has to set up first.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatPlainRows {
    private final StencilProgram program;

    FloatPlainRows(StencilProgram program) {
        this.program = program;
    }

    /**
     * Computes rows of one class.
     *
     * @param in input elements
     * @param out output elements
     * @param taps of all outputs in these rows
     * @param first element of the first row in the plane of an output
     * @param rows number of rows
     */
    void run(MemorySegment in, MemorySegment out, FloatRowTaps[] taps, long first, int rows) {
        int length = rows * program.size(2);
        float[] values = new float[length];
        MemorySegment read = MemorySegment.ofArray(values);
        long bytes = (long) length * Float.BYTES;
        for (int r = 0; r < taps.length; r++) {
            StencilProgram.RowTaps where = taps[r].rows();
            float[] sums = new float[length];
            for (int t = 0; t < where.weights().length; t++) {
                int offset = where.offsets()[t];
                long start = first + where.displacements()[t] - offset;
                MemorySegment.copy(in, start * Float.BYTES, read, 0, bytes);
                add(sums, values, rows, offset, where.weights()[t], taps[r].weights()[t]);
            }
            MemorySegment.copy(MemorySegment.ofArray(sums), 0, out, (r * program.nodes() + first) * Float.BYTES, bytes);
        }
    }

    /**
     * Computes one node of an output component.
     *
     * @param in input elements
     * @param out output elements
     * @param taps of its row
     * @param output number of the component
     * @param start first element of the row in the plane of an output
     * @param i2 column
     */
    void node(MemorySegment in, MemorySegment out, FloatRowTaps taps, int output, long start, int i2) {
        AxisMap columns = program.columns();
        StencilProgram.RowTaps rows = taps.rows();
        float sum = (float) 0;
        for (int t = 0; t < rows.weights().length; t++) {
            int offset = rows.offsets()[t];
            long row = start + rows.displacements()[t] - offset;
            if (columns.isInterior(i2)) {
                float value = in.getAtIndex(ValueLayout.JAVA_FLOAT, row + i2 + offset);
                sum = Math.fma(taps.weights()[t], value, sum);
                continue;
            }
            AxisMap.Reads reads = columns.reads(i2, offset);
            for (int k = 0; k < reads.sources().length; k++) {
                float weight = (float) (rows.weights()[t] * reads.coefficients()[k]);
                float value = in.getAtIndex(ValueLayout.JAVA_FLOAT, row + reads.sources()[k]);
                sum = Math.fma(weight, value, sum);
            }
        }
        out.setAtIndex(ValueLayout.JAVA_FLOAT, output * program.nodes() + start + i2, sum + (float) 0);
    }

    private void add(float[] sums, float[] values, int rows, int offset, double exact, float weight) {
        AxisMap columns = program.columns();
        int size = program.size(2);
        int low = columns.low();
        int inner = Math.max(0, size - low - columns.high());
        for (int row = 0; row < rows; row++) {
            add(sums, row * size + low, values, row * size + low + offset, weight, inner, null);
        }
        for (int i2 = 0; i2 < size; i2++) {
            if (columns.isInterior(i2)) {
                i2 += inner - 1;
                continue;
            }
            AxisMap.Reads reads = columns.reads(i2, offset);
            for (int k = 0; k < reads.sources().length; k++) {
                float part = (float) (exact * reads.coefficients()[k]);
                addColumn(sums, i2, values, reads.sources()[k], part, rows, size, null);
            }
        }
    }

    private static void addColumn(
            float[] sums, int at, float[] values, int from, float weight, int rows, int size, @Nullable Apart apart) {
        for (int row = 0; row < rows; row++) {
            int first = row * size;
            sums[first + at] = Math.fma(weight, values[first + from], sums[first + at]) + (float) 0;
        }
    }

    private static void add(
            float[] sums, int at, float[] values, int from, float weight, int count, @Nullable Apart apart) {
        for (int i = 0; i < count; i++) {
            sums[at + i] = Math.fma(weight, values[from + i], sums[at + i]) + (float) 0;
        }
    }
}
