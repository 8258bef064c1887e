package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Flat sweeps of stars without their middle: the two neighbours of a node along the row, as first differences read them,
 * with taps before and behind the two. All else is as in {@link FloatStar}.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatOpenStar {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();
    private static final int SHIFT = Integer.numberOfTrailingZeros(Float.BYTES);

    /** Whether selecting from two vectors is one instruction. */
    private static final boolean SELECTS = STEP == 64;

    private FloatOpenStar() {}

    /** Taps along the row. */
    static final int WIDTH = 2;

    /**
     * Whether there is a pass for as many taps.
     *
     * @param before number of taps before those along the row
     * @param behind number of taps behind them
     * @return true for those that {@link #pass} takes
     */
    static boolean serves(int before, int behind) {
        return switch (before) {
            case 0 -> behind == 0 || behind == 2 || behind == 4;
            case 2 -> behind == 0;
            default -> false;
        };
    }

    /**
     * One pass over whole vectors.
     *
     * @param in input elements; those of the row of the node are there for {@link FloatRowEnds#MARGIN} bytes on both sides
     * @param out output elements
     * @param first byte position of the first output element
     * @param end byte position behind the last output element; the length is a multiple of the vector length
     * @param d byte displacements of the taps
     * @param w weights of the taps
     * @param before number of taps before those along the row
     * @param ends what the first and last node of a row have for neighbours
     */
    static void pass(
            MemorySegment in,
            MemorySegment out,
            long first,
            long end,
            long[] d,
            float[] w,
            int before,
            FloatRowEnds ends) {
        switch (10 * before + d.length - before - WIDTH) {
            case 0 -> open00(in, out, first, end, d, w, ends);
            case 2 -> open02(in, out, first, end, d, w, ends);
            case 20 -> open20(in, out, first, end, d, w, ends);
            case 4 -> open04(in, out, first, end, d, w, ends);
            default -> throw new IllegalArgumentException(before + " of " + d.length + " taps are before those "
                    + "along the row; no pass takes them so");
        }
    }

    private static FloatVector load(MemorySegment segment, long position) {
        return FloatVector.fromMemorySegment(SPECIES, segment, position, ORDER);
    }

    private static FloatVector weight(float[] w, int tap) {
        return FloatVector.broadcast(SPECIES, w[tap]);
    }

    private static void open00(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends) {
        long left = d[0];
        long right = d[1];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector toLeft = FloatNeighbours.LEFT;
        FloatVector toRight = FloatNeighbours.RIGHT;
        long at = left + Float.BYTES;
        long low = ends.firstStart(first);
        long high = ends.firstEnd(first);
        FloatVector before = load(in, first + at - STEP);
        FloatVector middle = load(in, first + at);
        for (long i = first; i < end; i += STEP) {
            FloatVector after = load(in, i + at + STEP);
            FloatVector belowInside = SELECTS ? toLeft.selectFrom(before, middle) : load(in, i + left);
            long lane = 0;
            float beyond = (float) 0;
            if (low < i + STEP) {
                lane = 1L << ((low - i) >> SHIFT);
                beyond = ends.below(in, low + at);
                low += ends.rowBytes();
            }
            FloatVector below = belowInside.blend(beyond, VectorMask.fromLong(SPECIES, lane));
            FloatVector aboveInside = SELECTS ? toRight.selectFrom(middle, after) : load(in, i + right);
            lane = 0;
            beyond = (float) 0;
            if (high < i + STEP) {
                lane = 1L << ((high - i) >> SHIFT);
                beyond = ends.above(in, high + at);
                high += ends.rowBytes();
            }
            FloatVector above = aboveInside.blend(beyond, VectorMask.fromLong(SPECIES, lane));
            FloatVector sum = w0.fma(below, zero);
            sum = w1.fma(above, sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            before = middle;
            middle = after;
        }
    }

    private static void open02(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends) {
        long d2 = d[2];
        long d3 = d[3];
        long left = d[0];
        long right = d[1];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector toLeft = FloatNeighbours.LEFT;
        FloatVector toRight = FloatNeighbours.RIGHT;
        long at = left + Float.BYTES;
        long low = ends.firstStart(first);
        long high = ends.firstEnd(first);
        FloatVector before = load(in, first + at - STEP);
        FloatVector middle = load(in, first + at);
        for (long i = first; i < end; i += STEP) {
            FloatVector after = load(in, i + at + STEP);
            FloatVector belowInside = SELECTS ? toLeft.selectFrom(before, middle) : load(in, i + left);
            long lane = 0;
            float beyond = (float) 0;
            if (low < i + STEP) {
                lane = 1L << ((low - i) >> SHIFT);
                beyond = ends.below(in, low + at);
                low += ends.rowBytes();
            }
            FloatVector below = belowInside.blend(beyond, VectorMask.fromLong(SPECIES, lane));
            FloatVector aboveInside = SELECTS ? toRight.selectFrom(middle, after) : load(in, i + right);
            lane = 0;
            beyond = (float) 0;
            if (high < i + STEP) {
                lane = 1L << ((high - i) >> SHIFT);
                beyond = ends.above(in, high + at);
                high += ends.rowBytes();
            }
            FloatVector above = aboveInside.blend(beyond, VectorMask.fromLong(SPECIES, lane));
            FloatVector sum = w0.fma(below, zero);
            sum = w1.fma(above, sum);
            sum = load(in, i + d2).fma(w2, sum);
            sum = load(in, i + d3).fma(w3, sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            before = middle;
            middle = after;
        }
    }

    private static void open20(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends) {
        long d0 = d[0];
        long d1 = d[1];
        long left = d[2];
        long right = d[3];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector toLeft = FloatNeighbours.LEFT;
        FloatVector toRight = FloatNeighbours.RIGHT;
        long at = left + Float.BYTES;
        long low = ends.firstStart(first);
        long high = ends.firstEnd(first);
        FloatVector before = load(in, first + at - STEP);
        FloatVector middle = load(in, first + at);
        for (long i = first; i < end; i += STEP) {
            FloatVector after = load(in, i + at + STEP);
            FloatVector belowInside = SELECTS ? toLeft.selectFrom(before, middle) : load(in, i + left);
            long lane = 0;
            float beyond = (float) 0;
            if (low < i + STEP) {
                lane = 1L << ((low - i) >> SHIFT);
                beyond = ends.below(in, low + at);
                low += ends.rowBytes();
            }
            FloatVector below = belowInside.blend(beyond, VectorMask.fromLong(SPECIES, lane));
            FloatVector aboveInside = SELECTS ? toRight.selectFrom(middle, after) : load(in, i + right);
            lane = 0;
            beyond = (float) 0;
            if (high < i + STEP) {
                lane = 1L << ((high - i) >> SHIFT);
                beyond = ends.above(in, high + at);
                high += ends.rowBytes();
            }
            FloatVector above = aboveInside.blend(beyond, VectorMask.fromLong(SPECIES, lane));
            FloatVector sum = load(in, i + d0).fma(w0, zero);
            sum = load(in, i + d1).fma(w1, sum);
            sum = w2.fma(below, sum);
            sum = w3.fma(above, sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            before = middle;
            middle = after;
        }
    }

    private static void open04(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends) {
        long d2 = d[2];
        long d3 = d[3];
        long d4 = d[4];
        long d5 = d[5];
        long left = d[0];
        long right = d[1];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector w5 = weight(w, 5);
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector toLeft = FloatNeighbours.LEFT;
        FloatVector toRight = FloatNeighbours.RIGHT;
        long at = left + Float.BYTES;
        long low = ends.firstStart(first);
        long high = ends.firstEnd(first);
        FloatVector before = load(in, first + at - STEP);
        FloatVector middle = load(in, first + at);
        for (long i = first; i < end; i += STEP) {
            FloatVector after = load(in, i + at + STEP);
            FloatVector belowInside = SELECTS ? toLeft.selectFrom(before, middle) : load(in, i + left);
            long lane = 0;
            float beyond = (float) 0;
            if (low < i + STEP) {
                lane = 1L << ((low - i) >> SHIFT);
                beyond = ends.below(in, low + at);
                low += ends.rowBytes();
            }
            FloatVector below = belowInside.blend(beyond, VectorMask.fromLong(SPECIES, lane));
            FloatVector aboveInside = SELECTS ? toRight.selectFrom(middle, after) : load(in, i + right);
            lane = 0;
            beyond = (float) 0;
            if (high < i + STEP) {
                lane = 1L << ((high - i) >> SHIFT);
                beyond = ends.above(in, high + at);
                high += ends.rowBytes();
            }
            FloatVector above = aboveInside.blend(beyond, VectorMask.fromLong(SPECIES, lane));
            FloatVector sum = w0.fma(below, zero);
            sum = w1.fma(above, sum);
            sum = load(in, i + d2).fma(w2, sum);
            sum = load(in, i + d3).fma(w3, sum);
            sum = load(in, i + d4).fma(w4, sum);
            sum = load(in, i + d5).fma(w5, sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            before = middle;
            middle = after;
        }
    }
}
