package org.isotrope.kernels.engine.separable;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Passes along rows for several even weights at once, which share the sums of mirrored inputs:
 * {@code out_k[x] = Σ_q w_k[q] (row[x + q] + row[x + 2r − q])}, {@code 0 ≤ q ≤ r}, in ascending q, with half of each
 * weight at its centre, where an input is added to itself.
 *
 * <p>Almost half of the loads cross lines of the cache, so that loads are what such passes take longest for where few
 * weights share them. Blocks are of as many vectors as leave room for all sums: 8 to 10 keep the units for fma busy, and
 * more than 10 are too many for sixteen registers.
 */
public final class FloatMirroredRows {
    /** Most passes at once. */
    static final int MOST = 5;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private FloatMirroredRows() {}

    private static FloatVector load(float[] box, int position) {
        return FloatVector.fromArray(SPECIES, box, position);
    }

    private static FloatVector weight(float[] w, int position) {
        return FloatVector.broadcast(SPECIES, w[position]);
    }

    /**
     * How many passes to do at once, one group of them after the other.
     *
     * @param passes number of passes
     * @return passes of each group
     */
    public static int[] groups(int passes) {
        int[] groups = new int[(passes + MOST - 1) / MOST];
        for (int g = 0; g < groups.length; g++) {
            groups[g] = (int) ((long) passes * (g + 1) / groups.length) - (int) ((long) passes * g / groups.length);
        }
        return groups;
    }

    /**
     * Vectors of a block of so many passes.
     *
     * @param passes 1 to 5
     * @return number of vectors
     */
    public static int vectors(int passes) {
        return switch (passes) {
            case 2 -> 4;
            case 3 -> 3;
            default -> 2;
        };
    }

    /**
     * The passes over a row.
     *
     * @param passes how many, from 2 to {@link #MOST}
     * @param row input, from the first element that the first output reads
     * @param w a weight of each pass for every q
     * @param out output, not the input
     * @param o position of the first pass
     * @param distance from a pass to the next
     * @param columns how many; where they are fewer than those of a block, as many as that are computed
     */
    static void passes(int passes, float[] row, float[] w, float[] out, int o, int distance, int columns) {
        switch (passes) {
            case 2 -> two(row, w, out, o, distance, columns);
            case 3 -> three(row, w, out, o, distance, columns);
            case 4 -> four(row, w, out, o, distance, columns);
            case 5 -> five(row, w, out, o, distance, columns);
            default -> throw new IllegalArgumentException("passes is " + passes + "; it had to be from 2 to " + MOST);
        }
    }

