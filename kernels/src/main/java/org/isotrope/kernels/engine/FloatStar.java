package org.isotrope.kernels.engine;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Flat sweeps of stars: taps of which three in the middle are a node and its two neighbours along the row, with as many
 * taps on either side of the three.
 *
 * <p>Loads that cross a cache line run at half the rate of others, so the neighbours are taken from the registers of
 * three vectors that follow each other, of which one is loaded for each vector of results. Bits are those of
 * {@link FloatSweep}. Selecting from two vectors is one instruction with vectors of 64 bytes, and slow without them.
 */
final class FloatStar {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();

    /** Whether the machine has what it takes. */
    private static final boolean SERVED = STEP == 64;

    private static final FloatVector LANES = FloatVector.zero(SPECIES).addIndex(1);
    private static final FloatVector LEFT = LANES.add(SPECIES.length() - 1);
    private static final FloatVector RIGHT = LANES.add(1);

    private FloatStar() {}

    /** Bytes that a pass reads before its first and behind its last output element, around the middle of the star. */
    static final long MARGIN = STEP;

    /**
     * Whether the taps are a star that this class sweeps.
     *
     * @param d byte displacements of all taps
     * @return true for 3, 5 or 7 taps with three neighbours in the middle
     */
    static boolean serves(long[] d) {
        int middle = d.length / 2;
        return SERVED && d.length % 2 == 1 && d.length >= 3 && d.length <= 7
                && d[middle - 1] == d[middle] - Float.BYTES && d[middle + 1] == d[middle] + Float.BYTES;
    }

    /**
     * One pass over whole vectors, as {@link FloatSweep#pass} from tap 0.
     *
     * @param in input elements; those of the middle of the star are there for {@link #MARGIN} bytes more on both sides
     * @param out output elements
     * @param first byte position of the first output element
     * @param end byte position behind the last output element; the length is a multiple of the vector length
     * @param d byte displacements of the taps
     * @param w weights of the taps
     */
    static void pass(MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w) {
        switch (d.length) {
            case 3 -> star3(in, out, first, end, d, w);
            case 5 -> star5(in, out, first, end, d, w);
            case 7 -> star7(in, out, first, end, d, w);
            default -> throw new IllegalArgumentException("taps are " + d.length + "; they had to be 3, 5 or 7");
        }
    }

    private static FloatVector load(MemorySegment segment, long position) {
        return FloatVector.fromMemorySegment(SPECIES, segment, position, ORDER);
    }

    private static FloatVector weight(float[] w, int tap) {
        return FloatVector.broadcast(SPECIES, w[tap]);
    }

    private static void star3(MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w) {
        long d1 = d[1];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector left = LEFT;
        FloatVector right = RIGHT;
        FloatVector before = load(in, first + d1 - STEP);
        FloatVector middle = load(in, first + d1);
        for (long i = first; i < end; i += STEP) {
            FloatVector after = load(in, i + d1 + STEP);
            FloatVector sum = left.selectFrom(before, middle).fma(w0, zero);
            sum = middle.fma(w1, sum);
            sum = right.selectFrom(middle, after).fma(w2, sum);
            sum.add(zero).intoMemorySegment(out, i, ORDER);
            before = middle;
            middle = after;
        }
    }

    private static void star5(MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w) {
        long d0 = d[0];
        long d2 = d[2];
        long d4 = d[4];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector left = LEFT;
        FloatVector right = RIGHT;
        FloatVector before = load(in, first + d2 - STEP);
        FloatVector middle = load(in, first + d2);
        for (long i = first; i < end; i += STEP) {
            FloatVector after = load(in, i + d2 + STEP);
            FloatVector sum = load(in, i + d0).fma(w0, zero);
            sum = left.selectFrom(before, middle).fma(w1, sum);
            sum = middle.fma(w2, sum);
            sum = right.selectFrom(middle, after).fma(w3, sum);
            sum = load(in, i + d4).fma(w4, sum);
            sum.add(zero).intoMemorySegment(out, i, ORDER);
            before = middle;
            middle = after;
        }
    }

    private static void star7(MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w) {
        long d0 = d[0];
        long d1 = d[1];
        long d3 = d[3];
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
        FloatVector left = LEFT;
        FloatVector right = RIGHT;
        FloatVector before = load(in, first + d3 - STEP);
        FloatVector middle = load(in, first + d3);
        for (long i = first; i < end; i += STEP) {
            FloatVector after = load(in, i + d3 + STEP);
            FloatVector sum = load(in, i + d0).fma(w0, zero);
            sum = load(in, i + d1).fma(w1, sum);
            sum = left.selectFrom(before, middle).fma(w2, sum);
            sum = middle.fma(w3, sum);
            sum = right.selectFrom(middle, after).fma(w4, sum);
            sum = load(in, i + d5).fma(w5, sum);
            sum = load(in, i + d6).fma(w6, sum);
            sum.add(zero).intoMemorySegment(out, i, ORDER);
            before = middle;
            middle = after;
        }
    }
}
