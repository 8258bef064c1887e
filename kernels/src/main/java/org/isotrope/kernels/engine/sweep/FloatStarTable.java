package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * Passes of {@link FloatStarPairs} over pairs of vectors that are anywhere, each with what it reads in a table: for rows next
 * to walls, of which a small grid has many and few are alike.
 *
 * <p>An entry of the table is the byte position of a pair and, in the order of the taps, the positions of those that are
 * read of other rows.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatStarTable {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();

    /** Where nothing stands for a node beyond the end of a row. */
    static final long NOTHING = Long.MIN_VALUE;

    private FloatStarTable() {}

    /**
     * Whether there is a pass for as many taps.
     *
     * @param before number of taps before those along the row
     * @param behind number of taps behind them
     */
    static boolean serves(int before, int behind) {
        return before <= 2 && behind <= 2 && before + behind >= 2;
    }

    /**
     * One pass over pairs of vectors.
     *
     * @param in elements of the one input component
     * @param out elements of the one output component
     * @param table of pairs
     * @param from first entry
     * @param end behind the last
     * @param w weights of the taps
     * @param before number of taps before those along the row
     * @param low bytes from a pair to the node in front of it, or to what stands for it at the end of a row, or {@link #NOTHING}
     * @param high the same of the node behind it
     */
    static void pass(
            MemorySegment in, MemorySegment out, long[] table, int from, int end, float[] w, int before,
            long low, long high) {
        switch (10 * before + w.length - before - FloatStar.WIDTH) {
            case 2 -> star02(in, out, table, from, end, w, low, high, null);
            case 11 -> star11(in, out, table, from, end, w, low, high, null);
            case 20 -> star20(in, out, table, from, end, w, low, high, null);
            case 12 -> star12(in, out, table, from, end, w, low, high, null);
            case 21 -> star21(in, out, table, from, end, w, low, high, null);
            case 22 -> star22(in, out, table, from, end, w, low, high, null);
            default -> throw new IllegalArgumentException(before + " of " + w.length + " taps are before those "
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

    private static void star02(
            MemorySegment in, MemorySegment out, long[] table, int from, int end, float[] w, long low,
            long high, @Nullable Apart apart) {
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector zero = FloatVector.zero(SPECIES);
        boolean noLow = low == NOTHING;
        boolean noHigh = high == NOTHING;
        for (int k = from; k < end; k++) {
            int entry = 3 * k;
            long i = table[entry];
            long p0 = table[entry + 1];
            long p1 = table[entry + 2];
            FloatVector left = load(in, i);
            float below = noLow ? (float) 0 : value(in, i + low);
            FloatVector sum = w0.fma(
                    left.rearrange(FloatShifts.UP).blend(FloatVector.broadcast(SPECIES, below), FloatShifts.FIRST), zero);
            sum = w1.fma(left, sum);
            sum = w2.fma(load(in, i + Float.BYTES), sum);
            sum = w3.fma(load(in, p0), sum);
            sum = w4.fma(load(in, p1), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            FloatVector right = load(in, i + STEP);
            float above = noHigh ? (float) 0 : value(in, i + high);
            FloatVector next = w0.fma(load(in, i + STEP - Float.BYTES), zero);
            next = w1.fma(right, next);
            next = w2.fma(right.rearrange(FloatShifts.DOWN).blend(FloatVector.broadcast(SPECIES, above), FloatShifts.LAST), next);
            next = w3.fma(load(in, p0 + STEP), next);
            next = w4.fma(load(in, p1 + STEP), next);
            zero.add(next).intoMemorySegment(out, i + STEP, ORDER);
        }
    }

    private static void star11(
            MemorySegment in, MemorySegment out, long[] table, int from, int end, float[] w, long low,
            long high, @Nullable Apart apart) {
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector zero = FloatVector.zero(SPECIES);
        boolean noLow = low == NOTHING;
        boolean noHigh = high == NOTHING;
        for (int k = from; k < end; k++) {
            int entry = 3 * k;
            long i = table[entry];
            long p0 = table[entry + 1];
            long p1 = table[entry + 2];
            FloatVector sum = w0.fma(load(in, p0), zero);
            FloatVector left = load(in, i);
            float below = noLow ? (float) 0 : value(in, i + low);
            sum = w1.fma(left.rearrange(FloatShifts.UP).blend(FloatVector.broadcast(SPECIES, below), FloatShifts.FIRST), sum);
            sum = w2.fma(left, sum);
            sum = w3.fma(load(in, i + Float.BYTES), sum);
            sum = w4.fma(load(in, p1), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            FloatVector next = w0.fma(load(in, p0 + STEP), zero);
            FloatVector right = load(in, i + STEP);
            float above = noHigh ? (float) 0 : value(in, i + high);
            next = w1.fma(load(in, i + STEP - Float.BYTES), next);
            next = w2.fma(right, next);
            next = w3.fma(right.rearrange(FloatShifts.DOWN).blend(FloatVector.broadcast(SPECIES, above), FloatShifts.LAST), next);
            next = w4.fma(load(in, p1 + STEP), next);
            zero.add(next).intoMemorySegment(out, i + STEP, ORDER);
        }
    }

    private static void star20(
            MemorySegment in, MemorySegment out, long[] table, int from, int end, float[] w, long low,
            long high, @Nullable Apart apart) {
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector zero = FloatVector.zero(SPECIES);
        boolean noLow = low == NOTHING;
        boolean noHigh = high == NOTHING;
        for (int k = from; k < end; k++) {
            int entry = 3 * k;
            long i = table[entry];
            long p0 = table[entry + 1];
            long p1 = table[entry + 2];
            FloatVector sum = w0.fma(load(in, p0), zero);
            sum = w1.fma(load(in, p1), sum);
            FloatVector left = load(in, i);
            float below = noLow ? (float) 0 : value(in, i + low);
            sum = w2.fma(left.rearrange(FloatShifts.UP).blend(FloatVector.broadcast(SPECIES, below), FloatShifts.FIRST), sum);
            sum = w3.fma(left, sum);
            sum = w4.fma(load(in, i + Float.BYTES), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            FloatVector next = w0.fma(load(in, p0 + STEP), zero);
            next = w1.fma(load(in, p1 + STEP), next);
            FloatVector right = load(in, i + STEP);
            float above = noHigh ? (float) 0 : value(in, i + high);
            next = w2.fma(load(in, i + STEP - Float.BYTES), next);
            next = w3.fma(right, next);
            next = w4.fma(right.rearrange(FloatShifts.DOWN).blend(FloatVector.broadcast(SPECIES, above), FloatShifts.LAST), next);
            zero.add(next).intoMemorySegment(out, i + STEP, ORDER);
        }
    }

    private static void star12(
            MemorySegment in, MemorySegment out, long[] table, int from, int end, float[] w, long low,
            long high, @Nullable Apart apart) {
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector w5 = weight(w, 5);
        FloatVector zero = FloatVector.zero(SPECIES);
        boolean noLow = low == NOTHING;
        boolean noHigh = high == NOTHING;
        for (int k = from; k < end; k++) {
            int entry = 4 * k;
            long i = table[entry];
            long p0 = table[entry + 1];
            long p1 = table[entry + 2];
            long p2 = table[entry + 3];
            FloatVector sum = w0.fma(load(in, p0), zero);
            FloatVector left = load(in, i);
            float below = noLow ? (float) 0 : value(in, i + low);
            sum = w1.fma(left.rearrange(FloatShifts.UP).blend(FloatVector.broadcast(SPECIES, below), FloatShifts.FIRST), sum);
            sum = w2.fma(left, sum);
            sum = w3.fma(load(in, i + Float.BYTES), sum);
            sum = w4.fma(load(in, p1), sum);
            sum = w5.fma(load(in, p2), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            FloatVector next = w0.fma(load(in, p0 + STEP), zero);
            FloatVector right = load(in, i + STEP);
            float above = noHigh ? (float) 0 : value(in, i + high);
            next = w1.fma(load(in, i + STEP - Float.BYTES), next);
            next = w2.fma(right, next);
            next = w3.fma(right.rearrange(FloatShifts.DOWN).blend(FloatVector.broadcast(SPECIES, above), FloatShifts.LAST), next);
            next = w4.fma(load(in, p1 + STEP), next);
            next = w5.fma(load(in, p2 + STEP), next);
            zero.add(next).intoMemorySegment(out, i + STEP, ORDER);
        }
    }

    private static void star21(
            MemorySegment in, MemorySegment out, long[] table, int from, int end, float[] w, long low,
            long high, @Nullable Apart apart) {
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector w5 = weight(w, 5);
        FloatVector zero = FloatVector.zero(SPECIES);
        boolean noLow = low == NOTHING;
        boolean noHigh = high == NOTHING;
        for (int k = from; k < end; k++) {
            int entry = 4 * k;
            long i = table[entry];
            long p0 = table[entry + 1];
            long p1 = table[entry + 2];
            long p2 = table[entry + 3];
            FloatVector sum = w0.fma(load(in, p0), zero);
            sum = w1.fma(load(in, p1), sum);
            FloatVector left = load(in, i);
            float below = noLow ? (float) 0 : value(in, i + low);
            sum = w2.fma(left.rearrange(FloatShifts.UP).blend(FloatVector.broadcast(SPECIES, below), FloatShifts.FIRST), sum);
            sum = w3.fma(left, sum);
            sum = w4.fma(load(in, i + Float.BYTES), sum);
            sum = w5.fma(load(in, p2), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            FloatVector next = w0.fma(load(in, p0 + STEP), zero);
            next = w1.fma(load(in, p1 + STEP), next);
            FloatVector right = load(in, i + STEP);
            float above = noHigh ? (float) 0 : value(in, i + high);
            next = w2.fma(load(in, i + STEP - Float.BYTES), next);
            next = w3.fma(right, next);
            next = w4.fma(right.rearrange(FloatShifts.DOWN).blend(FloatVector.broadcast(SPECIES, above), FloatShifts.LAST), next);
            next = w5.fma(load(in, p2 + STEP), next);
            zero.add(next).intoMemorySegment(out, i + STEP, ORDER);
        }
    }

    private static void star22(
            MemorySegment in, MemorySegment out, long[] table, int from, int end, float[] w, long low,
            long high, @Nullable Apart apart) {
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector w5 = weight(w, 5);
        FloatVector w6 = weight(w, 6);
        FloatVector zero = FloatVector.zero(SPECIES);
        boolean noLow = low == NOTHING;
        boolean noHigh = high == NOTHING;
        for (int k = from; k < end; k++) {
            int entry = 5 * k;
            long i = table[entry];
            long p0 = table[entry + 1];
            long p1 = table[entry + 2];
            long p2 = table[entry + 3];
            long p3 = table[entry + 4];
            FloatVector sum = w0.fma(load(in, p0), zero);
            sum = w1.fma(load(in, p1), sum);
            FloatVector left = load(in, i);
            float below = noLow ? (float) 0 : value(in, i + low);
            sum = w2.fma(left.rearrange(FloatShifts.UP).blend(FloatVector.broadcast(SPECIES, below), FloatShifts.FIRST), sum);
            sum = w3.fma(left, sum);
            sum = w4.fma(load(in, i + Float.BYTES), sum);
            sum = w5.fma(load(in, p2), sum);
            sum = w6.fma(load(in, p3), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            FloatVector next = w0.fma(load(in, p0 + STEP), zero);
            next = w1.fma(load(in, p1 + STEP), next);
            FloatVector right = load(in, i + STEP);
            float above = noHigh ? (float) 0 : value(in, i + high);
            next = w2.fma(load(in, i + STEP - Float.BYTES), next);
            next = w3.fma(right, next);
            next = w4.fma(right.rearrange(FloatShifts.DOWN).blend(FloatVector.broadcast(SPECIES, above), FloatShifts.LAST), next);
            next = w5.fma(load(in, p2 + STEP), next);
            next = w6.fma(load(in, p3 + STEP), next);
            zero.add(next).intoMemorySegment(out, i + STEP, ORDER);
        }
    }
}
