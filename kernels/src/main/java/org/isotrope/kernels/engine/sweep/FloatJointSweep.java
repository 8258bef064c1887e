package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * Flat sweeps of two or three outputs at once: {@code out_r[i] = Σ_t w_rt in[i + d_rt]} over a contiguous run of
 * elements, with as many taps for each output.
 *
 * <p>What the outputs read of one component comes from memory once, and their streams are written side by side, which is
 * what a gradient of a large grid waits for. A loop body has fifteen accesses at most: with twenty-one C2 stops inlining
 * and vectors go to the heap, and with more weights and displacements than there are registers sums one after the other
 * are faster. Bits are those of {@link FloatSweep}: each sum has its taps in order, by {@code fma}. All are stored after
 * the last load, which is faster than each as soon as it is there. Every loop is compiled by itself ({@link Apart}). Two
 * flops and one load a tap, one store an output.
 */
final class FloatJointSweep {
    private static final VectorSpecies<Float> SPECIES = FloatSweep.SPECIES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();

    private FloatJointSweep() {}

    /**
     * One pass over whole vectors.
     *
     * @param in input elements; every {@code i + d_rt} lies inside
     * @param out output elements
     * @param first byte position of the first node
     * @param end byte position behind the last node; the length is a multiple of the vector length
     * @param o byte displacements of the outputs from a node, two or three
     * @param d byte displacements of the taps from a node, output by output
     * @param w their weights
     */
    static void pass(MemorySegment in, MemorySegment out, long first, long end, long[] o, long[] d, float[] w) {
        switch (10 * o.length + d.length / o.length) {
            case 22 -> two2(in, out, first, end, o, d, w, null);
            case 23 -> two3(in, out, first, end, o, d, w, null);
            case 24 -> two4(in, out, first, end, o, d, w, null);
            case 32 -> three2(in, out, first, end, o, d, w, null);
            case 33 -> three3(in, out, first, end, o, d, w, null);
            case 34 -> three4(in, out, first, end, o, d, w, null);
            default -> throw new IllegalArgumentException(
                    d.length + " taps of " + o.length + " outputs are in one pass; no pass takes them so");
        }
    }

    private static FloatVector load(MemorySegment segment, long position) {
        return FloatVector.fromMemorySegment(SPECIES, segment, position, ORDER);
    }

    private static FloatVector weight(float[] w, int tap) {
        return FloatVector.broadcast(SPECIES, w[tap]);
    }

