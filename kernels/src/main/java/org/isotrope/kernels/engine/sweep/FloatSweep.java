package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * Long flat sweeps: {@code out[i] (+)= Σ_t w_t in[i + d_t]} over a contiguous run of elements, up to eight taps a pass.
 *
 * <p>One loop runs over as many dense rows as the caller joins, because the set-up of a loop over a segment costs more
 * than a short row. Each tap count has a method of its own, so that weights and displacements stay in registers, and is
 * compiled by itself ({@link Apart}). Loads are arguments of {@code fma}: C2 makes load and product one instruction only
 * then. Taps are summed in order by {@code fma}; a pass that continues one starts from the stored sums, which are exact, so
 * the split into passes does not show in the bits. Two flops a tap, one load a tap, one store a vector.
 */
public final class FloatSweep {
    /** Most taps of one pass: with the stored sums, ten accesses a loop body, well below where C2 stops inlining. */
    static final int TAPS = 8;

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    /** Elements of a vector. */
    public static final int LANES = SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();

    private FloatSweep() {}

    /**
     * One pass over whole vectors.
     *
     * @param in input elements; every {@code i + d_t} lies inside
     * @param out output elements
     * @param first byte position of the first output element
     * @param end byte position behind the last output element; the length is a multiple of the vector length
     * @param d byte displacements of the taps
     * @param w weights of the taps
     * @param from first tap of this pass; a pass from tap 0 starts new sums, later ones continue the stored sums
     * @param count number of taps, 1 to {@link #TAPS}
     */
    static void pass(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, int from, int count) {
        if (from == 0) {
            switch (count) {
                case 1 -> start1(in, out, first, end, d, w, null);
                case 2 -> start2(in, out, first, end, d, w, null);
                case 3 -> start3(in, out, first, end, d, w, null);
                case 4 -> start4(in, out, first, end, d, w, null);
                case 5 -> start5(in, out, first, end, d, w, null);
                case 6 -> start6(in, out, first, end, d, w, null);
                case 7 -> start7(in, out, first, end, d, w, null);
                case 8 -> start8(in, out, first, end, d, w, null);
                default -> throw new IllegalArgumentException("taps of a pass are " + count + "; they had to be 1 to 8");
            }
        } else {
            switch (count) {
                case 1 -> more1(in, out, first, end, d, w, from, null);
                case 2 -> more2(in, out, first, end, d, w, from, null);
                case 3 -> more3(in, out, first, end, d, w, from, null);
                case 4 -> more4(in, out, first, end, d, w, from, null);
                case 5 -> more5(in, out, first, end, d, w, from, null);
                case 6 -> more6(in, out, first, end, d, w, from, null);
                case 7 -> more7(in, out, first, end, d, w, from, null);
                case 8 -> more8(in, out, first, end, d, w, from, null);
                default -> throw new IllegalArgumentException("taps of a pass are " + count + "; they had to be 1 to 8");
            }
        }
    }

    private static FloatVector load(MemorySegment segment, long position) {
        return FloatVector.fromMemorySegment(SPECIES, segment, position, ORDER);
    }

    private static FloatVector weight(float[] w, int tap) {
        return FloatVector.broadcast(SPECIES, w[tap]);
    }

    private static void start1(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w,
            @Nullable Apart apart) {
        long d0 = d[0];
        FloatVector w0 = weight(w, 0);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector sum = zero;
            sum = w0.fma(load(in, i + d0), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
        }
    }

    private static void start2(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w,
            @Nullable Apart apart) {
        long d0 = d[0];
        long d1 = d[1];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector sum = zero;
            sum = w0.fma(load(in, i + d0), sum);
            sum = w1.fma(load(in, i + d1), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
        }
    }

    private static void start3(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w,
            @Nullable Apart apart) {
        long d0 = d[0];
        long d1 = d[1];
        long d2 = d[2];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector sum = zero;
            sum = w0.fma(load(in, i + d0), sum);
            sum = w1.fma(load(in, i + d1), sum);
            sum = w2.fma(load(in, i + d2), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
        }
    }

    private static void start4(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w,
            @Nullable Apart apart) {
        long d0 = d[0];
        long d1 = d[1];
        long d2 = d[2];
        long d3 = d[3];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector sum = zero;
            sum = w0.fma(load(in, i + d0), sum);
            sum = w1.fma(load(in, i + d1), sum);
            sum = w2.fma(load(in, i + d2), sum);
            sum = w3.fma(load(in, i + d3), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
        }
    }

