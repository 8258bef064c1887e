package org.isotrope.kernels.engine.block;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * {@link FloatBlocks} of four rows with a prologue and an epilogue: where a kernel begins it reaches only the upper two
 * rows of a block, where it ends only the lower two, and steps there do half of the work instead of adding zeros.
 *
 * <p>A kernel of K rows takes {@code K − 1} steps a column at 16 fma and 4 at 8, instead of {@code K + 3} at 16. Steps that
 * reach one row or three are not told apart: with so few products they wait for their loads anyway. Between the parts
 * sums go through memory, 40 accesses a block: where a vector is carried by one loop after another, C2 makes it an object.
 */
final class FloatRamps {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();

    /** Elements of the sums of a block. */
    static final int SUMS = 16 * LANES;

    private FloatRamps() {}

    private static FloatVector load(float[] box, int position) {
        return FloatVector.fromArray(SPECIES, box, position);
    }

    private static FloatVector weight(float[] w, int position) {
        return FloatVector.broadcast(SPECIES, w[position]);
    }

    /**
     * A block by single loads: {@code out_r[x] = Σ_q w[4q + r] box[base + at_q + x]}, summed in the order of the steps.
     *
     * @param box input
     * @param base position of the block
     * @param at positions of the steps relative to the block
     * @param w four weights a step, one a row
     * @param turns for each input component three positions in the list of steps: the first step that may reach the lower
     *     two rows, the first behind it that reaches no upper one, the end of the component
     * @param sums working memory of {@link #SUMS} elements
     * @param out output
     * @param o0 byte position of the block's first row
     * @param rowBytes distance of its rows
     */
    static void four(
            float[] box, int base, int[] at, float[] w, int[] turns, float[] sums, MemorySegment out, long o0,
            long rowBytes) {
        Arrays.fill(sums, (float) 0);
        int from = 0;
        for (int turn = 0; turn < turns.length; turn += 3) {
            upper(box, base, at, w, from, turns[turn], sums);
            all(box, base, at, w, turns[turn], turns[turn + 1], sums);
            lower(box, base, at, w, turns[turn + 1], turns[turn + 2], sums);
            from = turns[turn + 2];
        }
        store(sums, out, o0, rowBytes, null);
    }

    private static void store(float[] sums, MemorySegment out, long o0, long rowBytes, @Nullable Apart apart) {
        FloatVector zero = FloatVector.zero(SPECIES);
        long to = o0;
        for (int i = 0; i < SUMS; i += 4 * LANES) {
            zero.add(load(sums, i)).intoMemorySegment(out, to, ORDER);
            zero.add(load(sums, i + LANES)).intoMemorySegment(out, to + STEP, ORDER);
            zero.add(load(sums, i + 2 * LANES)).intoMemorySegment(out, to + 2 * STEP, ORDER);
            zero.add(load(sums, i + 3 * LANES)).intoMemorySegment(out, to + 3 * STEP, ORDER);
            to += rowBytes;
        }
    }

    private static void upper(
            float[] box, int base, int[] at, float[] w, int from, int end, float[] sums) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a00 = load(sums, 0);
        FloatVector a01 = load(sums, LANES);
        FloatVector a02 = load(sums, 2 * LANES);
        FloatVector a03 = load(sums, 3 * LANES);
        FloatVector a10 = load(sums, 4 * LANES);
        FloatVector a11 = load(sums, 5 * LANES);
        FloatVector a12 = load(sums, 6 * LANES);
        FloatVector a13 = load(sums, 7 * LANES);
        for (int q = from; q < end; q++) {
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
        }
        zero.add(a00).intoArray(sums, 0);
        zero.add(a01).intoArray(sums, LANES);
        zero.add(a02).intoArray(sums, 2 * LANES);
        zero.add(a03).intoArray(sums, 3 * LANES);
        zero.add(a10).intoArray(sums, 4 * LANES);
        zero.add(a11).intoArray(sums, 5 * LANES);
        zero.add(a12).intoArray(sums, 6 * LANES);
        zero.add(a13).intoArray(sums, 7 * LANES);
    }

    private static void all(
            float[] box, int base, int[] at, float[] w, int from, int end, float[] sums) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a00 = load(sums, 0);
        FloatVector a01 = load(sums, LANES);
        FloatVector a02 = load(sums, 2 * LANES);
        FloatVector a03 = load(sums, 3 * LANES);
        FloatVector a10 = load(sums, 4 * LANES);
        FloatVector a11 = load(sums, 5 * LANES);
        FloatVector a12 = load(sums, 6 * LANES);
        FloatVector a13 = load(sums, 7 * LANES);
        FloatVector a20 = load(sums, 8 * LANES);
        FloatVector a21 = load(sums, 9 * LANES);
        FloatVector a22 = load(sums, 10 * LANES);
        FloatVector a23 = load(sums, 11 * LANES);
        FloatVector a30 = load(sums, 12 * LANES);
        FloatVector a31 = load(sums, 13 * LANES);
        FloatVector a32 = load(sums, 14 * LANES);
        FloatVector a33 = load(sums, 15 * LANES);
        for (int q = from; q < end; q++) {
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
        zero.add(a00).intoArray(sums, 0);
        zero.add(a01).intoArray(sums, LANES);
        zero.add(a02).intoArray(sums, 2 * LANES);
        zero.add(a03).intoArray(sums, 3 * LANES);
        zero.add(a10).intoArray(sums, 4 * LANES);
        zero.add(a11).intoArray(sums, 5 * LANES);
        zero.add(a12).intoArray(sums, 6 * LANES);
        zero.add(a13).intoArray(sums, 7 * LANES);
        zero.add(a20).intoArray(sums, 8 * LANES);
        zero.add(a21).intoArray(sums, 9 * LANES);
        zero.add(a22).intoArray(sums, 10 * LANES);
        zero.add(a23).intoArray(sums, 11 * LANES);
        zero.add(a30).intoArray(sums, 12 * LANES);
        zero.add(a31).intoArray(sums, 13 * LANES);
        zero.add(a32).intoArray(sums, 14 * LANES);
        zero.add(a33).intoArray(sums, 15 * LANES);
    }

    private static void lower(
            float[] box, int base, int[] at, float[] w, int from, int end, float[] sums) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a20 = load(sums, 8 * LANES);
        FloatVector a21 = load(sums, 9 * LANES);
        FloatVector a22 = load(sums, 10 * LANES);
        FloatVector a23 = load(sums, 11 * LANES);
        FloatVector a30 = load(sums, 12 * LANES);
        FloatVector a31 = load(sums, 13 * LANES);
        FloatVector a32 = load(sums, 14 * LANES);
        FloatVector a33 = load(sums, 15 * LANES);
        for (int q = from; q < end; q++) {
            int p = base + at[q];
            FloatVector f0 = load(box, p);
            FloatVector f1 = load(box, p + LANES);
            FloatVector f2 = load(box, p + 2 * LANES);
            FloatVector f3 = load(box, p + 3 * LANES);
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
        zero.add(a20).intoArray(sums, 8 * LANES);
        zero.add(a21).intoArray(sums, 9 * LANES);
        zero.add(a22).intoArray(sums, 10 * LANES);
        zero.add(a23).intoArray(sums, 11 * LANES);
        zero.add(a30).intoArray(sums, 12 * LANES);
        zero.add(a31).intoArray(sums, 13 * LANES);
        zero.add(a32).intoArray(sums, 14 * LANES);
        zero.add(a33).intoArray(sums, 15 * LANES);
    }
}
