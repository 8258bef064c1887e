package org.isotrope.kernels.engine.banded;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * The loops of {@link FloatBanded} over whole rows. Each keeps four vectors of sums in registers while a list of taps
 * runs by, so that a row of any number of taps costs one load and one fma a tap and vector, and the set-up of a loop
 * comes once a row. The last vector of a row overlaps the one before and is computed anew to the same bits.
 * Vectors are loaded without helpers, which the compiler may leave out of line where they are rare, at the price of a
 * heap object a vector.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatBandedRows {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();

    /** Elements of four vectors. */
    static final int BLOCK = 4 * LANES;

    private FloatBandedRows() {}

    /** One element: {@code Σ_t w_t in[at_t + base]} for {@code from ≤ t < end}. */
    static float sum(MemorySegment in, long base, long[] at, float[] w, int from, int end) {
        float sum = (float) 0;
        for (int t = from; t < end; t++) {
            sum = Math.fma(w[t], in.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at[t] + base), sum);
        }
        return sum;
    }

    /**
     * {@code z[to + i] = Σ_t w_t in[at_t + base + i]} for {@code 0 ≤ i < length}.
     *
     * @param in input
     * @param base byte position that is added to those of the taps
     * @param at byte positions of the taps
     * @param w their weights
     * @param count number of taps
     * @param z output
     * @param to first element of the output
     * @param length number of elements
     */
    static void combine(
            MemorySegment in, long base, long[] at, float[] w, int count, float[] z, int to, int length) {
        if (length < LANES) {
            for (int k = 0; k < length; k++) {
                z[to + k] = sum(in, base + (long) k * Float.BYTES, at, w, 0, count);
            }
        } else {
            combineVectors(in, base, at, w, count, z, to, length);
        }
    }

    // both loops in one method: too long to be inlined, it is compiled by itself, and vectors stay in registers
    private static void combineVectors(
            MemorySegment in, long base, long[] at, float[] w, int count, float[] z, int to, int length) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i + BLOCK <= length; i += BLOCK) {
            long first = base + (long) i * Float.BYTES;
            FloatVector a0 = zero;
            FloatVector a1 = zero;
            FloatVector a2 = zero;
            FloatVector a3 = zero;
            for (int t = 0; t < count; t++) {
                long p = first + at[t];
                FloatVector w0 = FloatVector.broadcast(SPECIES, w[t]);
                a0 = FloatVector.fromMemorySegment(SPECIES, in, p, ORDER).fma(w0, a0);
                a1 = FloatVector.fromMemorySegment(SPECIES, in, p + STEP, ORDER).fma(w0, a1);
                a2 = FloatVector.fromMemorySegment(SPECIES, in, p + 2 * STEP, ORDER).fma(w0, a2);
                a3 = FloatVector.fromMemorySegment(SPECIES, in, p + 3 * STEP, ORDER).fma(w0, a3);
            }
            zero.add(a0).intoArray(z, to + i);
            zero.add(a1).intoArray(z, to + i + LANES);
            zero.add(a2).intoArray(z, to + i + 2 * LANES);
            zero.add(a3).intoArray(z, to + i + 3 * LANES);
        }
        for (; i < length; i += LANES) {
            int j = Math.min(i, length - LANES);
            long first = base + (long) j * Float.BYTES;
            FloatVector sum = zero;
            for (int t = 0; t < count; t++) {
                FloatVector weight = FloatVector.broadcast(SPECIES, w[t]);
                sum = FloatVector.fromMemorySegment(SPECIES, in, first + at[t], ORDER).fma(weight, sum);
            }
            zero.add(sum).intoArray(z, to + j);
        }
    }

    /**
     * {@code y[i] += Σ_o table[o · stride + column + i] z[from + i + offsets_o]}, rounded up to whole blocks.
     *
     * @param z rows that the matrix is applied to
     * @param from element of {@code z} in the first column
     * @param offsets offsets along the row
     * @param table weights, a row of {@code stride} columns for each offset
     * @param stride elements of a row of the table
     * @param column first column
     * @param y sums from element 0 on
     * @param length number of columns
     */
    static void columns(
            float[] z, int from, int[] offsets, float[] table, int stride, int column, float[] y, int length) {
        columns(z, from, offsets, table, stride, column, y, length, null);
    }

    private static void columns(
            float[] z, int from, int[] offsets, float[] table, int stride, int column, float[] y, int length,
            @Nullable Apart apart) {
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int i = 0; i < length; i += BLOCK) {
            FloatVector a0 = FloatVector.fromArray(SPECIES, y, i);
            FloatVector a1 = FloatVector.fromArray(SPECIES, y, i + LANES);
            FloatVector a2 = FloatVector.fromArray(SPECIES, y, i + 2 * LANES);
            FloatVector a3 = FloatVector.fromArray(SPECIES, y, i + 3 * LANES);
            for (int o = 0; o < offsets.length; o++) {
                int p = from + i + offsets[o];
                int q = o * stride + column + i;
                a0 = FloatVector.fromArray(SPECIES, z, p)
                        .fma(FloatVector.fromArray(SPECIES, table, q), a0);
                a1 = FloatVector.fromArray(SPECIES, z, p + LANES)
                        .fma(FloatVector.fromArray(SPECIES, table, q + LANES), a1);
                a2 = FloatVector.fromArray(SPECIES, z, p + 2 * LANES)
                        .fma(FloatVector.fromArray(SPECIES, table, q + 2 * LANES), a2);
                a3 = FloatVector.fromArray(SPECIES, z, p + 3 * LANES)
                        .fma(FloatVector.fromArray(SPECIES, table, q + 3 * LANES), a3);
            }
            zero.add(a0).intoArray(y, i);
            zero.add(a1).intoArray(y, i + LANES);
            zero.add(a2).intoArray(y, i + 2 * LANES);
            zero.add(a3).intoArray(y, i + 3 * LANES);
        }
    }

    /**
     * {@code out[i] = y[i] + Σ_o table[o · stride + column + i] z[from + i + offsets_o] + 0 + Σ_t w_t in[at_t + base + i]}
     * for {@code 0 ≤ i < length}, taps summed in two parts that are added one after the other.
     *
     * @param y what sums start from
     * @param z rows that the matrix is applied to; its last {@link #BLOCK} elements are working memory
     * @param from element of {@code z} in the first column
     * @param offsets offsets along the row
     * @param table weights, a row of {@code stride} columns for each offset
     * @param stride elements of a row of the table
     * @param column first column
     * @param in input
     * @param base byte position that is added to those of the taps
     * @param at byte positions of the taps
     * @param w their weights
     * @param parts number of taps of the first part, and of both
     * @param out output
     * @param first byte position of the first output element
     * @param length number of elements
     */
    static void finish(
            float[] y, float[] z, int from, int[] offsets, float[] table, int stride, int column, MemorySegment in,
            long base, long[] at, float[] w, int[] parts, MemorySegment out, long first, int length) {
        if (length < LANES) {
            finishCells(y, z, from, offsets, table, stride, column, in, base, at, w, parts, out, first, length);
        } else {
            finishVectors(y, z, from, offsets, table, stride, column, in, base, at, w, parts, out, first, length);
        }
    }

    // a vector that one loop after another carries is made an object, so sums go from loop to loop through an array
    private static void finishVectors(
            float[] y, float[] z, int from, int[] offsets, float[] table, int stride, int column, MemorySegment in,
            long base, long[] at, float[] w, int[] parts, MemorySegment out, long first, int length) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int carry = z.length - BLOCK;
        int i = 0;
        for (; i + BLOCK <= length; i += BLOCK) {
            FloatVector a0 = FloatVector.fromArray(SPECIES, y, i);
            FloatVector a1 = FloatVector.fromArray(SPECIES, y, i + LANES);
            FloatVector a2 = FloatVector.fromArray(SPECIES, y, i + 2 * LANES);
            FloatVector a3 = FloatVector.fromArray(SPECIES, y, i + 3 * LANES);
            for (int o = 0; o < offsets.length; o++) {
                int p = from + i + offsets[o];
                int q = o * stride + column + i;
                a0 = FloatVector.fromArray(SPECIES, z, p)
                        .fma(FloatVector.fromArray(SPECIES, table, q), a0);
                a1 = FloatVector.fromArray(SPECIES, z, p + LANES)
                        .fma(FloatVector.fromArray(SPECIES, table, q + LANES), a1);
                a2 = FloatVector.fromArray(SPECIES, z, p + 2 * LANES)
                        .fma(FloatVector.fromArray(SPECIES, table, q + 2 * LANES), a2);
                a3 = FloatVector.fromArray(SPECIES, z, p + 3 * LANES)
                        .fma(FloatVector.fromArray(SPECIES, table, q + 3 * LANES), a3);
            }
            zero.add(a0).intoArray(z, carry);
            zero.add(a1).intoArray(z, carry + LANES);
            zero.add(a2).intoArray(z, carry + 2 * LANES);
            zero.add(a3).intoArray(z, carry + 3 * LANES);
            long shift = (long) i * Float.BYTES;
            int t = 0;
            for (int end : parts) {
                FloatVector b0 = zero;
                FloatVector b1 = zero;
                FloatVector b2 = zero;
                FloatVector b3 = zero;
                for (; t < end; t++) {
                    long p = base + shift + at[t];
                    FloatVector w0 = FloatVector.broadcast(SPECIES, w[t]);
                    b0 = w0.fma(FloatVector.fromMemorySegment(SPECIES, in, p, ORDER), b0);
                    b1 = w0.fma(FloatVector.fromMemorySegment(SPECIES, in, p + STEP, ORDER), b1);
                    b2 = w0.fma(FloatVector.fromMemorySegment(SPECIES, in, p + 2 * STEP, ORDER), b2);
                    b3 = w0.fma(FloatVector.fromMemorySegment(SPECIES, in, p + 3 * STEP, ORDER), b3);
                }
                FloatVector.fromArray(SPECIES, z, carry).add(b0).intoArray(z, carry);
                FloatVector.fromArray(SPECIES, z, carry + LANES).add(b1).intoArray(z, carry + LANES);
                FloatVector.fromArray(SPECIES, z, carry + 2 * LANES).add(b2).intoArray(z, carry + 2 * LANES);
                FloatVector.fromArray(SPECIES, z, carry + 3 * LANES).add(b3).intoArray(z, carry + 3 * LANES);
            }
            long q = first + shift;
            FloatVector.fromArray(SPECIES, z, carry).intoMemorySegment(out, q, ORDER);
            FloatVector.fromArray(SPECIES, z, carry + LANES).intoMemorySegment(out, q + STEP, ORDER);
            FloatVector.fromArray(SPECIES, z, carry + 2 * LANES).intoMemorySegment(out, q + 2 * STEP, ORDER);
            FloatVector.fromArray(SPECIES, z, carry + 3 * LANES).intoMemorySegment(out, q + 3 * STEP, ORDER);
        }
        if (i < length) {
            finishRest(y, z, from, offsets, table, stride, column, in, base, at, w, parts, out, first, i, length, null);
        }
    }

    /** Vector by vector from column {@code begin} on; the last begins earlier. */
    private static void finishRest(
            float[] y, float[] z, int from, int[] offsets, float[] table, int stride, int column, MemorySegment in,
            long base, long[] at, float[] w, int[] parts, MemorySegment out, long first, int begin, int length,
            @Nullable Apart apart) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int carry = z.length - BLOCK;
        for (int i = begin; i < length; i += LANES) {
            int j = Math.min(i, length - LANES);
            long shift = (long) j * Float.BYTES;
            FloatVector start = FloatVector.fromArray(SPECIES, y, j);
            for (int o = 0; o < offsets.length; o++) {
                start = FloatVector.fromArray(SPECIES, z, from + j + offsets[o])
                        .fma(FloatVector.fromArray(SPECIES, table, o * stride + column + j), start);
            }
            zero.add(start).intoArray(z, carry);
            int t = 0;
            for (int end : parts) {
                FloatVector part = zero;
                for (; t < end; t++) {
                    FloatVector weight = FloatVector.broadcast(SPECIES, w[t]);
                    part = weight.fma(FloatVector.fromMemorySegment(SPECIES, in, base + shift + at[t], ORDER), part);
                }
                FloatVector.fromArray(SPECIES, z, carry).add(part).intoArray(z, carry);
            }
            FloatVector.fromArray(SPECIES, z, carry).intoMemorySegment(out, first + shift, ORDER);
        }
    }

    private static void finishCells(
            float[] y, float[] z, int from, int[] offsets, float[] table, int stride, int column, MemorySegment in,
            long base, long[] at, float[] w, int[] parts, MemorySegment out, long first, int length) {
        for (int i = 0; i < length; i++) {
            float sum = y[i];
            for (int o = 0; o < offsets.length; o++) {
                sum = Math.fma(table[o * stride + column + i], z[from + i + offsets[o]], sum);
            }
            long shift = (long) i * Float.BYTES;
            sum += (float) 0;
            int t = 0;
            for (int end : parts) {
                sum += sum(in, base + shift, at, w, t, end);
                t = end;
            }
            out.set(ValueLayout.JAVA_FLOAT_UNALIGNED, first + shift, sum);
        }
    }
}