    private static void start5(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w,
            @Nullable Apart apart) {
        long d0 = d[0];
        long d1 = d[1];
        long d2 = d[2];
        long d3 = d[3];
        long d4 = d[4];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector sum = zero;
            sum = w0.fma(load(in, i + d0), sum);
            sum = w1.fma(load(in, i + d1), sum);
            sum = w2.fma(load(in, i + d2), sum);
            sum = w3.fma(load(in, i + d3), sum);
            sum = w4.fma(load(in, i + d4), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
        }
    }

    private static void start6(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w,
            @Nullable Apart apart) {
        long d0 = d[0];
        long d1 = d[1];
        long d2 = d[2];
        long d3 = d[3];
        long d4 = d[4];
        long d5 = d[5];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector w5 = weight(w, 5);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector sum = zero;
            sum = w0.fma(load(in, i + d0), sum);
            sum = w1.fma(load(in, i + d1), sum);
            sum = w2.fma(load(in, i + d2), sum);
            sum = w3.fma(load(in, i + d3), sum);
            sum = w4.fma(load(in, i + d4), sum);
            sum = w5.fma(load(in, i + d5), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
        }
    }

    private static void start7(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w,
            @Nullable Apart apart) {
        long d0 = d[0];
        long d1 = d[1];
        long d2 = d[2];
        long d3 = d[3];
        long d4 = d[4];
        long d5 = d[5];
        long d6 = d[6];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector w5 = weight(w, 5);
        FloatVector w6 = weight(w, 6);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector sum = zero;
            sum = w0.fma(load(in, i + d0), sum);
            sum = w1.fma(load(in, i + d1), sum);
            sum = w2.fma(load(in, i + d2), sum);
            sum = w3.fma(load(in, i + d3), sum);
            sum = w4.fma(load(in, i + d4), sum);
            sum = w5.fma(load(in, i + d5), sum);
            sum = w6.fma(load(in, i + d6), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
        }
    }

    private static void start8(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w,
            @Nullable Apart apart) {
        long d0 = d[0];
        long d1 = d[1];
        long d2 = d[2];
        long d3 = d[3];
        long d4 = d[4];
        long d5 = d[5];
        long d6 = d[6];
        long d7 = d[7];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector w5 = weight(w, 5);
        FloatVector w6 = weight(w, 6);
        FloatVector w7 = weight(w, 7);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector sum = zero;
            sum = w0.fma(load(in, i + d0), sum);
            sum = w1.fma(load(in, i + d1), sum);
            sum = w2.fma(load(in, i + d2), sum);
            sum = w3.fma(load(in, i + d3), sum);
            sum = w4.fma(load(in, i + d4), sum);
            sum = w5.fma(load(in, i + d5), sum);
            sum = w6.fma(load(in, i + d6), sum);
            sum = w7.fma(load(in, i + d7), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
        }
    }

    private static void more1(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, int t,
            @Nullable Apart apart) {
        long d0 = d[t];
        FloatVector w0 = weight(w, t);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector sum = load(out, i);
            sum = w0.fma(load(in, i + d0), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
        }
    }

    private static void more2(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, int t,
            @Nullable Apart apart) {
        long d0 = d[t];
        long d1 = d[t + 1];
        FloatVector w0 = weight(w, t);
        FloatVector w1 = weight(w, t + 1);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector sum = load(out, i);
            sum = w0.fma(load(in, i + d0), sum);
            sum = w1.fma(load(in, i + d1), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
        }
    }

    private static void more3(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, int t,
            @Nullable Apart apart) {
        long d0 = d[t];
        long d1 = d[t + 1];
        long d2 = d[t + 2];
        FloatVector w0 = weight(w, t);
        FloatVector w1 = weight(w, t + 1);
        FloatVector w2 = weight(w, t + 2);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector sum = load(out, i);
            sum = w0.fma(load(in, i + d0), sum);
            sum = w1.fma(load(in, i + d1), sum);
            sum = w2.fma(load(in, i + d2), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
        }
    }

    private static void more4(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, int t,
            @Nullable Apart apart) {
        long d0 = d[t];
        long d1 = d[t + 1];
        long d2 = d[t + 2];
        long d3 = d[t + 3];
        FloatVector w0 = weight(w, t);
        FloatVector w1 = weight(w, t + 1);
        FloatVector w2 = weight(w, t + 2);
        FloatVector w3 = weight(w, t + 3);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector sum = load(out, i);
            sum = w0.fma(load(in, i + d0), sum);
            sum = w1.fma(load(in, i + d1), sum);
            sum = w2.fma(load(in, i + d2), sum);
            sum = w3.fma(load(in, i + d3), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
        }
    }

