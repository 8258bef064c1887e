package org.isotrope.kernels.engine.block;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.isotrope.kernels.engine.sweep.FloatSweep;
import org.jspecify.annotations.Nullable;

/**
 * Register-blocked sums: 4 rows of the block axis by 4 vectors of outputs stay in registers while a flat list of steps
 * runs by. A step loads four vectors of input and adds them, each times a weight of its own, to every row.
 *
 * <p>Sixteen accumulators hide the latency of the fma; a step is 16 fma for 4 loads and 4 broadcasts. Rows that a step
 * does not reach have weight 0 there, which leaves a finite sum as it is; the caller keeps infinities out. Input comes
 * from arrays, whose loads cost the compiler far less than those of segments: one such method is already near the limit
 * beyond which C2 stops inlining and vectors go to the heap.
 */
public final class FloatBlocks {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** Whether registers take sixteen sums: machines with vectors of 64 bytes have 32 registers for them, others 16. */
    public static final boolean SIXTEEN_SUMS = SPECIES.vectorByteSize() == 64;

    /** Rows of a block. */
    public static final int ROWS = SIXTEEN_SUMS ? 4 : 2;

    /** Columns of a block. */
    public static final int COLUMNS = 4 * FloatSweep.LANES;

    /** Columns of a block of {@link #wide}. */
    public static final int WIDTH = (SIXTEEN_SUMS ? 4 : 5) * FloatSweep.LANES;

    private static final int LANES = SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();

    private FloatBlocks() {}

    private static FloatVector load(float[] box, int position) {
        return FloatVector.fromArray(SPECIES, box, position);
    }

    private static FloatVector weight(float[] w, int position) {
        return FloatVector.broadcast(SPECIES, w[position]);
    }

    /**
     * Columns of the blocks that are through soonest with rows of so many: {@link #WIDTH} or {@link #COLUMNS}.
     *
     * @param columns number of columns of the rows
     * @return {@link #WIDTH} or {@link #COLUMNS}
     */
    public static int width(int columns) {
        int wide = (columns + WIDTH - 1) / WIDTH * WIDTH;
        int narrow = (columns + COLUMNS - 1) / COLUMNS * COLUMNS;
        // a vector of a block of five takes seven eighths of the time of one of four
        return columns >= WIDTH && 7 * wide < 8 * narrow ? WIDTH : COLUMNS;
    }

    /**
     * A block by single loads: {@code out_r[x] = Σ_q w[R q + r] box[base + at_q + x]}, summed in the order of the steps.
     *
     * @param box input
     * @param base position of the block
     * @param at positions of the steps relative to the block
     * @param w {@link #ROWS} weights a step, one a row
     * @param out output
     * @param o0 byte position of the block's first row
     * @param rowBytes distance of its rows
     */
    public static void direct(float[] box, int base, int[] at, float[] w, MemorySegment out, long o0, long rowBytes) {
        if (SIXTEEN_SUMS) {
            four(box, base, at, w, out, o0, rowBytes);
        } else {
            FloatTwoRows.direct(box, base, at, w, out, o0, rowBytes);
        }
    }

    /**
     * As {@link #direct}, with {@link #WIDTH} columns: as many as run fastest.
     *
     * @param box padded input
     * @param base position of the block in it
     * @param at positions of the steps, relative to the base
     * @param w weights, one for each row of a step
     * @param out output elements
     * @param o0 byte position of the first
     * @param rowBytes bytes from row to row
     */
    public static void wide(float[] box, int base, int[] at, float[] w, MemorySegment out, long o0, long rowBytes) {
        if (SIXTEEN_SUMS) {
            four(box, base, at, w, out, o0, rowBytes);
        } else {
            FloatTwoRows.wide(box, base, at, w, out, o0, rowBytes);
        }
    }