    private static void two2(
            MemorySegment in, MemorySegment out, long first, long end, long[] o, long[] d, float[] w,
            @Nullable Apart apart) {
        long o0 = o[0];
        long o1 = o[1];
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
            FloatVector s0 = w0.fma(load(in, i + d0), zero);
            FloatVector s1 = w2.fma(load(in, i + d2), zero);
            s0 = w1.fma(load(in, i + d1), s0);
            s1 = w3.fma(load(in, i + d3), s1);
            zero.add(s0).intoMemorySegment(out, i + o0, ORDER);
            zero.add(s1).intoMemorySegment(out, i + o1, ORDER);
        }
    }

    private static void two3(
            MemorySegment in, MemorySegment out, long first, long end, long[] o, long[] d, float[] w,
            @Nullable Apart apart) {
        long o0 = o[0];
        long o1 = o[1];
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
            FloatVector s0 = w0.fma(load(in, i + d0), zero);
            FloatVector s1 = w3.fma(load(in, i + d3), zero);
            s0 = w1.fma(load(in, i + d1), s0);
            s1 = w4.fma(load(in, i + d4), s1);
            s0 = w2.fma(load(in, i + d2), s0);
            s1 = w5.fma(load(in, i + d5), s1);
            zero.add(s0).intoMemorySegment(out, i + o0, ORDER);
            zero.add(s1).intoMemorySegment(out, i + o1, ORDER);
        }
    }

    private static void two4(
            MemorySegment in, MemorySegment out, long first, long end, long[] o, long[] d, float[] w,
            @Nullable Apart apart) {
        long o0 = o[0];
        long o1 = o[1];
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
            FloatVector s0 = w0.fma(load(in, i + d0), zero);
            FloatVector s1 = w4.fma(load(in, i + d4), zero);
            s0 = w1.fma(load(in, i + d1), s0);
            s1 = w5.fma(load(in, i + d5), s1);
            s0 = w2.fma(load(in, i + d2), s0);
            s1 = w6.fma(load(in, i + d6), s1);
            s0 = w3.fma(load(in, i + d3), s0);
            s1 = w7.fma(load(in, i + d7), s1);
            zero.add(s0).intoMemorySegment(out, i + o0, ORDER);
            zero.add(s1).intoMemorySegment(out, i + o1, ORDER);
        }
    }

    private static void three2(
            MemorySegment in, MemorySegment out, long first, long end, long[] o, long[] d, float[] w,
            @Nullable Apart apart) {
        long o0 = o[0];
        long o1 = o[1];
        long o2 = o[2];
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
            FloatVector s0 = w0.fma(load(in, i + d0), zero);
            FloatVector s1 = w2.fma(load(in, i + d2), zero);
            FloatVector s2 = w4.fma(load(in, i + d4), zero);
            s0 = w1.fma(load(in, i + d1), s0);
            s1 = w3.fma(load(in, i + d3), s1);
            s2 = w5.fma(load(in, i + d5), s2);
            zero.add(s0).intoMemorySegment(out, i + o0, ORDER);
            zero.add(s1).intoMemorySegment(out, i + o1, ORDER);
            zero.add(s2).intoMemorySegment(out, i + o2, ORDER);
        }
    }

    private static void three3(
            MemorySegment in, MemorySegment out, long first, long end, long[] o, long[] d, float[] w,
            @Nullable Apart apart) {
        long o0 = o[0];
        long o1 = o[1];
        long o2 = o[2];
        long d0 = d[0];
        long d1 = d[1];
        long d2 = d[2];
        long d3 = d[3];
        long d4 = d[4];
        long d5 = d[5];
        long d6 = d[6];
        long d7 = d[7];
        long d8 = d[8];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector w5 = weight(w, 5);
        FloatVector w6 = weight(w, 6);
        FloatVector w7 = weight(w, 7);
        FloatVector w8 = weight(w, 8);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector s0 = w0.fma(load(in, i + d0), zero);
            FloatVector s1 = w3.fma(load(in, i + d3), zero);
            FloatVector s2 = w6.fma(load(in, i + d6), zero);
            s0 = w1.fma(load(in, i + d1), s0);
            s1 = w4.fma(load(in, i + d4), s1);
            s2 = w7.fma(load(in, i + d7), s2);
            s0 = w2.fma(load(in, i + d2), s0);
            s1 = w5.fma(load(in, i + d5), s1);
            s2 = w8.fma(load(in, i + d8), s2);
            zero.add(s0).intoMemorySegment(out, i + o0, ORDER);
            zero.add(s1).intoMemorySegment(out, i + o1, ORDER);
            zero.add(s2).intoMemorySegment(out, i + o2, ORDER);
        }
    }

    /** All outputs have the weights of the first, of which registers do not take more. */
    private static void three4(
            MemorySegment in, MemorySegment out, long first, long end, long[] o, long[] d, float[] w,
            @Nullable Apart apart) {
        long o0 = o[0];
        long o1 = o[1];
        long o2 = o[2];
        long d0 = d[0];
        long d1 = d[1];
        long d2 = d[2];
        long d3 = d[3];
        long d4 = d[4];
        long d5 = d[5];
        long d6 = d[6];
        long d7 = d[7];
        long d8 = d[8];
        long d9 = d[9];
        long d10 = d[10];
        long d11 = d[11];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector s0 = w0.fma(load(in, i + d0), zero);
            FloatVector s1 = w0.fma(load(in, i + d4), zero);
            FloatVector s2 = w0.fma(load(in, i + d8), zero);
            s0 = w1.fma(load(in, i + d1), s0);
            s1 = w1.fma(load(in, i + d5), s1);
            s2 = w1.fma(load(in, i + d9), s2);
            s0 = w2.fma(load(in, i + d2), s0);
            s1 = w2.fma(load(in, i + d6), s1);
            s2 = w2.fma(load(in, i + d10), s2);
            s0 = w3.fma(load(in, i + d3), s0);
            s1 = w3.fma(load(in, i + d7), s1);
            s2 = w3.fma(load(in, i + d11), s2);
            zero.add(s0).intoMemorySegment(out, i + o0, ORDER);
            zero.add(s1).intoMemorySegment(out, i + o1, ORDER);
            zero.add(s2).intoMemorySegment(out, i + o2, ORDER);
        }
    }
}