    private static void two(float[] row, float[] w, float[] out, int o, int distance, int columns) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int steps = w.length / 2;
        for (int x = 0; x < columns; x += 4 * LANES) {
            int p = Math.max(0, Math.min(x, columns - 4 * LANES));
            FloatVector a00 = zero;
            FloatVector a01 = zero;
            FloatVector a02 = zero;
            FloatVector a03 = zero;
            FloatVector a10 = zero;
            FloatVector a11 = zero;
            FloatVector a12 = zero;
            FloatVector a13 = zero;
            int m = p + 2 * steps - 2;
            for (int q = 0; q < steps; q++) {
                FloatVector f0 = load(row, p + q).add(load(row, m - q));
                FloatVector f1 = load(row, p + q + LANES).add(load(row, m - q + LANES));
                FloatVector f2 = load(row, p + q + 2 * LANES).add(load(row, m - q + 2 * LANES));
                FloatVector f3 = load(row, p + q + 3 * LANES).add(load(row, m - q + 3 * LANES));
                FloatVector w0 = weight(w, 2 * q);
                a00 = f0.fma(w0, a00);
                a01 = f1.fma(w0, a01);
                a02 = f2.fma(w0, a02);
                a03 = f3.fma(w0, a03);
                FloatVector w1 = weight(w, 2 * q + 1);
                a10 = f0.fma(w1, a10);
                a11 = f1.fma(w1, a11);
                a12 = f2.fma(w1, a12);
                a13 = f3.fma(w1, a13);
            }
            int target = o + p;
            zero.add(a00).intoArray(out, target);
            zero.add(a01).intoArray(out, target + LANES);
            zero.add(a02).intoArray(out, target + 2 * LANES);
            zero.add(a03).intoArray(out, target + 3 * LANES);
            target += distance;
            zero.add(a10).intoArray(out, target);
            zero.add(a11).intoArray(out, target + LANES);
            zero.add(a12).intoArray(out, target + 2 * LANES);
            zero.add(a13).intoArray(out, target + 3 * LANES);
        }
    }

    private static void three(float[] row, float[] w, float[] out, int o, int distance, int columns) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int steps = w.length / 3;
        for (int x = 0; x < columns; x += 3 * LANES) {
            int p = Math.max(0, Math.min(x, columns - 3 * LANES));
            FloatVector a00 = zero;
            FloatVector a01 = zero;
            FloatVector a02 = zero;
            FloatVector a10 = zero;
            FloatVector a11 = zero;
            FloatVector a12 = zero;
            FloatVector a20 = zero;
            FloatVector a21 = zero;
            FloatVector a22 = zero;
            int m = p + 2 * steps - 2;
            for (int q = 0; q < steps; q++) {
                FloatVector f0 = load(row, p + q).add(load(row, m - q));
                FloatVector f1 = load(row, p + q + LANES).add(load(row, m - q + LANES));
                FloatVector f2 = load(row, p + q + 2 * LANES).add(load(row, m - q + 2 * LANES));
                FloatVector w0 = weight(w, 3 * q);
                a00 = f0.fma(w0, a00);
                a01 = f1.fma(w0, a01);
                a02 = f2.fma(w0, a02);
                FloatVector w1 = weight(w, 3 * q + 1);
                a10 = f0.fma(w1, a10);
                a11 = f1.fma(w1, a11);
                a12 = f2.fma(w1, a12);
                FloatVector w2 = weight(w, 3 * q + 2);
                a20 = f0.fma(w2, a20);
                a21 = f1.fma(w2, a21);
                a22 = f2.fma(w2, a22);
            }
            int target = o + p;
            zero.add(a00).intoArray(out, target);
            zero.add(a01).intoArray(out, target + LANES);
            zero.add(a02).intoArray(out, target + 2 * LANES);
            target += distance;
            zero.add(a10).intoArray(out, target);
            zero.add(a11).intoArray(out, target + LANES);
            zero.add(a12).intoArray(out, target + 2 * LANES);
            target += distance;
            zero.add(a20).intoArray(out, target);
            zero.add(a21).intoArray(out, target + LANES);
            zero.add(a22).intoArray(out, target + 2 * LANES);
        }
    }

    private static void four(float[] row, float[] w, float[] out, int o, int distance, int columns) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int steps = w.length / 4;
        for (int x = 0; x < columns; x += 2 * LANES) {
            int p = Math.max(0, Math.min(x, columns - 2 * LANES));
            FloatVector a00 = zero;
            FloatVector a01 = zero;
            FloatVector a10 = zero;
            FloatVector a11 = zero;
            FloatVector a20 = zero;
            FloatVector a21 = zero;
            FloatVector a30 = zero;
            FloatVector a31 = zero;
            int m = p + 2 * steps - 2;
            for (int q = 0; q < steps; q++) {
                FloatVector f0 = load(row, p + q).add(load(row, m - q));
                FloatVector f1 = load(row, p + q + LANES).add(load(row, m - q + LANES));
                FloatVector w0 = weight(w, 4 * q);
                a00 = f0.fma(w0, a00);
                a01 = f1.fma(w0, a01);
                FloatVector w1 = weight(w, 4 * q + 1);
                a10 = f0.fma(w1, a10);
                a11 = f1.fma(w1, a11);
                FloatVector w2 = weight(w, 4 * q + 2);
                a20 = f0.fma(w2, a20);
                a21 = f1.fma(w2, a21);
                FloatVector w3 = weight(w, 4 * q + 3);
                a30 = f0.fma(w3, a30);
                a31 = f1.fma(w3, a31);
            }
            int target = o + p;
            zero.add(a00).intoArray(out, target);
            zero.add(a01).intoArray(out, target + LANES);
            target += distance;
            zero.add(a10).intoArray(out, target);
            zero.add(a11).intoArray(out, target + LANES);
            target += distance;
            zero.add(a20).intoArray(out, target);
            zero.add(a21).intoArray(out, target + LANES);
            target += distance;
            zero.add(a30).intoArray(out, target);
            zero.add(a31).intoArray(out, target + LANES);
        }
    }

    private static void five(float[] row, float[] w, float[] out, int o, int distance, int columns) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int steps = w.length / 5;
        for (int x = 0; x < columns; x += 2 * LANES) {
            int p = Math.max(0, Math.min(x, columns - 2 * LANES));
            FloatVector a00 = zero;
            FloatVector a01 = zero;
            FloatVector a10 = zero;
            FloatVector a11 = zero;
            FloatVector a20 = zero;
            FloatVector a21 = zero;
            FloatVector a30 = zero;
            FloatVector a31 = zero;
            FloatVector a40 = zero;
            FloatVector a41 = zero;
            int m = p + 2 * steps - 2;
            for (int q = 0; q < steps; q++) {
                FloatVector f0 = load(row, p + q).add(load(row, m - q));
                FloatVector f1 = load(row, p + q + LANES).add(load(row, m - q + LANES));
                FloatVector w0 = weight(w, 5 * q);
                a00 = f0.fma(w0, a00);
                a01 = f1.fma(w0, a01);
                FloatVector w1 = weight(w, 5 * q + 1);
                a10 = f0.fma(w1, a10);
                a11 = f1.fma(w1, a11);
                FloatVector w2 = weight(w, 5 * q + 2);
                a20 = f0.fma(w2, a20);
                a21 = f1.fma(w2, a21);
                FloatVector w3 = weight(w, 5 * q + 3);
                a30 = f0.fma(w3, a30);
                a31 = f1.fma(w3, a31);
                FloatVector w4 = weight(w, 5 * q + 4);
                a40 = f0.fma(w4, a40);
                a41 = f1.fma(w4, a41);
            }
            int target = o + p;
            zero.add(a00).intoArray(out, target);
            zero.add(a01).intoArray(out, target + LANES);
            target += distance;
            zero.add(a10).intoArray(out, target);
            zero.add(a11).intoArray(out, target + LANES);
            target += distance;
            zero.add(a20).intoArray(out, target);
            zero.add(a21).intoArray(out, target + LANES);
            target += distance;
            zero.add(a30).intoArray(out, target);
            zero.add(a31).intoArray(out, target + LANES);
            target += distance;
            zero.add(a40).intoArray(out, target);
            zero.add(a41).intoArray(out, target + LANES);
        }
    }
}