    static void four(float[] box, int base, int[] at, float[] w, MemorySegment out, long o0, long rowBytes) {
        FloatVector zero = FloatVector.zero(SPECIES);
        long o1 = o0 + rowBytes;
        long o2 = o1 + rowBytes;
        long o3 = o2 + rowBytes;
        FloatVector a00 = zero;
        FloatVector a01 = zero;
        FloatVector a02 = zero;
        FloatVector a03 = zero;
        FloatVector a10 = zero;
        FloatVector a11 = zero;
        FloatVector a12 = zero;
        FloatVector a13 = zero;
        FloatVector a20 = zero;
        FloatVector a21 = zero;
        FloatVector a22 = zero;
        FloatVector a23 = zero;
        FloatVector a30 = zero;
        FloatVector a31 = zero;
        FloatVector a32 = zero;
        FloatVector a33 = zero;
        for (int q = 0; q < at.length; q++) {
            int p = base + at[q];
            FloatVector f0 = load(box, p);
            FloatVector f1 = load(box, p + LANES);
            FloatVector f2 = load(box, p + 2 * LANES);
            FloatVector f3 = load(box, p + 3 * LANES);
            FloatVector w0 = weight(w, 4 * q);
            a00 = f0.fma(w0, a00);
            a01 = f1.fma(w0, a01);
            a02 = f2.fma(w0, a02);
            a03 = f3.fma(w0, a03);
            FloatVector w1 = weight(w, 4 * q + 1);
            a10 = f0.fma(w1, a10);
            a11 = f1.fma(w1, a11);
            a12 = f2.fma(w1, a12);
            a13 = f3.fma(w1, a13);
            FloatVector w2 = weight(w, 4 * q + 2);
            a20 = f0.fma(w2, a20);
            a21 = f1.fma(w2, a21);
            a22 = f2.fma(w2, a22);
            a23 = f3.fma(w2, a23);
            FloatVector w3 = weight(w, 4 * q + 3);
            a30 = f0.fma(w3, a30);
            a31 = f1.fma(w3, a31);
            a32 = f2.fma(w3, a32);
            a33 = f3.fma(w3, a33);
        }
        zero.add(a00).intoMemorySegment(out, o0, ORDER);
        zero.add(a01).intoMemorySegment(out, o0 + STEP, ORDER);
        zero.add(a02).intoMemorySegment(out, o0 + 2 * STEP, ORDER);
        zero.add(a03).intoMemorySegment(out, o0 + 3 * STEP, ORDER);
        zero.add(a10).intoMemorySegment(out, o1, ORDER);
        zero.add(a11).intoMemorySegment(out, o1 + STEP, ORDER);
        zero.add(a12).intoMemorySegment(out, o1 + 2 * STEP, ORDER);
        zero.add(a13).intoMemorySegment(out, o1 + 3 * STEP, ORDER);
        zero.add(a20).intoMemorySegment(out, o2, ORDER);
        zero.add(a21).intoMemorySegment(out, o2 + STEP, ORDER);
        zero.add(a22).intoMemorySegment(out, o2 + 2 * STEP, ORDER);
        zero.add(a23).intoMemorySegment(out, o2 + 3 * STEP, ORDER);
        zero.add(a30).intoMemorySegment(out, o3, ORDER);
        zero.add(a31).intoMemorySegment(out, o3 + STEP, ORDER);
        zero.add(a32).intoMemorySegment(out, o3 + 2 * STEP, ORDER);
        zero.add(a33).intoMemorySegment(out, o3 + 3 * STEP, ORDER);
    }

