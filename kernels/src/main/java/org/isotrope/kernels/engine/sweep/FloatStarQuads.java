package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * Flat sweeps of stars over rows of four vectors, as {@link FloatStarPairs} has them for rows of two: the outer two vectors of
 * every row with the ends, then the inner two.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatStarQuads {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();

    /** Bytes that one pass goes over after the other, within a first-level cache. */
    private static final long PIECE = 64 * 4 * STEP;

    private FloatStarQuads() {}

    /**
     * Whether there is a pass for as many taps.
     *
     * @param before number of taps before those along the row
     * @param behind number of taps behind them
     */
    static boolean serves(int before, int behind) {
        return before == behind && before >= 1 && before <= 2;
    }

    /**
     * One pass over whole rows; all else is as for {@link FloatStarPairs#pass}.
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
        for (long from = first; from < end; from += PIECE) {
            long to = Math.min(from + PIECE, end);
            if (before == 2) {
                ends22(in, out, from, to, d, w, ends, null);
                middle22(in, out, from, to, d, w, null);
            } else {
                ends11(in, out, from, to, d, w, ends, null);
                middle11(in, out, from, to, d, w, null);
            }
        }
    }

    private static FloatVector load(MemorySegment segment, long position) {
        return FloatVector.fromMemorySegment(SPECIES, segment, position, ORDER);
    }

    private static FloatVector weight(float[] w, int tap) {
        return FloatVector.broadcast(SPECIES, w[tap]);
    }

    private static float value(MemorySegment segment, long position) {
        return segment.get(ValueLayout.JAVA_FLOAT_UNALIGNED, position);
    }

    private static void ends11(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends,
            @Nullable Apart apart) {
        long d0 = d[0];
        long d4 = d[4];
        long at = d[2];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector zero = FloatVector.zero(SPECIES);
        long low = at + ends.lowPosition();
        long high = at + ends.highPosition() + 2 * STEP;
        boolean noLow = ends.below() < 0;
        boolean noHigh = ends.above() < 0;
        for (long i = first; i < end; i += 4 * STEP) {
            FloatVector sum = w0.fma(load(in, i + d0), zero);
            FloatVector next = w0.fma(load(in, i + d0 + 3 * STEP), zero);
            FloatVector left = load(in, i + at);
            FloatVector right = load(in, i + at + 3 * STEP);
            float below = noLow ? (float) 0 : value(in, i + low);
            float above = noHigh ? (float) 0 : value(in, i + high);
            sum = w1.fma(left.rearrange(FloatShifts.UP).blend(FloatVector.broadcast(SPECIES, below), FloatShifts.FIRST), sum);
            next = w1.fma(load(in, i + at + 3 * STEP - Float.BYTES), next);
            sum = w2.fma(left, sum);
            next = w2.fma(right, next);
            sum = w3.fma(load(in, i + at + Float.BYTES), sum);
            next = w3.fma(right.rearrange(FloatShifts.DOWN).blend(FloatVector.broadcast(SPECIES, above), FloatShifts.LAST), next);
            sum = w4.fma(load(in, i + d4), sum);
            next = w4.fma(load(in, i + d4 + 3 * STEP), next);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            zero.add(next).intoMemorySegment(out, i + 3 * STEP, ORDER);
        }
    }

    private static void middle11(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w,
            @Nullable Apart apart) {
        long d0 = d[0];
        long d4 = d[4];
        long at = d[2];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += 4 * STEP) {
            FloatVector sum = w0.fma(load(in, i + d0 + STEP), zero);
            FloatVector next = w0.fma(load(in, i + d0 + 2 * STEP), zero);
            sum = w1.fma(load(in, i + at + STEP - Float.BYTES), sum);
            next = w1.fma(load(in, i + at + 2 * STEP - Float.BYTES), next);
            sum = w2.fma(load(in, i + at + STEP), sum);
            next = w2.fma(load(in, i + at + 2 * STEP), next);
            sum = w3.fma(load(in, i + at + STEP + Float.BYTES), sum);
            next = w3.fma(load(in, i + at + 2 * STEP + Float.BYTES), next);
            sum = w4.fma(load(in, i + d4 + STEP), sum);
            next = w4.fma(load(in, i + d4 + 2 * STEP), next);
            zero.add(sum).intoMemorySegment(out, i + STEP, ORDER);
            zero.add(next).intoMemorySegment(out, i + 2 * STEP, ORDER);
        }
    }

    private static void ends22(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends,
            @Nullable Apart apart) {
        long d0 = d[0];
        long d1 = d[1];
        long d5 = d[5];
        long d6 = d[6];
        long at = d[3];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector w5 = weight(w, 5);
        FloatVector w6 = weight(w, 6);
        FloatVector zero = FloatVector.zero(SPECIES);
        long low = at + ends.lowPosition();
        long high = at + ends.highPosition() + 2 * STEP;
        boolean noLow = ends.below() < 0;
        boolean noHigh = ends.above() < 0;
        for (long i = first; i < end; i += 4 * STEP) {
            FloatVector sum = w0.fma(load(in, i + d0), zero);
            FloatVector next = w0.fma(load(in, i + d0 + 3 * STEP), zero);
            sum = w1.fma(load(in, i + d1), sum);
            next = w1.fma(load(in, i + d1 + 3 * STEP), next);
            FloatVector left = load(in, i + at);
            FloatVector right = load(in, i + at + 3 * STEP);
            float below = noLow ? (float) 0 : value(in, i + low);
            float above = noHigh ? (float) 0 : value(in, i + high);
            sum = w2.fma(left.rearrange(FloatShifts.UP).blend(FloatVector.broadcast(SPECIES, below), FloatShifts.FIRST), sum);
            next = w2.fma(load(in, i + at + 3 * STEP - Float.BYTES), next);
            sum = w3.fma(left, sum);
            next = w3.fma(right, next);
            sum = w4.fma(load(in, i + at + Float.BYTES), sum);
            next = w4.fma(right.rearrange(FloatShifts.DOWN).blend(FloatVector.broadcast(SPECIES, above), FloatShifts.LAST), next);
            sum = w5.fma(load(in, i + d5), sum);
            next = w5.fma(load(in, i + d5 + 3 * STEP), next);
            sum = w6.fma(load(in, i + d6), sum);
            next = w6.fma(load(in, i + d6 + 3 * STEP), next);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            zero.add(next).intoMemorySegment(out, i + 3 * STEP, ORDER);
        }
    }

    private static void middle22(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w,
            @Nullable Apart apart) {
        long d0 = d[0];
        long d1 = d[1];
        long d5 = d[5];
        long d6 = d[6];
        long at = d[3];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector w5 = weight(w, 5);
        FloatVector w6 = weight(w, 6);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += 4 * STEP) {
            FloatVector sum = w0.fma(load(in, i + d0 + STEP), zero);
            FloatVector next = w0.fma(load(in, i + d0 + 2 * STEP), zero);
            sum = w1.fma(load(in, i + d1 + STEP), sum);
            next = w1.fma(load(in, i + d1 + 2 * STEP), next);
            sum = w2.fma(load(in, i + at + STEP - Float.BYTES), sum);
            next = w2.fma(load(in, i + at + 2 * STEP - Float.BYTES), next);
            sum = w3.fma(load(in, i + at + STEP), sum);
            next = w3.fma(load(in, i + at + 2 * STEP), next);
            sum = w4.fma(load(in, i + at + STEP + Float.BYTES), sum);
            next = w4.fma(load(in, i + at + 2 * STEP + Float.BYTES), next);
            sum = w5.fma(load(in, i + d5 + STEP), sum);
            next = w5.fma(load(in, i + d5 + 2 * STEP), next);
            sum = w6.fma(load(in, i + d6 + STEP), sum);
            next = w6.fma(load(in, i + d6 + 2 * STEP), next);
            zero.add(sum).intoMemorySegment(out, i + STEP, ORDER);
            zero.add(next).intoMemorySegment(out, i + 2 * STEP, ORDER);
        }
    }
}
