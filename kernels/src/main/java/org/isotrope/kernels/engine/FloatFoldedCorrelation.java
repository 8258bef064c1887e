package org.isotrope.kernels.engine;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sixteen correlations of folded rows at once:
 * {@code g_bc += Σ_i y[i − b] (f[i + c] + s f[i − c])} for four shifts of one field and four pairs of the other.
 *
 * <p>Elements are dealt to running sums as in {@link FloatCorrelation}.
 */
final class FloatFoldedCorrelation {
    /** Elements of a chunk: 256 terms of a running sum. */
    static final int CHUNK = 4096;

    /** Elements of a chunk that are gone over several times while they stay in a small first-level cache. */
    private static final int PIECE = 1024;

    private static final int DEALT = FloatCorrelation.DEALT;
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private FloatFoldedCorrelation() {}

    /**
     * Adds one chunk of a group.
     *
     * @param f folded rows
     * @param plus where the four columns begin
     * @param minus where their mirror images begin
     * @param s sign of the mirror images
     * @param y the other field
     * @param shifts where its four shifts begin
     * @param at first element of the chunk, relative to these
     * @param count elements, a multiple of {@link FloatCorrelation#DEALT}
     * @param lanes room for 256 running sums
     * @param sums sixteen sums, added to: shift by shift, four columns each
     */
    static void add(
            float[] f,
            int[] plus,
            int[] minus,
            float s,
            float[] y,
            int[] shifts,
            int at,
            int count,
            float[] lanes,
            double[] sums) {
        if (FloatBlocks.SIXTEEN_SUMS) {
            for (int lane = 0; lane < DEALT; lane += SPECIES.length()) {
                chunk(f, plus, minus, s, y, shifts, at + lane, count, lanes, lane);
            }
        } else {
            Arrays.fill(lanes, (float) 0);
            for (int from = 0; from < count; from += PIECE) {
                for (int lane = 0; lane < DEALT; lane += SPECIES.length()) {
                    int first = at + from + lane;
                    int some = Math.min(PIECE, count - from);
                    pair(f, plus, minus, s, y, shifts, first, some, lanes, lane, 0);
                    pair(f, plus, minus, s, y, shifts, first, some, lanes, lane, 2);
                }
            }
        }
        FloatCorrelation.join(lanes, sums);
    }

    private static FloatVector load(float[] array, int position) {
        return FloatVector.fromArray(SPECIES, array, position);
    }

    private static void chunk(
            float[] f,
            int[] plus,
            int[] minus,
            float s,
            float[] y,
            int[] shifts,
            int at,
            int count,
            float[] lanes,
            int lane) {
        int f0At = plus[0] + at;
        int f1At = plus[1] + at;
        int f2At = plus[2] + at;
        int f3At = plus[3] + at;
        int m0 = minus[0] + at;
        int m1 = minus[1] + at;
        int m2 = minus[2] + at;
        int m3 = minus[3] + at;
        int y0At = shifts[0] + at;
        int y1At = shifts[1] + at;
        int y2At = shifts[2] + at;
        int y3At = shifts[3] + at;
        FloatVector sign = FloatVector.broadcast(SPECIES, s);
        FloatVector g00 = FloatVector.zero(SPECIES);
        FloatVector g01 = FloatVector.zero(SPECIES);
        FloatVector g02 = FloatVector.zero(SPECIES);
        FloatVector g03 = FloatVector.zero(SPECIES);
        FloatVector g10 = FloatVector.zero(SPECIES);
        FloatVector g11 = FloatVector.zero(SPECIES);
        FloatVector g12 = FloatVector.zero(SPECIES);
        FloatVector g13 = FloatVector.zero(SPECIES);
        FloatVector g20 = FloatVector.zero(SPECIES);
        FloatVector g21 = FloatVector.zero(SPECIES);
        FloatVector g22 = FloatVector.zero(SPECIES);
        FloatVector g23 = FloatVector.zero(SPECIES);
        FloatVector g30 = FloatVector.zero(SPECIES);
        FloatVector g31 = FloatVector.zero(SPECIES);
        FloatVector g32 = FloatVector.zero(SPECIES);
        FloatVector g33 = FloatVector.zero(SPECIES);
        for (int i = 0; i < count; i += DEALT) {
            FloatVector y0 = load(y, y0At + i);
            FloatVector y1 = load(y, y1At + i);
            FloatVector y2 = load(y, y2At + i);
            FloatVector y3 = load(y, y3At + i);
            FloatVector f0 = load(f, m0 + i).fma(sign, load(f, f0At + i));
            g00 = y0.fma(f0, g00);
            g10 = y1.fma(f0, g10);
            g20 = y2.fma(f0, g20);
            g30 = y3.fma(f0, g30);
            FloatVector f1 = load(f, m1 + i).fma(sign, load(f, f1At + i));
            g01 = y0.fma(f1, g01);
            g11 = y1.fma(f1, g11);
            g21 = y2.fma(f1, g21);
            g31 = y3.fma(f1, g31);
            FloatVector f2 = load(f, m2 + i).fma(sign, load(f, f2At + i));
            g02 = y0.fma(f2, g02);
            g12 = y1.fma(f2, g12);
            g22 = y2.fma(f2, g22);
            g32 = y3.fma(f2, g32);
            FloatVector f3 = load(f, m3 + i).fma(sign, load(f, f3At + i));
            g03 = y0.fma(f3, g03);
            g13 = y1.fma(f3, g13);
            g23 = y2.fma(f3, g23);
            g33 = y3.fma(f3, g33);
        }
        g00.intoArray(lanes, lane);
        g01.intoArray(lanes, DEALT + lane);
        g02.intoArray(lanes, 2 * DEALT + lane);
        g03.intoArray(lanes, 3 * DEALT + lane);
        g10.intoArray(lanes, 4 * DEALT + lane);
        g11.intoArray(lanes, 5 * DEALT + lane);
        g12.intoArray(lanes, 6 * DEALT + lane);
        g13.intoArray(lanes, 7 * DEALT + lane);
        g20.intoArray(lanes, 8 * DEALT + lane);
        g21.intoArray(lanes, 9 * DEALT + lane);
        g22.intoArray(lanes, 10 * DEALT + lane);
        g23.intoArray(lanes, 11 * DEALT + lane);
        g30.intoArray(lanes, 12 * DEALT + lane);
        g31.intoArray(lanes, 13 * DEALT + lane);
        g32.intoArray(lanes, 14 * DEALT + lane);
        g33.intoArray(lanes, 15 * DEALT + lane);
    }