    /**
     * A block by mirrored pairs of loads:
     * {@code out_r[x] = Σ_q w[5q + r] (box[base + at_q + x] + s_q box[base + m_q + x])} with the sign
     * {@code s_q = w[5q + 4]}: 1 or −1, or 0 for a step without a mirror image.
     *
     * @param box input
     * @param base position of the block
     * @param at positions of the steps relative to the block
     * @param mirrored positions of their mirror images
     * @param w four weights, one a row, and the sign of each step
     * @param out output
     * @param o0 byte position of the block's first row
     * @param rowBytes distance of its rows
     */
    static void folded(
            float[] box, int base, int[] at, int[] mirrored, float[] w, MemorySegment out, long o0, long rowBytes) {
        FloatVector zero = FloatVector.zero(SPECIES);
        long o1 = o0 + rowBytes;
        long o2 = o1 + rowBytes;
        long o3 = o2 + rowBytes;
        FloatVector a00 = zero;
        FloatVector a01 = zero;
        FloatVector a02 = zero;
        FloatVector a03 = zero;
        FloatVector a10 = zero;
        FloatVector a11 = zero;
        FloatVector a12 = zero;
        FloatVector a13 = zero;
        FloatVector a20 = zero;
        FloatVector a21 = zero;
        FloatVector a22 = zero;
        FloatVector a23 = zero;
        FloatVector a30 = zero;
        FloatVector a31 = zero;
        FloatVector a32 = zero;
        FloatVector a33 = zero;
        for (int q = 0; q < at.length; q++) {
            int p = base + at[q];
            int m = base + mirrored[q];
            FloatVector sign = weight(w, 5 * q + 4);
            FloatVector f0 = load(box, m).fma(sign, load(box, p));
            FloatVector f1 = load(box, m + LANES).fma(sign, load(box, p + LANES));
            FloatVector f2 = load(box, m + 2 * LANES).fma(sign, load(box, p + 2 * LANES));
            FloatVector f3 = load(box, m + 3 * LANES).fma(sign, load(box, p + 3 * LANES));
            FloatVector w0 = weight(w, 5 * q);
            a00 = f0.fma(w0, a00);
            a01 = f1.fma(w0, a01);
            a02 = f2.fma(w0, a02);
            a03 = f3.fma(w0, a03);
            FloatVector w1 = weight(w, 5 * q + 1);
            a10 = f0.fma(w1, a10);
            a11 = f1.fma(w1, a11);
            a12 = f2.fma(w1, a12);
            a13 = f3.fma(w1, a13);
            FloatVector w2 = weight(w, 5 * q + 2);
            a20 = f0.fma(w2, a20);
            a21 = f1.fma(w2, a21);
            a22 = f2.fma(w2, a22);
            a23 = f3.fma(w2, a23);
            FloatVector w3 = weight(w, 5 * q + 3);
            a30 = f0.fma(w3, a30);
            a31 = f1.fma(w3, a31);
            a32 = f2.fma(w3, a32);
            a33 = f3.fma(w3, a33);
        }
        zero.add(a00).intoMemorySegment(out, o0, ORDER);
        zero.add(a01).intoMemorySegment(out, o0 + STEP, ORDER);
        zero.add(a02).intoMemorySegment(out, o0 + 2 * STEP, ORDER);
        zero.add(a03).intoMemorySegment(out, o0 + 3 * STEP, ORDER);
        zero.add(a10).intoMemorySegment(out, o1, ORDER);
        zero.add(a11).intoMemorySegment(out, o1 + STEP, ORDER);
        zero.add(a12).intoMemorySegment(out, o1 + 2 * STEP, ORDER);
        zero.add(a13).intoMemorySegment(out, o1 + 3 * STEP, ORDER);
        zero.add(a20).intoMemorySegment(out, o2, ORDER);
        zero.add(a21).intoMemorySegment(out, o2 + STEP, ORDER);
        zero.add(a22).intoMemorySegment(out, o2 + 2 * STEP, ORDER);
        zero.add(a23).intoMemorySegment(out, o2 + 3 * STEP, ORDER);
        zero.add(a30).intoMemorySegment(out, o3, ORDER);
        zero.add(a31).intoMemorySegment(out, o3 + STEP, ORDER);
        zero.add(a32).intoMemorySegment(out, o3 + 2 * STEP, ORDER);
        zero.add(a33).intoMemorySegment(out, o3 + 3 * STEP, ORDER);
    }

    /**
     * A block by sums of mirrored pairs: {@code out_r[x] = Σ_q w[4q + r] (box[base + at_q + x] + box[base + m_q + x])}.
     * A step without a mirror image names its position twice and has half the weight, to the same bits.
     *
     * @param box input
     * @param base position of the block
     * @param at positions of the steps relative to the block
     * @param mirrored positions of their mirror images
     * @param w four weights a step, one a row
     * @param out output
     * @param o0 byte position of the block's first row
     * @param rowBytes distance of its rows
     */
    static void even(
            float[] box, int base, int[] at, int[] mirrored, float[] w, MemorySegment out, long o0, long rowBytes) {
        FloatVector zero = FloatVector.zero(SPECIES);
        long o1 = o0 + rowBytes;
        long o2 = o1 + rowBytes;
        long o3 = o2 + rowBytes;
        FloatVector a00 = zero;
        FloatVector a01 = zero;
        FloatVector a02 = zero;
        FloatVector a03 = zero;
        FloatVector a10 = zero;
        FloatVector a11 = zero;
        FloatVector a12 = zero;
        FloatVector a13 = zero;
        FloatVector a20 = zero;
        FloatVector a21 = zero;
        FloatVector a22 = zero;
        FloatVector a23 = zero;
        FloatVector a30 = zero;
        FloatVector a31 = zero;
        FloatVector a32 = zero;
        FloatVector a33 = zero;
        for (int q = 0; q < at.length; q++) {
            int p = base + at[q];
            int m = base + mirrored[q];
            FloatVector f0 = load(box, p).add(load(box, m));
            FloatVector f1 = load(box, p + LANES).add(load(box, m + LANES));
            FloatVector f2 = load(box, p + 2 * LANES).add(load(box, m + 2 * LANES));
            FloatVector f3 = load(box, p + 3 * LANES).add(load(box, m + 3 * LANES));
            FloatVector w0 = weight(w, 4 * q);
            a00 = f0.fma(w0, a00);
            a01 = f1.fma(w0, a01);
            a02 = f2.fma(w0, a02);
            a03 = f3.fma(w0, a03);
            FloatVector w1 = weight(w, 4 * q + 1);
            a10 = f0.fma(w1, a10);
            a11 = f1.fma(w1, a11);
            a12 = f2.fma(w1, a12);
            a13 = f3.fma(w1, a13);
            FloatVector w2 = weight(w, 4 * q + 2);
            a20 = f0.fma(w2, a20);
            a21 = f1.fma(w2, a21);
            a22 = f2.fma(w2, a22);
            a23 = f3.fma(w2, a23);
            FloatVector w3 = weight(w, 4 * q + 3);
            a30 = f0.fma(w3, a30);
            a31 = f1.fma(w3, a31);
            a32 = f2.fma(w3, a32);
            a33 = f3.fma(w3, a33);
        }
        zero.add(a00).intoMemorySegment(out, o0, ORDER);
        zero.add(a01).intoMemorySegment(out, o0 + STEP, ORDER);
        zero.add(a02).intoMemorySegment(out, o0 + 2 * STEP, ORDER);
        zero.add(a03).intoMemorySegment(out, o0 + 3 * STEP, ORDER);
        zero.add(a10).intoMemorySegment(out, o1, ORDER);
        zero.add(a11).intoMemorySegment(out, o1 + STEP, ORDER);
        zero.add(a12).intoMemorySegment(out, o1 + 2 * STEP, ORDER);
        zero.add(a13).intoMemorySegment(out, o1 + 3 * STEP, ORDER);
        zero.add(a20).intoMemorySegment(out, o2, ORDER);
        zero.add(a21).intoMemorySegment(out, o2 + STEP, ORDER);
        zero.add(a22).intoMemorySegment(out, o2 + 2 * STEP, ORDER);
        zero.add(a23).intoMemorySegment(out, o2 + 3 * STEP, ORDER);
        zero.add(a30).intoMemorySegment(out, o3, ORDER);
        zero.add(a31).intoMemorySegment(out, o3 + STEP, ORDER);
        zero.add(a32).intoMemorySegment(out, o3 + 2 * STEP, ORDER);
        zero.add(a33).intoMemorySegment(out, o3 + 3 * STEP, ORDER);
    }

