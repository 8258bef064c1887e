package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * Flat sweeps of stars over rows of two vectors, the ends of rows included, to the bits of {@link FloatSweep}: what
 * {@link FloatStar} is where vectors are not selected from two at once. Rows of four are in {@link FloatStarQuads}.
 *
 * <p>Between the two vectors neighbours are loaded; they lie in one cache line with them where rows begin at one. At the
 * two outer ends a vector is rotated by one lane, and the lane that is left over takes one value from memory: that of the
 * next node, or at the end of a row what is there instead. So the ends of rows are as fast as all else, and no load
 * crosses a cache line. The step of the loop is a constant, which is when C2 takes checks of bounds out of it. The value is
 * broadcast before it is blended in: blending in the value itself left a vector a row on the heap in some JVMs.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatStarPairs {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();

    private FloatStarPairs() {}

    /**
     * Whether there is a pass for whole rows of such a star.
     *
     * @param size elements of a row
     * @param before number of taps before those along the row, such as {@link FloatStar#serves}
     * @param behind number of taps behind them
     */
    static boolean serves(int size, int before, int behind) {
        int vectors = FloatRowEnds.vectors(size);
        return vectors == 2 || vectors == 4 && FloatStarQuads.serves(before, behind);
    }

    /**
     * One pass over whole rows.
     *
     * @param in input elements
     * @param out output elements
     * @param first byte position of the first output element, the first of a row
     * @param end byte position behind the last output element; the last of a row
     * @param d byte displacements of the taps
     * @param w weights of the taps
     * @param before number of taps before those along the row, such as {@link FloatStar#serves}
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
        if (ends.size() == 4 * FloatSweep.LANES) {
            FloatStarQuads.pass(in, out, first, end, d, w, before, ends);
            return;
        }
        switch (10 * before + d.length - before - FloatStar.WIDTH) {
            case 0 -> star00(in, out, first, end, d, w, ends, null);
            case 1 -> star01(in, out, first, end, d, w, ends, null);
            case 10 -> star10(in, out, first, end, d, w, ends, null);
            case 11 -> star11(in, out, first, end, d, w, ends, null);
            case 12 -> star12(in, out, first, end, d, w, ends, null);
            case 21 -> star21(in, out, first, end, d, w, ends, null);
            case 22 -> star22(in, out, first, end, d, w, ends, null);
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

    private static float value(MemorySegment segment, long position) {
        return segment.get(ValueLayout.JAVA_FLOAT_UNALIGNED, position);
    }

    private static void star00(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends,
            @Nullable Apart apart) {
        long at = d[1];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector zero = FloatVector.zero(SPECIES);
        long low = at + ends.lowPosition();
        long high = at + ends.highPosition();
        boolean noLow = ends.below() < 0;
        boolean noHigh = ends.above() < 0;
        for (long i = first; i < end; i += 2 * STEP) {
            FloatVector left = load(in, i + at);
            FloatVector right = load(in, i + at + STEP);
            float below = noLow ? (float) 0 : value(in, i + low);
            float above = noHigh ? (float) 0 : value(in, i + high);
            FloatVector sum = w0.fma(
                    left.rearrange(FloatShifts.UP).blend(FloatVector.broadcast(SPECIES, below), FloatShifts.FIRST), zero);
            FloatVector next = w0.fma(load(in, i + at + STEP - Float.BYTES), zero);
            sum = w1.fma(left, sum);
            next = w1.fma(right, next);
            sum = w2.fma(load(in, i + at + Float.BYTES), sum);
            next = w2.fma(right.rearrange(FloatShifts.DOWN).blend(FloatVector.broadcast(SPECIES, above), FloatShifts.LAST), next);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            zero.add(next).intoMemorySegment(out, i + STEP, ORDER);
        }
    }

    private static void star01(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends,
            @Nullable Apart apart) {
        long d3 = d[3];
        long at = d[1];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector zero = FloatVector.zero(SPECIES);
        long low = at + ends.lowPosition();
        long high = at + ends.highPosition();
        boolean noLow = ends.below() < 0;
        boolean noHigh = ends.above() < 0;
        for (long i = first; i < end; i += 2 * STEP) {
            FloatVector left = load(in, i + at);
            FloatVector right = load(in, i + at + STEP);
            float below = noLow ? (float) 0 : value(in, i + low);
            float above = noHigh ? (float) 0 : value(in, i + high);
            FloatVector sum = w0.fma(
                    left.rearrange(FloatShifts.UP).blend(FloatVector.broadcast(SPECIES, below), FloatShifts.FIRST), zero);
            FloatVector next = w0.fma(load(in, i + at + STEP - Float.BYTES), zero);
            sum = w1.fma(left, sum);
            next = w1.fma(right, next);
            sum = w2.fma(load(in, i + at + Float.BYTES), sum);
            next = w2.fma(right.rearrange(FloatShifts.DOWN).blend(FloatVector.broadcast(SPECIES, above), FloatShifts.LAST), next);
            sum = w3.fma(load(in, i + d3), sum);
            next = w3.fma(load(in, i + d3 + STEP), next);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            zero.add(next).intoMemorySegment(out, i + STEP, ORDER);
        }
    }

    private static void star10(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends,
            @Nullable Apart apart) {
        long d0 = d[0];
        long at = d[2];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector zero = FloatVector.zero(SPECIES);
        long low = at + ends.lowPosition();
        long high = at + ends.highPosition();
        boolean noLow = ends.below() < 0;
        boolean noHigh = ends.above() < 0;
        for (long i = first; i < end; i += 2 * STEP) {
            FloatVector sum = w0.fma(load(in, i + d0), zero);
            FloatVector next = w0.fma(load(in, i + d0 + STEP), zero);
            FloatVector left = load(in, i + at);
            FloatVector right = load(in, i + at + STEP);
            float below = noLow ? (float) 0 : value(in, i + low);
            float above = noHigh ? (float) 0 : value(in, i + high);
            sum = w1.fma(left.rearrange(FloatShifts.UP).blend(FloatVector.broadcast(SPECIES, below), FloatShifts.FIRST), sum);
            next = w1.fma(load(in, i + at + STEP - Float.BYTES), next);
            sum = w2.fma(left, sum);
            next = w2.fma(right, next);
            sum = w3.fma(load(in, i + at + Float.BYTES), sum);
            next = w3.fma(right.rearrange(FloatShifts.DOWN).blend(FloatVector.broadcast(SPECIES, above), FloatShifts.LAST), next);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            zero.add(next).intoMemorySegment(out, i + STEP, ORDER);
        }
    }

    private static void star11(
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
        long high = at + ends.highPosition();
        boolean noLow = ends.below() < 0;
        boolean noHigh = ends.above() < 0;
        for (long i = first; i < end; i += 2 * STEP) {
            FloatVector sum = w0.fma(load(in, i + d0), zero);
            FloatVector next = w0.fma(load(in, i + d0 + STEP), zero);
            FloatVector left = load(in, i + at);
            FloatVector right = load(in, i + at + STEP);
            float below = noLow ? (float) 0 : value(in, i + low);
            float above = noHigh ? (float) 0 : value(in, i + high);
            sum = w1.fma(left.rearrange(FloatShifts.UP).blend(FloatVector.broadcast(SPECIES, below), FloatShifts.FIRST), sum);
            next = w1.fma(load(in, i + at + STEP - Float.BYTES), next);
            sum = w2.fma(left, sum);
            next = w2.fma(right, next);
            sum = w3.fma(load(in, i + at + Float.BYTES), sum);
            next = w3.fma(right.rearrange(FloatShifts.DOWN).blend(FloatVector.broadcast(SPECIES, above), FloatShifts.LAST), next);
            sum = w4.fma(load(in, i + d4), sum);
            next = w4.fma(load(in, i + d4 + STEP), next);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            zero.add(next).intoMemorySegment(out, i + STEP, ORDER);
        }
    }

    private static void star12(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends,
            @Nullable Apart apart) {
        long d0 = d[0];
        long d4 = d[4];
        long d5 = d[5];
        long at = d[2];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector w5 = weight(w, 5);
        FloatVector zero = FloatVector.zero(SPECIES);
        long low = at + ends.lowPosition();
        long high = at + ends.highPosition();
        boolean noLow = ends.below() < 0;
        boolean noHigh = ends.above() < 0;
        for (long i = first; i < end; i += 2 * STEP) {
            FloatVector sum = w0.fma(load(in, i + d0), zero);
            FloatVector next = w0.fma(load(in, i + d0 + STEP), zero);
            FloatVector left = load(in, i + at);
            FloatVector right = load(in, i + at + STEP);
            float below = noLow ? (float) 0 : value(in, i + low);
            float above = noHigh ? (float) 0 : value(in, i + high);
            sum = w1.fma(left.rearrange(FloatShifts.UP).blend(FloatVector.broadcast(SPECIES, below), FloatShifts.FIRST), sum);
            next = w1.fma(load(in, i + at + STEP - Float.BYTES), next);
            sum = w2.fma(left, sum);
            next = w2.fma(right, next);
            sum = w3.fma(load(in, i + at + Float.BYTES), sum);
            next = w3.fma(right.rearrange(FloatShifts.DOWN).blend(FloatVector.broadcast(SPECIES, above), FloatShifts.LAST), next);
            sum = w4.fma(load(in, i + d4), sum);
            next = w4.fma(load(in, i + d4 + STEP), next);
            sum = w5.fma(load(in, i + d5), sum);
            next = w5.fma(load(in, i + d5 + STEP), next);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            zero.add(next).intoMemorySegment(out, i + STEP, ORDER);
        }
    }

    private static void star21(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, FloatRowEnds ends,
            @Nullable Apart apart) {
        long d0 = d[0];
        long d1 = d[1];
        long d5 = d[5];
        long at = d[3];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector w5 = weight(w, 5);
        FloatVector zero = FloatVector.zero(SPECIES);
        long low = at + ends.lowPosition();
        long high = at + ends.highPosition();
        boolean noLow = ends.below() < 0;
        boolean noHigh = ends.above() < 0;
        for (long i = first; i < end; i += 2 * STEP) {
            FloatVector sum = w0.fma(load(in, i + d0), zero);
            FloatVector next = w0.fma(load(in, i + d0 + STEP), zero);
            sum = w1.fma(load(in, i + d1), sum);
            next = w1.fma(load(in, i + d1 + STEP), next);
            FloatVector left = load(in, i + at);
            FloatVector right = load(in, i + at + STEP);
            float below = noLow ? (float) 0 : value(in, i + low);
            float above = noHigh ? (float) 0 : value(in, i + high);
            sum = w2.fma(left.rearrange(FloatShifts.UP).blend(FloatVector.broadcast(SPECIES, below), FloatShifts.FIRST), sum);
            next = w2.fma(load(in, i + at + STEP - Float.BYTES), next);
            sum = w3.fma(left, sum);
            next = w3.fma(right, next);
            sum = w4.fma(load(in, i + at + Float.BYTES), sum);
            next = w4.fma(right.rearrange(FloatShifts.DOWN).blend(FloatVector.broadcast(SPECIES, above), FloatShifts.LAST), next);
            sum = w5.fma(load(in, i + d5), sum);
            next = w5.fma(load(in, i + d5 + STEP), next);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            zero.add(next).intoMemorySegment(out, i + STEP, ORDER);
        }
    }

    private static void star22(
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
        long high = at + ends.highPosition();
        boolean noLow = ends.below() < 0;
        boolean noHigh = ends.above() < 0;
        for (long i = first; i < end; i += 2 * STEP) {
            FloatVector sum = w0.fma(load(in, i + d0), zero);
            FloatVector next = w0.fma(load(in, i + d0 + STEP), zero);
            sum = w1.fma(load(in, i + d1), sum);
            next = w1.fma(load(in, i + d1 + STEP), next);
            FloatVector left = load(in, i + at);
            FloatVector right = load(in, i + at + STEP);
            float below = noLow ? (float) 0 : value(in, i + low);
            float above = noHigh ? (float) 0 : value(in, i + high);
            sum = w2.fma(left.rearrange(FloatShifts.UP).blend(FloatVector.broadcast(SPECIES, below), FloatShifts.FIRST), sum);
            next = w2.fma(load(in, i + at + STEP - Float.BYTES), next);
            sum = w3.fma(left, sum);
            next = w3.fma(right, next);
            sum = w4.fma(load(in, i + at + Float.BYTES), sum);
            next = w4.fma(right.rearrange(FloatShifts.DOWN).blend(FloatVector.broadcast(SPECIES, above), FloatShifts.LAST), next);
            sum = w5.fma(load(in, i + d5), sum);
            next = w5.fma(load(in, i + d5 + STEP), next);
            sum = w6.fma(load(in, i + d6), sum);
            next = w6.fma(load(in, i + d6 + STEP), next);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            zero.add(next).intoMemorySegment(out, i + STEP, ORDER);
        }
    }
}
