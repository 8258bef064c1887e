package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Flat sweeps of stars: a node and its two neighbours along the row, with up to two taps before and behind the three.
 *
 * <p>Loads that cross a cache line run at half the rate of others, so the neighbours are taken from the registers of
 * three vectors that follow each other, of which one is loaded for each vector of results; where selecting from two
 * vectors is slow they are loaded. A vector that holds the first or last node of a row has the neighbour of that node
 * put in its lane ({@link FloatRowEnds}), so nothing is left to mend; other vectors blend in no lane, because calls that
 * C2 finds rare it does not inline, and boxes vectors for them. Bits are those of {@link FloatSweep}.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatStar {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();
    private static final int SHIFT = Integer.numberOfTrailingZeros(Float.BYTES);

    /** Whether selecting from two vectors is one instruction. */
    static final boolean SELECTS = STEP == 64;

    private FloatStar() {}

    /** Taps along the row. */
    static final int WIDTH = 3;

    /**
     * Whether there is a pass for as many taps.
     *
     * @param before number of taps before those along the row
     * @param behind number of taps behind them
     * @return true for those that {@link #pass} takes
     */
    static boolean serves(int before, int behind) {
        return switch (before) {
            case 0 -> behind <= 1;
            case 1 -> behind <= 2;
            case 2 -> behind == 1 || behind == 2;
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
            case 0 -> star00(in, out, first, end, d, w, ends);
            case 1 -> star01(in, out, first, end, d, w, ends);
            case 10 -> star10(in, out, first, end, d, w, ends);
            case 11 -> star11(in, out, first, end, d, w, ends);
            case 12 -> star12(in, out, first, end, d, w, ends);
            case 21 -> star21(in, out, first, end, d, w, ends);
            case 22 -> star22(in, out, first, end, d, w, ends);
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

    private static void star00(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends) {
        long left = d[0];
        long right = d[2];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
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
            sum = w1.fma(middle, sum);
            sum = w2.fma(above, sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            before = middle;
            middle = after;
        }
    }

    private static void star01(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends) {
        long d3 = d[3];
        long left = d[0];
        long right = d[2];
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
            sum = w1.fma(middle, sum);
            sum = w2.fma(above, sum);
            sum = load(in, i + d3).fma(w3, sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            before = middle;
            middle = after;
        }
    }

    private static void star10(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends) {
        long d0 = d[0];
        long left = d[1];
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
            sum = w1.fma(below, sum);
            sum = w2.fma(middle, sum);
            sum = w3.fma(above, sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            before = middle;
            middle = after;
        }
    }

    private static void star11(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends) {
        long d0 = d[0];
        long d4 = d[4];
        long left = d[1];
        long right = d[3];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
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
            sum = w1.fma(below, sum);
            sum = w2.fma(middle, sum);
            sum = w3.fma(above, sum);
            sum = load(in, i + d4).fma(w4, sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            before = middle;
            middle = after;
        }
    }

    private static void star12(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends) {
        long d0 = d[0];
        long d4 = d[4];
        long d5 = d[5];
        long left = d[1];
        long right = d[3];
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
            FloatVector sum = load(in, i + d0).fma(w0, zero);
            sum = w1.fma(below, sum);
            sum = w2.fma(middle, sum);
            sum = w3.fma(above, sum);
            sum = load(in, i + d4).fma(w4, sum);
            sum = load(in, i + d5).fma(w5, sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            before = middle;
            middle = after;
        }
    }

    private static void star21(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends) {
        long d0 = d[0];
        long d1 = d[1];
        long d5 = d[5];
        long left = d[2];
        long right = d[4];
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
            FloatVector sum = load(in, i + d0).fma(w0, zero);
            sum = load(in, i + d1).fma(w1, sum);
            sum = w2.fma(below, sum);
            sum = w3.fma(middle, sum);
            sum = w4.fma(above, sum);
            sum = load(in, i + d5).fma(w5, sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            before = middle;
            middle = after;
        }
    }

    private static void star22(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends) {
        long d0 = d[0];
        long d1 = d[1];
        long d5 = d[5];
        long d6 = d[6];
        long left = d[2];
        long right = d[4];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector w5 = weight(w, 5);
        FloatVector w6 = weight(w, 6);
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
            sum = w3.fma(middle, sum);
            sum = w4.fma(above, sum);
            sum = load(in, i + d5).fma(w5, sum);
            sum = load(in, i + d6).fma(w6, sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            before = middle;
            middle = after;
        }
    }
}