    /**
     * Whether four times every element is finite, so that sums of up to four are too.
     *
     * @param box padded input
     * @param first position of the first element
     * @param length number of elements
     * @return false also where only a sum of four would be infinite
     */
    public static boolean isTame(float[] box, int first, int length) {
        int whole = length - length % (4 * LANES);
        float rest = (float) 0;
        for (int i = whole; i < length; i++) {
            rest += box[first + i] * 4 * 0;
        }
        // vectors that are made before a loop which seldom runs would be objects
        return rest == 0 && (whole == 0 || isTame(box, first, whole, null));
    }

    private static boolean isTame(float[] box, int first, int whole, @Nullable Apart apart) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector four = FloatVector.broadcast(SPECIES, 4);
        // four sums, for one would wait for itself
        FloatVector a = zero;
        FloatVector b = zero;
        FloatVector c = zero;
        FloatVector d = zero;
        for (int i = 0; i < whole; i += 4 * LANES) {
            a = load(box, first + i).mul(four).fma(zero, a);
            b = load(box, first + i + LANES).mul(four).fma(zero, b);
            c = load(box, first + i + 2 * LANES).mul(four).fma(zero, c);
            d = load(box, first + i + 3 * LANES).mul(four).fma(zero, d);
        }
        return zero.add(a).add(b).add(zero.add(c).add(d)).eq(zero).allTrue();
    }

    /**
     * A row and the sums of the rows that mirror each other about it:
     * {@code to[first + m · stride + i] = box[row + m · pitch + i] + sign · box[row − m · pitch + i]}, for m = 0 the row
     * itself, {@code 0 ≤ i < pitch}.
     *
     * @param box input
     * @param row position of the row
     * @param pitch length of rows, a multiple of the vector length
     * @param depth number of sums
     * @param sign 1 or −1
     * @param to takes the sums
     * @param first position of the first
     * @param stride from one to the next
     */
    static void fold(
            float[] box, int row, int pitch, int depth, float sign, float[] to, int first, int stride) {
        fold(box, row, pitch, depth, sign, to, first, stride, null);
    }

    private static void fold(
            float[] box, int row, int pitch, int depth, float sign, float[] to, int first, int stride,
            @Nullable Apart apart) {
        FloatVector signs = FloatVector.broadcast(SPECIES, sign);
        for (int i = 0; i < pitch; i += LANES) {
            load(box, row + i).intoArray(to, first + i);
        }
        int target = first + stride;
        int plus = row + pitch;
        int minus = row - pitch;
        for (int m = 1; m < depth; m++) {
            for (int i = 0; i < pitch; i += LANES) {
                load(box, minus + i).fma(signs, load(box, plus + i)).intoArray(to, target + i);
            }
            target += stride;
            plus += pitch;
            minus -= pitch;
        }
    }
}
