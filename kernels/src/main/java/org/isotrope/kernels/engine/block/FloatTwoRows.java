package org.isotrope.kernels.engine.block;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * Register blocks of 2 rows by 5 or 4 vectors, for machines with sixteen vector registers. Ten sums keep both fma units
 * busy, which takes eight where nothing ever waits, and are as many as C2 keeps in registers: with one more it runs at
 * half the speed.
 *
 * <p>A step is 10 fma for 5 loads and 2 broadcasts. Almost every other load crosses cache lines, which is still less
 * work for the load units than there is for those of the fma. A sum is the same to the bit as in {@link FloatBlocks}, for
 * it adds up in the same order.
 */
public final class FloatTwoRows {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();

    private FloatTwoRows() {}

    private static FloatVector load(float[] box, int position) {
        return FloatVector.fromArray(SPECIES, box, position);
    }

    private static FloatVector weight(float[] w, int position) {
        return FloatVector.broadcast(SPECIES, w[position]);
    }

    /**
     * A block of five vectors: {@code out_r[x] = Σ_q w[2q + r] box[base + at_q + x]}, summed in the order of the steps.
     *
     * @param box input
     * @param base position of the block
     * @param at positions of the steps relative to the block
     * @param w two weights a step, one a row
     * @param out output
     * @param o0 byte position of the block's first row
     * @param rowBytes distance of its rows
     */
    static void wide(float[] box, int base, int[] at, float[] w, MemorySegment out, long o0, long rowBytes) {
        FloatVector zero = FloatVector.zero(SPECIES);
        long o1 = o0 + rowBytes;
        FloatVector a00 = zero;
        FloatVector a01 = zero;
        FloatVector a02 = zero;
        FloatVector a03 = zero;
        FloatVector a04 = zero;
        FloatVector a10 = zero;
        FloatVector a11 = zero;
        FloatVector a12 = zero;
        FloatVector a13 = zero;
        FloatVector a14 = zero;
        for (int q = 0; q < at.length; q++) {
            int p = base + at[q];
            FloatVector w0 = weight(w, 2 * q);
            FloatVector w1 = weight(w, 2 * q + 1);
            FloatVector f0 = load(box, p);
            a00 = f0.fma(w0, a00);
            a10 = f0.fma(w1, a10);
            FloatVector f1 = load(box, p + LANES);
            a01 = f1.fma(w0, a01);
            a11 = f1.fma(w1, a11);
            FloatVector f2 = load(box, p + 2 * LANES);
            a02 = f2.fma(w0, a02);
            a12 = f2.fma(w1, a12);
            FloatVector f3 = load(box, p + 3 * LANES);
            a03 = f3.fma(w0, a03);
            a13 = f3.fma(w1, a13);
            FloatVector f4 = load(box, p + 4 * LANES);
            a04 = f4.fma(w0, a04);
            a14 = f4.fma(w1, a14);
        }
        zero.add(a00).intoMemorySegment(out, o0, ORDER);
        zero.add(a01).intoMemorySegment(out, o0 + STEP, ORDER);
        zero.add(a02).intoMemorySegment(out, o0 + 2 * STEP, ORDER);
        zero.add(a03).intoMemorySegment(out, o0 + 3 * STEP, ORDER);
        zero.add(a04).intoMemorySegment(out, o0 + 4 * STEP, ORDER);
        zero.add(a10).intoMemorySegment(out, o1, ORDER);
        zero.add(a11).intoMemorySegment(out, o1 + STEP, ORDER);
        zero.add(a12).intoMemorySegment(out, o1 + 2 * STEP, ORDER);
        zero.add(a13).intoMemorySegment(out, o1 + 3 * STEP, ORDER);
        zero.add(a14).intoMemorySegment(out, o1 + 4 * STEP, ORDER);
    }

