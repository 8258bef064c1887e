package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * The loops of {@link FloatSeams}: seams to records and results back, and the sums of a star along records. Records are
 * in arrays, because short loops over arrays have next to no set-up.
 *
 * <p>Of a record's four elements the second and third are the ends of rows; results of the others are of no use.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatSeamSums {
    private static final VectorSpecies<Float> SPECIES = FloatSweep.SPECIES;
    private static final VectorSpecies<Float> PAIR =
            VectorSpecies.of(float.class, VectorShape.forBitSize(2 * Float.SIZE));
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int LANES = SPECIES.length();

    /** Elements of a record. */
    static final int RECORD = 4;

    /** Bytes from the first element of a record to the first of a row. */
    static final long BEFORE = 2 * Float.BYTES;

    /** Whether a vector holds a record. */
    private static final boolean WHOLE = LANES >= RECORD;

    private static final VectorSpecies<Float> QUAD =
            WHOLE ? VectorSpecies.of(float.class, VectorShape.forBitSize(4 * Float.SIZE)) : PAIR;

    /** Of vectors of two elements the sums are those of ends alone. */
    private static final int FIRST = WHOLE ? 0 : 1;

    /** Lanes of first nodes, and of last ones. */
    private static final VectorMask<Float> STARTS = lanes(2);

    private static final VectorMask<Float> ENDS = lanes(1);

    private FloatSeamSums() {}

    private static VectorMask<Float> lanes(int element) {
        boolean[] lanes = new boolean[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            lanes[lane] = (lane + FIRST) % RECORD == element;
        }
        return VectorMask.fromArray(SPECIES, lanes, 0);
    }

    /**
     * Records of seams whose elements are all there.
     *
     * @param in input elements
     * @param first byte position of the first record's elements
     * @param distance bytes from row to row
     * @param to takes the records
     * @param at position of the first
     * @param count number of records
     */
    static void gather(MemorySegment in, long first, long distance, float[] to, int at, int count) {
        gather(in, first, distance, to, at, count, null);
    }

    private static void gather(
            MemorySegment in, long first, long distance, float[] to, int at, int count, @Nullable Apart apart) {
        long position = first;
        int end = at + RECORD * count;
        for (int i = at; i < end; i += RECORD) {
            if (WHOLE) {
                FloatVector.fromMemorySegment(QUAD, in, position, ORDER).intoArray(to, i);
            } else {
                FloatVector.fromMemorySegment(PAIR, in, position, ORDER).intoArray(to, i);
                FloatVector.fromMemorySegment(PAIR, in, position + BEFORE, ORDER).intoArray(to, i + 2);
            }
            position += distance;
        }
    }

    /**
     * Results of both sides of seams.
     *
     * @param from results in the places of records
     * @param at position of the first record
     * @param out output elements
     * @param first byte position of the last node of the row before the first seam
     * @param distance bytes from row to row
     * @param count number of seams
     */
    static void scatter(float[] from, int at, MemorySegment out, long first, long distance, int count) {
        scatter(from, at, out, first, distance, count, null);
    }

    private static void scatter(
            float[] from, int at, MemorySegment out, long first, long distance, int count, @Nullable Apart apart) {
        long position = first;
        int end = at + RECORD * count;
        for (int i = at; i < end; i += RECORD) {
            FloatVector.fromArray(PAIR, from, i + 1).intoMemorySegment(out, position, ORDER);
            position += distance;
        }
    }

    /**
     * The sums of a star along records, rounded up to whole vectors.
     *
     * @param records input
     * @param base position of the first record
     * @param below holds what first nodes have for their neighbour below
     * @param starts its position there, for the first record
     * @param above holds what last nodes have for their neighbour above
     * @param ends its position there, for the first record
     * @param star its taps
     * @param results takes the sums, from position 0 on
     * @param elements of all records
     */
    static void sum(
            float[] records, int base, float[] below, int starts, float[] above, int ends, Star star, float[] results, int elements) {
        if (star.before == 2 && star.w.length == 7 && star.width == 3) {
            seven(records, base, below, starts, above, ends, star.d, star.w, results, elements, null);
        } else {
            any(records, base, below, starts, above, ends, star, results, elements, null);
        }
    }

    /** Displacements in strips, from a record; those of neighbours along the row are from their own place. */
    record Star(int[] d, float[] w, int before, int width) {}

    private static FloatVector load(float[] records, int position) {
        return FloatVector.fromArray(SPECIES, records, position);
    }

    private static FloatVector weight(float[] w, int tap) {
        return FloatVector.broadcast(SPECIES, w[tap]);
    }

    private static void seven(
            float[] records, int base, float[] below, int starts, float[] above, int ends, int[] d, float[] w, float[] results, int elements,
            @Nullable Apart apart) {
        int d0 = base + FIRST + d[0];
        int d1 = base + FIRST + d[1];
        int d2 = base + FIRST + d[2];
        int d3 = base + FIRST + d[3];
        int d4 = base + FIRST + d[4];
        int d5 = base + FIRST + d[5];
        int d6 = base + FIRST + d[6];
        int low = starts + FIRST;
        int high = ends + FIRST;
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector w5 = weight(w, 5);
        FloatVector w6 = weight(w, 6);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int i = 0; i < elements; i += FloatSeams.STRIDE) {
            FloatVector left = load(records, d2 + i).blend(load(below, low + i), STARTS);
            FloatVector right = load(records, d4 + i).blend(load(above, high + i), ENDS);
            FloatVector sum = w0.fma(load(records, d0 + i), zero);
            sum = w1.fma(load(records, d1 + i), sum);
            sum = left.fma(w2, sum);
            sum = w3.fma(load(records, d3 + i), sum);
            sum = right.fma(w4, sum);
            sum = w5.fma(load(records, d5 + i), sum);
            sum = w6.fma(load(records, d6 + i), sum);
            zero.add(sum).intoArray(results, i + FIRST);
        }
    }

    private static void any(
            float[] records, int base, float[] below, int starts, float[] above, int ends, Star star, float[] results,
            int elements, @Nullable Apart apart) {
        int[] d = star.d;
        float[] w = star.w;
        int before = star.before;
        int last = before + star.width - 1;
        int at = base + FIRST;
        int low = starts + FIRST;
        int high = ends + FIRST;
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int i = 0; i < elements; i += FloatSeams.STRIDE) {
            FloatVector left = load(records, at + d[before] + i).blend(load(below, low + i), STARTS);
            FloatVector right = load(records, at + d[last] + i).blend(load(above, high + i), ENDS);
            FloatVector sum = zero;
            for (int t = 0; t < before; t++) {
                sum = weight(w, t).fma(load(records, at + d[t] + i), sum);
            }
            // a vector that one loop after another carries is made an object
            left.fma(weight(w, before), sum).intoArray(results, i + FIRST);
            FloatVector own = load(results, i + FIRST);
            for (int t = before + 1; t < last; t++) {
                own = weight(w, t).fma(load(records, at + d[t] + i), own);
            }
            right.fma(weight(w, last), own).intoArray(results, i + FIRST);
            FloatVector all = load(results, i + FIRST);
            for (int t = last + 1; t < w.length; t++) {
                all = weight(w, t).fma(load(records, at + d[t] + i), all);
            }
            zero.add(all).intoArray(results, i + FIRST);
        }
    }
}
