package org.isotrope.kernels.engine.gradient;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.isotrope.kernels.engine.block.FloatBlocks;
import org.jspecify.annotations.Nullable;

/**
 * Sixteen correlations at once: {@code g_bc += Σ_i y[i − b] f[i + c]} for four shifts of one field and four of the
 * other, so that eight loads serve sixteen fma.
 *
 * <p>Within a chunk, element {@code i} belongs to running sum {@code i mod 16} whatever the vector length; narrower
 * vectors go over a chunk several times. The sixteen sums join in {@code double}, in order, and chunks add up in
 * {@code double}.
 */
final class FloatCorrelation {
    /** Correlations along each side of a group. */
    static final int SIDE = 4;

    /** Elements of a chunk: 64 terms of a running sum, and all that is read stays in the first-level cache. */
    static final int CHUNK = 1024;

    /** Running sums of one correlation; a chunk is a multiple of these. */
    static final int DEALT = 16;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private FloatCorrelation() {}

    private static FloatVector load(MemorySegment segment, long position) {
        return FloatVector.fromMemorySegment(SPECIES, segment, position, ORDER);
    }

    /**
     * Adds one chunk of a group.
     *
     * @param f one field
     * @param fFirst elements of it at which the four columns begin
     * @param y the other field
     * @param yFirst elements of it at which the four rows begin
     * @param at first element of the chunk, relative to these
     * @param count elements, a multiple of {@link #DEALT}
     * @param lanes room for 256 running sums
     * @param sums sixteen sums, added to: row by row, four columns each
     */
    static void add(
            MemorySegment f,
            long[] fFirst,
            MemorySegment y,
            long[] yFirst,
            long at,
            int count,
            float[] lanes,
            double[] sums) {
        add(f, fFirst, y, yFirst, at, count, lanes, sums, null);
    }

    private static void add(
            MemorySegment f, long[] fFirst, MemorySegment y, long[] yFirst, long at, int count, float[] lanes,
            double[] sums, @Nullable Apart apart) {
        for (int lane = 0; lane < DEALT; lane += SPECIES.length()) {
            if (FloatBlocks.SIXTEEN_SUMS) {
                chunk(f, fFirst, y, yFirst, at + lane, count, lanes, lane);
            } else {
                pair(f, fFirst, y, yFirst, at + lane, count, lanes, lane, 0);
                pair(f, fFirst, y, yFirst, at + lane, count, lanes, lane, 2);
            }
        }
        join(lanes, sums);
    }

    /** Adds to each of sixteen sums its sixteen running sums, in order. */
    private static void join(float[] lanes, double[] sums) {
        for (int g = 0; g < SIDE * SIDE; g++) {
            double even = 0;
            double odd = 0;
            for (int lane = g * DEALT; lane < (g + 1) * DEALT; lane += 2) {
                even += lanes[lane];
                odd += lanes[lane + 1];
            }
            sums[g] += even + odd;
        }
    }