    /**
     * A block of four vectors, as {@link #wide} otherwise: {@code out_r[x] = Σ_q w[2q + r] box[base + at_q + x]}.
     *
     * @param box input
     * @param base position of the block
     * @param at positions of the steps relative to the block
     * @param w two weights a step, one a row
     * @param out output
     * @param o0 byte position of the block's first row
     * @param rowBytes distance of its rows
     */
    static void direct(float[] box, int base, int[] at, float[] w, MemorySegment out, long o0, long rowBytes) {
        FloatVector zero = FloatVector.zero(SPECIES);
        long o1 = o0 + rowBytes;
        FloatVector a00 = zero;
        FloatVector a01 = zero;
        FloatVector a02 = zero;
        FloatVector a03 = zero;
        FloatVector a10 = zero;
        FloatVector a11 = zero;
        FloatVector a12 = zero;
        FloatVector a13 = zero;
        for (int q = 0; q < at.length; q++) {
            int p = base + at[q];
            FloatVector w0 = weight(w, 2 * q);
            FloatVector w1 = weight(w, 2 * q + 1);
            FloatVector f0 = load(box, p);
            a00 = f0.fma(w0, a00);
            a10 = f0.fma(w1, a10);
            FloatVector f1 = load(box, p + LANES);
            a01 = f1.fma(w0, a01);
            a11 = f1.fma(w1, a11);
            FloatVector f2 = load(box, p + 2 * LANES);
            a02 = f2.fma(w0, a02);
            a12 = f2.fma(w1, a12);
            FloatVector f3 = load(box, p + 3 * LANES);
            a03 = f3.fma(w0, a03);
            a13 = f3.fma(w1, a13);
        }
        zero.add(a00).intoMemorySegment(out, o0, ORDER);
        zero.add(a01).intoMemorySegment(out, o0 + STEP, ORDER);
        zero.add(a02).intoMemorySegment(out, o0 + 2 * STEP, ORDER);
        zero.add(a03).intoMemorySegment(out, o0 + 3 * STEP, ORDER);
        zero.add(a10).intoMemorySegment(out, o1, ORDER);
        zero.add(a11).intoMemorySegment(out, o1 + STEP, ORDER);
        zero.add(a12).intoMemorySegment(out, o1 + 2 * STEP, ORDER);
        zero.add(a13).intoMemorySegment(out, o1 + 3 * STEP, ORDER);
    }