    private static void more5(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, int t,
            @Nullable Apart apart) {
        long d0 = d[t];
        long d1 = d[t + 1];
        long d2 = d[t + 2];
        long d3 = d[t + 3];
        long d4 = d[t + 4];
        FloatVector w0 = weight(w, t);
        FloatVector w1 = weight(w, t + 1);
        FloatVector w2 = weight(w, t + 2);
        FloatVector w3 = weight(w, t + 3);
        FloatVector w4 = weight(w, t + 4);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector sum = load(out, i);
            sum = w0.fma(load(in, i + d0), sum);
            sum = w1.fma(load(in, i + d1), sum);
            sum = w2.fma(load(in, i + d2), sum);
            sum = w3.fma(load(in, i + d3), sum);
            sum = w4.fma(load(in, i + d4), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
        }
    }

    private static void more6(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, int t,
            @Nullable Apart apart) {
        long d0 = d[t];
        long d1 = d[t + 1];
        long d2 = d[t + 2];
        long d3 = d[t + 3];
        long d4 = d[t + 4];
        long d5 = d[t + 5];
        FloatVector w0 = weight(w, t);
        FloatVector w1 = weight(w, t + 1);
        FloatVector w2 = weight(w, t + 2);
        FloatVector w3 = weight(w, t + 3);
        FloatVector w4 = weight(w, t + 4);
        FloatVector w5 = weight(w, t + 5);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector sum = load(out, i);
            sum = w0.fma(load(in, i + d0), sum);
            sum = w1.fma(load(in, i + d1), sum);
            sum = w2.fma(load(in, i + d2), sum);
            sum = w3.fma(load(in, i + d3), sum);
            sum = w4.fma(load(in, i + d4), sum);
            sum = w5.fma(load(in, i + d5), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
        }
    }

    private static void more7(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, int t,
            @Nullable Apart apart) {
        long d0 = d[t];
        long d1 = d[t + 1];
        long d2 = d[t + 2];
        long d3 = d[t + 3];
        long d4 = d[t + 4];
        long d5 = d[t + 5];
        long d6 = d[t + 6];
        FloatVector w0 = weight(w, t);
        FloatVector w1 = weight(w, t + 1);
        FloatVector w2 = weight(w, t + 2);
        FloatVector w3 = weight(w, t + 3);
        FloatVector w4 = weight(w, t + 4);
        FloatVector w5 = weight(w, t + 5);
        FloatVector w6 = weight(w, t + 6);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector sum = load(out, i);
            sum = w0.fma(load(in, i + d0), sum);
            sum = w1.fma(load(in, i + d1), sum);
            sum = w2.fma(load(in, i + d2), sum);
            sum = w3.fma(load(in, i + d3), sum);
            sum = w4.fma(load(in, i + d4), sum);
            sum = w5.fma(load(in, i + d5), sum);
            sum = w6.fma(load(in, i + d6), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
        }
    }

    private static void more8(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, int t,
            @Nullable Apart apart) {
        long d0 = d[t];
        long d1 = d[t + 1];
        long d2 = d[t + 2];
        long d3 = d[t + 3];
        long d4 = d[t + 4];
        long d5 = d[t + 5];
        long d6 = d[t + 6];
        long d7 = d[t + 7];
        FloatVector w0 = weight(w, t);
        FloatVector w1 = weight(w, t + 1);
        FloatVector w2 = weight(w, t + 2);
        FloatVector w3 = weight(w, t + 3);
        FloatVector w4 = weight(w, t + 4);
        FloatVector w5 = weight(w, t + 5);
        FloatVector w6 = weight(w, t + 6);
        FloatVector w7 = weight(w, t + 7);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector sum = load(out, i);
            sum = w0.fma(load(in, i + d0), sum);
            sum = w1.fma(load(in, i + d1), sum);
            sum = w2.fma(load(in, i + d2), sum);
            sum = w3.fma(load(in, i + d3), sum);
            sum = w4.fma(load(in, i + d4), sum);
            sum = w5.fma(load(in, i + d5), sum);
            sum = w6.fma(load(in, i + d6), sum);
            sum = w7.fma(load(in, i + d7), sum);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
        }
    }
}
