package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Flat sweeps of two or three outputs of two taps each at once, of which the last is a star without its middle that gets
 * the neighbours beyond the ends of rows on the way, as in {@link FloatOpenStar}. All else is as in
 * {@link FloatJointSweep}.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatJointStar {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();
    private static final int SHIFT = Integer.numberOfTrailingZeros(Float.BYTES);

    /** Whether selecting from two vectors is one instruction. */
    private static final boolean SELECTS = STEP == 64;

    private static final FloatVector LANES = FloatVector.zero(SPECIES).addIndex(1);
    private static final FloatVector LEFT = LANES.add(SPECIES.length() - 1);
    private static final FloatVector RIGHT = LANES.add(1);

    private FloatJointStar() {}

    /** Taps of each output. */
    static final int TAPS = 2;

    /**
     * One pass over whole vectors.
     *
     * @param in input elements; those of the star's row are there for {@link FloatRowEnds#MARGIN} bytes on both sides
     * @param out output elements
     * @param first byte position of the first node
     * @param end byte position behind the last node; the length is a multiple of the vector length
     * @param o byte displacements of the outputs from a node, two or three, the star last
     * @param d byte displacements of the taps from a node, output by output
     * @param w their weights
     * @param ends what the first and last node of a row have for neighbours
     */
    static void pass(
            MemorySegment in,
            MemorySegment out,
            long first,
            long end,
            long[] o,
            long[] d,
            float[] w,
            FloatRowEnds ends) {
        switch (o.length) {
            case 2 -> two(in, out, first, end, o, d, w, ends);
            case 3 -> three(in, out, first, end, o, d, w, ends);
            default -> throw new IllegalArgumentException(
                    o.length + " outputs are in one pass with a star; they had to be 2 or 3");
        }
    }

    private static FloatVector load(MemorySegment segment, long position) {
        return FloatVector.fromMemorySegment(SPECIES, segment, position, ORDER);
    }

    private static FloatVector weight(float[] w, int tap) {
        return FloatVector.broadcast(SPECIES, w[tap]);
    }

    private static void two(
            MemorySegment in,
            MemorySegment out,
            long first,
            long end,
            long[] o,
            long[] d,
            float[] w,
            FloatRowEnds ends) {
        long o0 = o[0];
        long o1 = o[1];
        long d0 = d[0];
        long d1 = d[1];
        long left = d[2];
        long right = d[3];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector toLeft = LEFT;
        FloatVector toRight = RIGHT;
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
            FloatVector s0 = load(in, i + d0).fma(w0, zero);
            FloatVector s1 = w2.fma(below, zero);
            s0 = load(in, i + d1).fma(w1, s0);
            s1 = w3.fma(above, s1);
            zero.add(s0).intoMemorySegment(out, i + o0, ORDER);
            zero.add(s1).intoMemorySegment(out, i + o1, ORDER);
            before = middle;
            middle = after;
        }
    }

    private static void three(
            MemorySegment in,
            MemorySegment out,
            long first,
            long end,
            long[] o,
            long[] d,
            float[] w,
            FloatRowEnds ends) {
        long o0 = o[0];
        long o1 = o[1];
        long o2 = o[2];
        long d0 = d[0];
        long d1 = d[1];
        long d2 = d[2];
        long d3 = d[3];
        long left = d[4];
        long right = d[5];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector w5 = weight(w, 5);
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector toLeft = LEFT;
        FloatVector toRight = RIGHT;
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
            FloatVector s0 = load(in, i + d0).fma(w0, zero);
            FloatVector s1 = load(in, i + d2).fma(w2, zero);
            FloatVector s2 = w4.fma(below, zero);
            s0 = load(in, i + d1).fma(w1, s0);
            s1 = load(in, i + d3).fma(w3, s1);
            s2 = w5.fma(above, s2);
            zero.add(s0).intoMemorySegment(out, i + o0, ORDER);
            zero.add(s1).intoMemorySegment(out, i + o1, ORDER);
            zero.add(s2).intoMemorySegment(out, i + o2, ORDER);
            before = middle;
            middle = after;
        }
    }
}