    /**
     * The same into an array.
     *
     * @param box input
     * @param base position of the block
     * @param at positions of the steps relative to the block
     * @param w two weights a step, one a row
     * @param out output, not the input
     * @param o0 position of the block's first row
     * @param pitch distance of its rows
     */
    public static void block(float[] box, int base, int[] at, float[] w, float[] out, int o0, int pitch) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int o1 = o0 + pitch;
        FloatVector a00 = zero;
        FloatVector a01 = zero;
        FloatVector a02 = zero;
        FloatVector a03 = zero;
        FloatVector a10 = zero;
        FloatVector a11 = zero;
        FloatVector a12 = zero;
        FloatVector a13 = zero;
        for (int q = 0; q < at.length; q++) {
            int p = base + at[q];
            FloatVector w0 = weight(w, 2 * q);
            FloatVector w1 = weight(w, 2 * q + 1);
            FloatVector f0 = load(box, p);
            a00 = f0.fma(w0, a00);
            a10 = f0.fma(w1, a10);
            FloatVector f1 = load(box, p + LANES);
            a01 = f1.fma(w0, a01);
            a11 = f1.fma(w1, a11);
            FloatVector f2 = load(box, p + 2 * LANES);
            a02 = f2.fma(w0, a02);
            a12 = f2.fma(w1, a12);
            FloatVector f3 = load(box, p + 3 * LANES);
            a03 = f3.fma(w0, a03);
            a13 = f3.fma(w1, a13);
        }
        zero.add(a00).intoArray(out, o0);
        zero.add(a01).intoArray(out, o0 + LANES);
        zero.add(a02).intoArray(out, o0 + 2 * LANES);
        zero.add(a03).intoArray(out, o0 + 3 * LANES);
        zero.add(a10).intoArray(out, o1);
        zero.add(a11).intoArray(out, o1 + LANES);
        zero.add(a12).intoArray(out, o1 + 2 * LANES);
        zero.add(a13).intoArray(out, o1 + 3 * LANES);
    }

    /**
     * The same with five vectors.
     *
     * @param box input
     * @param base position of the block
     * @param at positions of the steps relative to the block
     * @param w two weights a step, one a row
     * @param out output, not the input
     * @param o0 position of the block's first row
     * @param pitch distance of its rows
     */
    public static void wideBlock(float[] box, int base, int[] at, float[] w, float[] out, int o0, int pitch) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int o1 = o0 + pitch;
        FloatVector a00 = zero;
        FloatVector a01 = zero;
        FloatVector a02 = zero;
        FloatVector a03 = zero;
        FloatVector a04 = zero;
        FloatVector a10 = zero;
        FloatVector a11 = zero;
        FloatVector a12 = zero;
        FloatVector a13 = zero;
        FloatVector a14 = zero;
        for (int q = 0; q < at.length; q++) {
            int p = base + at[q];
            FloatVector w0 = weight(w, 2 * q);
            FloatVector w1 = weight(w, 2 * q + 1);
            FloatVector f0 = load(box, p);
            a00 = f0.fma(w0, a00);
            a10 = f0.fma(w1, a10);
            FloatVector f1 = load(box, p + LANES);
            a01 = f1.fma(w0, a01);
            a11 = f1.fma(w1, a11);
            FloatVector f2 = load(box, p + 2 * LANES);
            a02 = f2.fma(w0, a02);
            a12 = f2.fma(w1, a12);
            FloatVector f3 = load(box, p + 3 * LANES);
            a03 = f3.fma(w0, a03);
            a13 = f3.fma(w1, a13);
            FloatVector f4 = load(box, p + 4 * LANES);
            a04 = f4.fma(w0, a04);
            a14 = f4.fma(w1, a14);
        }
        zero.add(a00).intoArray(out, o0);
        zero.add(a01).intoArray(out, o0 + LANES);
        zero.add(a02).intoArray(out, o0 + 2 * LANES);
        zero.add(a03).intoArray(out, o0 + 3 * LANES);
        zero.add(a04).intoArray(out, o0 + 4 * LANES);
        zero.add(a10).intoArray(out, o1);
        zero.add(a11).intoArray(out, o1 + LANES);
        zero.add(a12).intoArray(out, o1 + 2 * LANES);
        zero.add(a13).intoArray(out, o1 + 3 * LANES);
        zero.add(a14).intoArray(out, o1 + 4 * LANES);
    }

    /**
     * Sums of pairs of pieces of rows, each of three vectors, behind one another:
     * {@code box[first + 3 LANES k + x] = box[base + p_k + x] + s_k box[base + m_k + x]}, {@code 0 ≤ x < 3 LANES}.
     *
     * @param box input, and elsewhere the sums; registers for the places of two arrays are more than C2 has here
     * @param base position of the strip
     * @param pairs positions of each piece, p, and of what is added to it, m, relative to the strip
     * @param signs 1, −1, or 0 for the piece itself
     * @param first position of the first sum
     */
    static void foldRows(float[] box, int base, int[] pairs, float[] signs, int first) {
        foldRows(box, base, pairs, signs, first, null);
    }

    private static void foldRows(
            float[] box, int base, int[] pairs, float[] signs, int first, @Nullable Apart apart) {
        for (int k = 0; k < signs.length; k++) {
            int p = base + pairs[2 * k];
            int m = base + pairs[2 * k + 1];
            int target = first + 3 * LANES * k;
            FloatVector sign = weight(signs, k);
            load(box, m).fma(sign, load(box, p)).intoArray(box, target);
            load(box, m + LANES).fma(sign, load(box, p + LANES)).intoArray(box, target + LANES);
            load(box, m + 2 * LANES).fma(sign, load(box, p + 2 * LANES)).intoArray(box, target + 2 * LANES);
        }
    }

    /**
     * Rows and their sums with themselves mirrored, for a strip of columns:
     * {@code box[first + 5 LANES k + x] = box[base + p_k + x] + s_k box[base + m_k + x]}, {@code 0 ≤ x < 5 LANES}.
     *
     * @param box input, and elsewhere the sums
     * @param base position of the rows
     * @param pairs positions of each row, p, and of what is added to it, m, relative to the first
     * @param signs 1, −1, or 0 for the row itself
     * @param first position of the first sum
     */
    static void fold(float[] box, int base, int[] pairs, float[] signs, int first) {
        fold(box, base, pairs, signs, first, null);
    }

    private static void fold(
            float[] box, int base, int[] pairs, float[] signs, int first, @Nullable Apart apart) {
        for (int k = 0; k < signs.length; k++) {
            int p = base + pairs[2 * k];
            int m = base + pairs[2 * k + 1];
            int target = first + 5 * LANES * k;
            FloatVector sign = weight(signs, k);
            load(box, m).fma(sign, load(box, p)).intoArray(box, target);
            load(box, m + LANES).fma(sign, load(box, p + LANES)).intoArray(box, target + LANES);
            load(box, m + 2 * LANES).fma(sign, load(box, p + 2 * LANES)).intoArray(box, target + 2 * LANES);
            load(box, m + 3 * LANES).fma(sign, load(box, p + 3 * LANES)).intoArray(box, target + 3 * LANES);
            load(box, m + 4 * LANES).fma(sign, load(box, p + 4 * LANES)).intoArray(box, target + 4 * LANES);
        }
    }
}