    private static void chunk(
            MemorySegment f,
            long[] fFirst,
            MemorySegment y,
            long[] yFirst,
            long at,
            int count,
            float[] lanes,
            int lane) {
        long fAt0 = (fFirst[0] + at) * Float.BYTES;
        long fAt1 = (fFirst[1] + at) * Float.BYTES;
        long fAt2 = (fFirst[2] + at) * Float.BYTES;
        long fAt3 = (fFirst[3] + at) * Float.BYTES;
        long yAt0 = (yFirst[0] + at) * Float.BYTES;
        long yAt1 = (yFirst[1] + at) * Float.BYTES;
        long yAt2 = (yFirst[2] + at) * Float.BYTES;
        long yAt3 = (yFirst[3] + at) * Float.BYTES;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector g00 = zero;
        FloatVector g01 = zero;
        FloatVector g02 = zero;
        FloatVector g03 = zero;
        FloatVector g10 = zero;
        FloatVector g11 = zero;
        FloatVector g12 = zero;
        FloatVector g13 = zero;
        FloatVector g20 = zero;
        FloatVector g21 = zero;
        FloatVector g22 = zero;
        FloatVector g23 = zero;
        FloatVector g30 = zero;
        FloatVector g31 = zero;
        FloatVector g32 = zero;
        FloatVector g33 = zero;
        long end = (long) count * Float.BYTES;
        for (long i = 0; i < end; i += (long) DEALT * Float.BYTES) {
            FloatVector y0 = load(y, yAt0 + i);
            FloatVector y1 = load(y, yAt1 + i);
            FloatVector y2 = load(y, yAt2 + i);
            FloatVector y3 = load(y, yAt3 + i);
            FloatVector f0 = load(f, fAt0 + i);
            g00 = y0.fma(f0, g00);
            g10 = y1.fma(f0, g10);
            g20 = y2.fma(f0, g20);
            g30 = y3.fma(f0, g30);
            FloatVector f1 = load(f, fAt1 + i);
            g01 = y0.fma(f1, g01);
            g11 = y1.fma(f1, g11);
            g21 = y2.fma(f1, g21);
            g31 = y3.fma(f1, g31);
            FloatVector f2 = load(f, fAt2 + i);
            g02 = y0.fma(f2, g02);
            g12 = y1.fma(f2, g12);
            g22 = y2.fma(f2, g22);
            g32 = y3.fma(f2, g32);
            FloatVector f3 = load(f, fAt3 + i);
            g03 = y0.fma(f3, g03);
            g13 = y1.fma(f3, g13);
            g23 = y2.fma(f3, g23);
            g33 = y3.fma(f3, g33);
        }
        zero.add(g00).intoArray(lanes, lane);
        zero.add(g01).intoArray(lanes, 1 * DEALT + lane);
        zero.add(g02).intoArray(lanes, 2 * DEALT + lane);
        zero.add(g03).intoArray(lanes, 3 * DEALT + lane);
        zero.add(g10).intoArray(lanes, 4 * DEALT + lane);
        zero.add(g11).intoArray(lanes, 5 * DEALT + lane);
        zero.add(g12).intoArray(lanes, 6 * DEALT + lane);
        zero.add(g13).intoArray(lanes, 7 * DEALT + lane);
        zero.add(g20).intoArray(lanes, 8 * DEALT + lane);
        zero.add(g21).intoArray(lanes, 9 * DEALT + lane);
        zero.add(g22).intoArray(lanes, 10 * DEALT + lane);
        zero.add(g23).intoArray(lanes, 11 * DEALT + lane);
        zero.add(g30).intoArray(lanes, 12 * DEALT + lane);
        zero.add(g31).intoArray(lanes, 13 * DEALT + lane);
        zero.add(g32).intoArray(lanes, 14 * DEALT + lane);
        zero.add(g33).intoArray(lanes, 15 * DEALT + lane);
    }

    /** Columns {@code c} and {@code c + 1} alone, for machines where sixteen sums do not fit into registers. */
    private static void pair(
            MemorySegment f,
            long[] fFirst,
            MemorySegment y,
            long[] yFirst,
            long at,
            int count,
            float[] lanes,
            int lane,
            int c) {
        long fAt0 = (fFirst[c] + at) * Float.BYTES;
        long fAt1 = (fFirst[c + 1] + at) * Float.BYTES;
        long yAt0 = (yFirst[0] + at) * Float.BYTES;
        long yAt1 = (yFirst[1] + at) * Float.BYTES;
        long yAt2 = (yFirst[2] + at) * Float.BYTES;
        long yAt3 = (yFirst[3] + at) * Float.BYTES;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector g00 = zero;
        FloatVector g01 = zero;
        FloatVector g10 = zero;
        FloatVector g11 = zero;
        FloatVector g20 = zero;
        FloatVector g21 = zero;
        FloatVector g30 = zero;
        FloatVector g31 = zero;
        long end = (long) count * Float.BYTES;
        for (long i = 0; i < end; i += (long) DEALT * Float.BYTES) {
            FloatVector f0 = load(f, fAt0 + i);
            FloatVector f1 = load(f, fAt1 + i);
            FloatVector y0 = load(y, yAt0 + i);
            g00 = y0.fma(f0, g00);
            g01 = y0.fma(f1, g01);
            FloatVector y1 = load(y, yAt1 + i);
            g10 = y1.fma(f0, g10);
            g11 = y1.fma(f1, g11);
            FloatVector y2 = load(y, yAt2 + i);
            g20 = y2.fma(f0, g20);
            g21 = y2.fma(f1, g21);
            FloatVector y3 = load(y, yAt3 + i);
            g30 = y3.fma(f0, g30);
            g31 = y3.fma(f1, g31);
        }
        int first = lane + c * DEALT;
        zero.add(g00).intoArray(lanes, first);
        zero.add(g01).intoArray(lanes, first + 1 * DEALT);
        zero.add(g10).intoArray(lanes, first + 4 * DEALT);
        zero.add(g11).intoArray(lanes, first + 5 * DEALT);
        zero.add(g20).intoArray(lanes, first + 8 * DEALT);
        zero.add(g21).intoArray(lanes, first + 9 * DEALT);
        zero.add(g30).intoArray(lanes, first + 12 * DEALT);
        zero.add(g31).intoArray(lanes, first + 13 * DEALT);
    }
}