    /** Adds a piece at columns {@code c} and {@code c + 1}, for machines whose registers do not take sixteen sums. */
    private static void pair(
            float[] f,
            int[] plus,
            int[] minus,
            float s,
            float[] y,
            int[] shifts,
            int at,
            int count,
            float[] lanes,
            int lane,
            int c) {
        int f0At = plus[c] + at;
        int f1At = plus[c + 1] + at;
        int m0 = minus[c] + at;
        int m1 = minus[c + 1] + at;
        int y0At = shifts[0] + at;
        int y1At = shifts[1] + at;
        int y2At = shifts[2] + at;
        int y3At = shifts[3] + at;
        FloatVector sign = FloatVector.broadcast(SPECIES, s);
        int first = lane + c * DEALT;
        FloatVector g00 = load(lanes, first);
        FloatVector g01 = load(lanes, first + 1 * DEALT);
        FloatVector g10 = load(lanes, first + 4 * DEALT);
        FloatVector g11 = load(lanes, first + 5 * DEALT);
        FloatVector g20 = load(lanes, first + 8 * DEALT);
        FloatVector g21 = load(lanes, first + 9 * DEALT);
        FloatVector g30 = load(lanes, first + 12 * DEALT);
        FloatVector g31 = load(lanes, first + 13 * DEALT);
        for (int i = 0; i < count; i += DEALT) {
            FloatVector f0 = load(f, m0 + i).fma(sign, load(f, f0At + i));
            FloatVector f1 = load(f, m1 + i).fma(sign, load(f, f1At + i));
            FloatVector y0 = load(y, y0At + i);
            g00 = y0.fma(f0, g00);
            g01 = y0.fma(f1, g01);
            FloatVector y1 = load(y, y1At + i);
            g10 = y1.fma(f0, g10);
            g11 = y1.fma(f1, g11);
            FloatVector y2 = load(y, y2At + i);
            g20 = y2.fma(f0, g20);
            g21 = y2.fma(f1, g21);
            FloatVector y3 = load(y, y3At + i);
            g30 = y3.fma(f0, g30);
            g31 = y3.fma(f1, g31);
        }
        g00.intoArray(lanes, first);
        g01.intoArray(lanes, first + 1 * DEALT);
        g10.intoArray(lanes, first + 4 * DEALT);
        g11.intoArray(lanes, first + 5 * DEALT);
        g20.intoArray(lanes, first + 8 * DEALT);
        g21.intoArray(lanes, first + 9 * DEALT);
        g30.intoArray(lanes, first + 12 * DEALT);
        g31.intoArray(lanes, first + 13 * DEALT);
    }
}
