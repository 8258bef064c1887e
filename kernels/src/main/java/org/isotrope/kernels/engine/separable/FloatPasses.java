package org.isotrope.kernels.engine.separable;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.isotrope.kernels.engine.block.FloatBlocks;
import org.isotrope.kernels.engine.block.FloatTwoRows;
import org.jspecify.annotations.Nullable;

/** The passes of {@link FloatSeparable} that stay in working memory. */
final class FloatPasses {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private FloatPasses() {}

    private static FloatVector load(float[] box, int position) {
        return FloatVector.fromArray(SPECIES, box, position);
    }

    private static FloatVector weight(float[] w, int position) {
        return FloatVector.broadcast(SPECIES, w[position]);
    }

    /**
     * Part of a row: {@code out[o + x] = Σ_q w[q] box[base + q + x]} for twice {@link FloatBlocks#COLUMNS} columns, summed
     * in the order of q.
     *
     * @param box input
     * @param base position of the first element that the first weight reads
     * @param w weights
     * @param out output
     * @param o its position
     */
    static void row(float[] box, int base, float[] w, float[] out, int o) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        FloatVector a4 = zero;
        FloatVector a5 = zero;
        FloatVector a6 = zero;
        FloatVector a7 = zero;
        for (int q = 0; q < w.length; q++) {
            int p = base + q;
            FloatVector weight = weight(w, q);
            a0 = weight.fma(load(box, p), a0);
            a1 = weight.fma(load(box, p + LANES), a1);
            a2 = weight.fma(load(box, p + 2 * LANES), a2);
            a3 = weight.fma(load(box, p + 3 * LANES), a3);
            a4 = weight.fma(load(box, p + 4 * LANES), a4);
            a5 = weight.fma(load(box, p + 5 * LANES), a5);
            a6 = weight.fma(load(box, p + 6 * LANES), a6);
            a7 = weight.fma(load(box, p + 7 * LANES), a7);
        }
        zero.add(a0).intoArray(out, o);
        zero.add(a1).intoArray(out, o + LANES);
        zero.add(a2).intoArray(out, o + 2 * LANES);
        zero.add(a3).intoArray(out, o + 3 * LANES);
        zero.add(a4).intoArray(out, o + 4 * LANES);
        zero.add(a5).intoArray(out, o + 5 * LANES);
        zero.add(a6).intoArray(out, o + 6 * LANES);
        zero.add(a7).intoArray(out, o + 7 * LANES);
    }

    /** The same for half as many columns. */
    static void shortRow(float[] box, int base, float[] w, float[] out, int o) {
        shortRow(box, base, w, out, o, null);
    }

    private static void shortRow(float[] box, int base, float[] w, float[] out, int o, @Nullable Apart apart) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        for (int q = 0; q < w.length; q++) {
            int p = base + q;
            FloatVector weight = weight(w, q);
            a0 = weight.fma(load(box, p), a0);
            a1 = weight.fma(load(box, p + LANES), a1);
            a2 = weight.fma(load(box, p + 2 * LANES), a2);
            a3 = weight.fma(load(box, p + 3 * LANES), a3);
        }
        zero.add(a0).intoArray(out, o);
        zero.add(a1).intoArray(out, o + LANES);
        zero.add(a2).intoArray(out, o + 2 * LANES);
        zero.add(a3).intoArray(out, o + 3 * LANES);
    }

    /**
     * A block as {@link FloatBlocks#direct} or {@link FloatBlocks#wide}, into an array.
     *
     * @param width columns of the block
     * @param box input
     * @param base position of the block
     * @param at positions of the steps relative to the block
     * @param w {@link FloatBlocks#ROWS} weights a step, one a row
     * @param out output, not the input
     * @param o0 position of the block's first row
     * @param pitch distance of its rows
     */
    static void block(int width, float[] box, int base, int[] at, float[] w, float[] out, int o0, int pitch) {
        if (FloatBlocks.SIXTEEN_SUMS) {
            four(box, base, at, w, out, o0, pitch);
        } else if (width == FloatBlocks.WIDTH) {
            FloatTwoRows.wideBlock(box, base, at, w, out, o0, pitch);
        } else {
            FloatTwoRows.block(box, base, at, w, out, o0, pitch);
        }
    }

    static void four(float[] box, int base, int[] at, float[] w, float[] out, int o0, int pitch) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int o1 = o0 + pitch;
        int o2 = o1 + pitch;
        int o3 = o2 + pitch;
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
        zero.add(a00).intoArray(out, o0);
        zero.add(a01).intoArray(out, o0 + LANES);
        zero.add(a02).intoArray(out, o0 + 2 * LANES);
        zero.add(a03).intoArray(out, o0 + 3 * LANES);
        zero.add(a10).intoArray(out, o1);
        zero.add(a11).intoArray(out, o1 + LANES);
        zero.add(a12).intoArray(out, o1 + 2 * LANES);
        zero.add(a13).intoArray(out, o1 + 3 * LANES);
        zero.add(a20).intoArray(out, o2);
        zero.add(a21).intoArray(out, o2 + LANES);
        zero.add(a22).intoArray(out, o2 + 2 * LANES);
        zero.add(a23).intoArray(out, o2 + 3 * LANES);
        zero.add(a30).intoArray(out, o3);
        zero.add(a31).intoArray(out, o3 + LANES);
        zero.add(a32).intoArray(out, o3 + 2 * LANES);
        zero.add(a33).intoArray(out, o3 + 3 * LANES);
    }
}
