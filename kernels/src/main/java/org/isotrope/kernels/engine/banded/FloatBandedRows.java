package org.isotrope.kernels.engine.banded;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * The loops of {@link FloatBandedSums} over whole rows: {@linkplain #combine sums of rows} with a weight each, and
 * {@linkplain #columns matrices} along a row. Each keeps four vectors of sums in registers while a list of taps runs by, so
 * that a row of any number of taps costs one load and one fma a tap and vector, and the set-up of a loop comes once a row.
 * Vectors are loaded without helpers, which the compiler may leave out of line where they are rare, at the price of a
 * heap object a vector. Each method has but one loop nest: where C2 compiles several at once, it may leave the vectors of
 * all on the heap because one was rare so far.
 *
 * <p>Most results go to arrays, from which the caller copies, so that one loop serves for buffers and for the output.
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
     * {@code out[to + i] = y[i] + Σ_t w_t in[at_t + base + i]} for {@code 0 ≤ i < length} and {@code from ≤ t < end}.
     * The last vectors overlap those before and are computed anew to the same bits.
     *
     * @param in input
     * @param base byte position that is added to those of the taps
     * @param at byte positions of the taps
     * @param w their weights
     * @param from first tap
     * @param end behind the last tap
     * @param y what is added to, from element 0 on; nowhere −0
     * @param out output, another array
     * @param to its first element
     * @param length number of elements
     */
    static void combine(
            MemorySegment in, long base, long[] at, float[] w, int from, int end, float[] y, float[] out, int to,
            int length) {
        if (length >= BLOCK) {
            combineBlocks(in, base, at, w, from, end, y, out, to, length);
        } else if (length >= LANES) {
            combineVectors(in, base, at, w, from, end, y, out, to, length, null);
        } else {
            for (int i = 0; i < length; i++) {
                out[to + i] = y[i] + sum(in, base + (long) i * Float.BYTES, at, w, from, end);
            }
        }
    }

    private static void combineBlocks(
            MemorySegment in, long base, long[] at, float[] w, int from, int end, float[] y, float[] out, int to,
            int length) {
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int k = 0; k < length; k += BLOCK) {
            int i = Math.min(k, length - BLOCK);
            long first = base + (long) i * Float.BYTES;
            FloatVector a0 = zero;
            FloatVector a1 = zero;
            FloatVector a2 = zero;
            FloatVector a3 = zero;
            for (int t = from; t < end; t++) {
                long p = first + at[t];
                FloatVector weight = FloatVector.broadcast(SPECIES, w[t]);
                a0 = weight.fma(FloatVector.fromMemorySegment(SPECIES, in, p, ORDER), a0);
                a1 = weight.fma(FloatVector.fromMemorySegment(SPECIES, in, p + STEP, ORDER), a1);
                a2 = weight.fma(FloatVector.fromMemorySegment(SPECIES, in, p + 2 * STEP, ORDER), a2);
                a3 = weight.fma(FloatVector.fromMemorySegment(SPECIES, in, p + 3 * STEP, ORDER), a3);
            }
            FloatVector.fromArray(SPECIES, y, i).add(a0).intoArray(out, to + i);
            FloatVector.fromArray(SPECIES, y, i + LANES).add(a1).intoArray(out, to + i + LANES);
            FloatVector.fromArray(SPECIES, y, i + 2 * LANES).add(a2).intoArray(out, to + i + 2 * LANES);
            FloatVector.fromArray(SPECIES, y, i + 3 * LANES).add(a3).intoArray(out, to + i + 3 * LANES);
        }
    }

    /**
     * {@code out[to + i] = (y[i] + Σ_t w_t in[at_t + base + i]) + Σ_t w_{count + t} in[at_{count + t} + base + i]} for
     * {@code 0 ≤ i < length} and {@code 0 ≤ t < count}: two sums at once, in one pass.
     *
     * @param in input
     * @param base byte position that is added to those of the taps
     * @param at byte positions of the taps
     * @param w their weights
     * @param count number of taps of either sum
     * @param y what is added to, nowhere −0
     * @param out output
     * @param to byte position of its first element
     * @param length number of elements, at least a block
     */
    static void combineTwo(
            MemorySegment in, long base, long[] at, float[] w, int count, float[] y, MemorySegment out, long to,
            int length) {
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int k = 0; k < length; k += BLOCK) {
            int i = Math.min(k, length - BLOCK);
            long first = base + (long) i * Float.BYTES;
            FloatVector a0 = zero;
            FloatVector a1 = zero;
            FloatVector a2 = zero;
            FloatVector a3 = zero;
            FloatVector b0 = zero;
            FloatVector b1 = zero;
            FloatVector b2 = zero;
            FloatVector b3 = zero;
            for (int t = 0; t < count; t++) {
                long p = first + at[t];
                FloatVector wa = FloatVector.broadcast(SPECIES, w[t]);
                a0 = wa.fma(FloatVector.fromMemorySegment(SPECIES, in, p, ORDER), a0);
                a1 = wa.fma(FloatVector.fromMemorySegment(SPECIES, in, p + STEP, ORDER), a1);
                a2 = wa.fma(FloatVector.fromMemorySegment(SPECIES, in, p + 2 * STEP, ORDER), a2);
                a3 = wa.fma(FloatVector.fromMemorySegment(SPECIES, in, p + 3 * STEP, ORDER), a3);
                long q = first + at[count + t];
                FloatVector wb = FloatVector.broadcast(SPECIES, w[count + t]);
                b0 = wb.fma(FloatVector.fromMemorySegment(SPECIES, in, q, ORDER), b0);
                b1 = wb.fma(FloatVector.fromMemorySegment(SPECIES, in, q + STEP, ORDER), b1);
                b2 = wb.fma(FloatVector.fromMemorySegment(SPECIES, in, q + 2 * STEP, ORDER), b2);
                b3 = wb.fma(FloatVector.fromMemorySegment(SPECIES, in, q + 3 * STEP, ORDER), b3);
            }
            long r = to + (long) i * Float.BYTES;
            FloatVector.fromArray(SPECIES, y, i).add(a0).add(b0).intoMemorySegment(out, r, ORDER);
            FloatVector.fromArray(SPECIES, y, i + LANES).add(a1).add(b1).intoMemorySegment(out, r + STEP, ORDER);
            FloatVector.fromArray(SPECIES, y, i + 2 * LANES).add(a2).add(b2)
                    .intoMemorySegment(out, r + 2 * STEP, ORDER);
            FloatVector.fromArray(SPECIES, y, i + 3 * LANES).add(a3).add(b3)
                    .intoMemorySegment(out, r + 3 * STEP, ORDER);
        }
    }

    private static void combineVectors(
            MemorySegment in, long base, long[] at, float[] w, int from, int end, float[] y, float[] out, int to,
            int length, @Nullable Apart apart) {
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int k = 0; k < length; k += LANES) {
            int i = Math.min(k, length - LANES);
            long first = base + (long) i * Float.BYTES;
            FloatVector sum = zero;
            for (int t = from; t < end; t++) {
                FloatVector weight = FloatVector.broadcast(SPECIES, w[t]);
                sum = weight.fma(FloatVector.fromMemorySegment(SPECIES, in, first + at[t], ORDER), sum);
            }
            FloatVector.fromArray(SPECIES, y, i).add(sum).intoArray(out, to + i);
        }
    }

    /**
     * {@code out[i] = y[i] + Σ_o table[o · stride + column + i] z[from + i + offsets_o] + 0} with the offsets and the table
     * of a matrix, rounded up to whole blocks.
     *
     * @param matrix along the row
     * @param column its first column
     * @param z row that it is applied to
     * @param from element of {@code z} in the first column
     * @param y what sums start from, from element 0 on
     * @param out output, from element 0 on
     * @param length number of columns
     */
    static void columns(FloatBandedColumns matrix, int column, float[] z, int from, float[] y, float[] out, int length) {
        int[] offsets = matrix.offsets();
        float[] table = matrix.table();
        int stride = matrix.stride();
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
            zero.add(a0).intoArray(out, i);
            zero.add(a1).intoArray(out, i + LANES);
            zero.add(a2).intoArray(out, i + 2 * LANES);
            zero.add(a3).intoArray(out, i + 3 * LANES);
        }
    }
}
