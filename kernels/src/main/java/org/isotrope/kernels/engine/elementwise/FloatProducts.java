package org.isotrope.kernels.engine.elementwise;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * Sums of weighted products of two fields, {@code out[i] (+)= Σ_t (w_t a[i + a_t]) b[i + b_t]}, up to three terms a pass, by
 * one multiplication and one {@code fma} each in the order of the terms. Positions are in bytes.
 *
 * <p>Each loop has a method of its own: beside a loop that has not run yet, C2 boxes the vectors that both use.
 */
final class FloatProducts {
    /** Most terms of one pass. */
    static final int TERMS = 3;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();

    private FloatProducts() {}

    /**
     * One pass.
     *
     * @param a one field
     * @param as where each term begins in it
     * @param b the other field
     * @param bs where each term begins in it
     * @param w weights
     * @param from first term; a pass from the first term of all starts new sums
     * @param count number of terms, 1 to {@link #TERMS}
     * @param starts whether new sums start
     * @param out output
     * @param first where it begins
     * @param bytes length
     */
    static void pass(
            MemorySegment a,
            long[] as,
            MemorySegment b,
            long[] bs,
            float[] w,
            int from,
            int count,
            boolean starts,
            MemorySegment out,
            long first,
            long bytes) {
        long whole = bytes - bytes % STEP;
        if (whole > 0 && starts) {
            switch (count) {
                case 1 -> start1(a, as, b, bs, w, from, out, first, whole, null);
                case 2 -> start2(a, as, b, bs, w, from, out, first, whole, null);
                default -> start3(a, as, b, bs, w, from, out, first, whole, null);
            }
        } else if (whole > 0) {
            switch (count) {
                case 1 -> more1(a, as, b, bs, w, from, out, first, whole, null);
                case 2 -> more2(a, as, b, bs, w, from, out, first, whole, null);
                default -> more3(a, as, b, bs, w, from, out, first, whole, null);
            }
        }
        for (long i = whole; i < bytes; i += Float.BYTES) {
            float sum = starts ? (float) 0 : out.get(ValueLayout.JAVA_FLOAT, first + i);
            for (int t = from; t < from + count; t++) {
                float weighted = w[t] * a.get(ValueLayout.JAVA_FLOAT, as[t] + i);
                sum = Math.fma(weighted, b.get(ValueLayout.JAVA_FLOAT, bs[t] + i), sum);
            }
            out.set(ValueLayout.JAVA_FLOAT, first + i, sum);
        }
    }

    private static FloatVector load(MemorySegment segment, long position) {
        return FloatVector.fromMemorySegment(SPECIES, segment, position, ORDER);
    }

    private static void start1(
            MemorySegment a, long[] as, MemorySegment b, long[] bs, float[] w, int t, MemorySegment out, long first,
            long whole, @Nullable Apart apart) {
        long a0 = as[t];
        long b0 = bs[t];
        FloatVector w0 = FloatVector.broadcast(SPECIES, w[t]);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = 0; i < whole; i += STEP) {
            load(a, a0 + i).mul(w0).fma(load(b, b0 + i), zero).intoMemorySegment(out, first + i, ORDER);
        }
    }

    private static void start2(
            MemorySegment a, long[] as, MemorySegment b, long[] bs, float[] w, int t, MemorySegment out, long first,
            long whole, @Nullable Apart apart) {
        long a0 = as[t];
        long a1 = as[t + 1];
        long b0 = bs[t];
        long b1 = bs[t + 1];
        FloatVector w0 = FloatVector.broadcast(SPECIES, w[t]);
        FloatVector w1 = FloatVector.broadcast(SPECIES, w[t + 1]);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = 0; i < whole; i += STEP) {
            FloatVector sum = load(a, a0 + i).mul(w0).fma(load(b, b0 + i), zero);
            load(a, a1 + i).mul(w1).fma(load(b, b1 + i), sum).intoMemorySegment(out, first + i, ORDER);
        }
    }

    private static void start3(
            MemorySegment a, long[] as, MemorySegment b, long[] bs, float[] w, int t, MemorySegment out, long first,
            long whole, @Nullable Apart apart) {
        long a0 = as[t];
        long a1 = as[t + 1];
        long a2 = as[t + 2];
        long b0 = bs[t];
        long b1 = bs[t + 1];
        long b2 = bs[t + 2];
        FloatVector w0 = FloatVector.broadcast(SPECIES, w[t]);
        FloatVector w1 = FloatVector.broadcast(SPECIES, w[t + 1]);
        FloatVector w2 = FloatVector.broadcast(SPECIES, w[t + 2]);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = 0; i < whole; i += STEP) {
            FloatVector sum = load(a, a0 + i).mul(w0).fma(load(b, b0 + i), zero);
            sum = load(a, a1 + i).mul(w1).fma(load(b, b1 + i), sum);
            load(a, a2 + i).mul(w2).fma(load(b, b2 + i), sum).intoMemorySegment(out, first + i, ORDER);
        }
    }

    private static void more1(
            MemorySegment a, long[] as, MemorySegment b, long[] bs, float[] w, int t, MemorySegment out, long first,
            long whole, @Nullable Apart apart) {
        long a0 = as[t];
        long b0 = bs[t];
        FloatVector w0 = FloatVector.broadcast(SPECIES, w[t]);
        for (long i = 0; i < whole; i += STEP) {
            load(a, a0 + i).mul(w0).fma(load(b, b0 + i), load(out, first + i)).intoMemorySegment(out, first + i, ORDER);
        }
    }

    private static void more2(
            MemorySegment a, long[] as, MemorySegment b, long[] bs, float[] w, int t, MemorySegment out, long first,
            long whole, @Nullable Apart apart) {
        long a0 = as[t];
        long a1 = as[t + 1];
        long b0 = bs[t];
        long b1 = bs[t + 1];
        FloatVector w0 = FloatVector.broadcast(SPECIES, w[t]);
        FloatVector w1 = FloatVector.broadcast(SPECIES, w[t + 1]);
        for (long i = 0; i < whole; i += STEP) {
            FloatVector sum = load(a, a0 + i).mul(w0).fma(load(b, b0 + i), load(out, first + i));
            load(a, a1 + i).mul(w1).fma(load(b, b1 + i), sum).intoMemorySegment(out, first + i, ORDER);
        }
    }

    private static void more3(
            MemorySegment a, long[] as, MemorySegment b, long[] bs, float[] w, int t, MemorySegment out, long first,
            long whole, @Nullable Apart apart) {
        long a0 = as[t];
        long a1 = as[t + 1];
        long a2 = as[t + 2];
        long b0 = bs[t];
        long b1 = bs[t + 1];
        long b2 = bs[t + 2];
        FloatVector w0 = FloatVector.broadcast(SPECIES, w[t]);
        FloatVector w1 = FloatVector.broadcast(SPECIES, w[t + 1]);
        FloatVector w2 = FloatVector.broadcast(SPECIES, w[t + 2]);
        for (long i = 0; i < whole; i += STEP) {
            FloatVector sum = load(a, a0 + i).mul(w0).fma(load(b, b0 + i), load(out, first + i));
            sum = load(a, a1 + i).mul(w1).fma(load(b, b1 + i), sum);
            load(a, a2 + i).mul(w2).fma(load(b, b2 + i), sum).intoMemorySegment(out, first + i, ORDER);
        }
    }
}
