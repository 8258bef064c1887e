package org.isotrope.kernels.engine.elementwise;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * Sums of products in one fixed shape, whatever the vector width.
 *
 * <p>Elements are dealt to 64 running sums, element {@code i} to sum {@code i mod 64}; sums {@code j, j+16, j+32, j+48}
 * join pairwise, and the sixteen that remain join in {@code double} as a binary tree. That happens once a chunk of 1024
 * elements; chunks, and the fewer than 64 elements left over, are added in order in {@code double}. A vector holds 16
 * sums or a part of them, so narrower vectors go over a chunk several times.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatSums {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int LANES = SPECIES.length();
    private static final int FOLDED = 16;
    private static final int DEALT = 64;
    private static final int CHUNK = 1024;
    private static final ThreadLocal<float[]> LANE_SUMS = ThreadLocal.withInitial(() -> new float[FOLDED]);

    private FloatSums() {}

    /**
     * {@code Σ x_i y_i}.
     *
     * @param xFirst element of x to begin with
     * @param yFirst element of y to begin with
     * @param count number of elements
     */
    static double dot(MemorySegment x, long xFirst, MemorySegment y, long yFirst, long count) {
        float[] lanes = LANE_SUMS.get();
        double total = 0;
        long done = 0;
        while (count - done >= DEALT) {
            int chunk = (int) Math.min(CHUNK, count - done);
            chunk -= chunk % DEALT;
            for (int lane = 0; lane < FOLDED; lane += LANES) {
                dotLanes(x, (xFirst + done + lane) * Float.BYTES, y, (yFirst + done + lane) * Float.BYTES, chunk,
                        lanes, lane, null);
            }
            total += tree(lanes);
            done += chunk;
        }
        for (long i = done; i < count; i++) {
            total += (double) x.getAtIndex(ValueLayout.JAVA_FLOAT, xFirst + i)
                    * y.getAtIndex(ValueLayout.JAVA_FLOAT, yFirst + i);
        }
        return total;
    }

    /** Leaves its sums in an array: a vector that a method returns is an object where the method is not inlined. */
    private static void dotLanes(
            MemorySegment x, long xAt, MemorySegment y, long yAt, int chunk, float[] lanes, int lane,
            @Nullable Apart apart) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector sum0 = zero;
        FloatVector sum1 = zero;
        FloatVector sum2 = zero;
        FloatVector sum3 = zero;
        for (long i = 0; i < (long) chunk * Float.BYTES; i += DEALT * Float.BYTES) {
            sum0 = product(x, xAt + i, y, yAt + i, sum0);
            sum1 = product(x, xAt + i + FOLDED * Float.BYTES, y, yAt + i + FOLDED * Float.BYTES, sum1);
            sum2 = product(x, xAt + i + 2 * FOLDED * Float.BYTES, y, yAt + i + 2 * FOLDED * Float.BYTES, sum2);
            sum3 = product(x, xAt + i + 3 * FOLDED * Float.BYTES, y, yAt + i + 3 * FOLDED * Float.BYTES, sum3);
        }
        zero.add(sum0).add(sum1).add(zero.add(sum2).add(sum3)).intoArray(lanes, lane);
    }

    private static FloatVector product(MemorySegment x, long xAt, MemorySegment y, long yAt, FloatVector sum) {
        return FloatVector.fromMemorySegment(SPECIES, x, xAt, ORDER)
                .fma(FloatVector.fromMemorySegment(SPECIES, y, yAt, ORDER), sum);
    }

    private static double tree(float[] lanes) {
        double even = pair(lanes, 0) + pair(lanes, 4);
        double odd = pair(lanes, 2) + pair(lanes, 6);
        double evenHigh = pair(lanes, 1) + pair(lanes, 5);
        double oddHigh = pair(lanes, 3) + pair(lanes, 7);
        return (even + odd) + (evenHigh + oddHigh);
    }

    private static double pair(float[] lanes, int lane) {
        return (double) lanes[lane] + lanes[lane + FOLDED / 2];
    }

    /** {@code Σ x_i}, in the same shape. */
    static double sum(MemorySegment x, long count) {
        float[] lanes = LANE_SUMS.get();
        double total = 0;
        long done = 0;
        while (count - done >= DEALT) {
            int chunk = (int) Math.min(CHUNK, count - done);
            chunk -= chunk % DEALT;
            for (int lane = 0; lane < FOLDED; lane += LANES) {
                sumLanes(x, (done + lane) * Float.BYTES, chunk, lanes, lane, null);
            }
            total += tree(lanes);
            done += chunk;
        }
        for (long i = done; i < count; i++) {
            total += x.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        }
        return total;
    }

    private static void sumLanes(MemorySegment x, long at, int chunk, float[] lanes, int lane, @Nullable Apart apart) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector sum0 = zero;
        FloatVector sum1 = zero;
        FloatVector sum2 = zero;
        FloatVector sum3 = zero;
        for (long i = at; i < at + (long) chunk * Float.BYTES; i += DEALT * Float.BYTES) {
            sum0 = FloatVector.fromMemorySegment(SPECIES, x, i, ORDER).add(sum0);
            sum1 = FloatVector.fromMemorySegment(SPECIES, x, i + FOLDED * Float.BYTES, ORDER).add(sum1);
            sum2 = FloatVector.fromMemorySegment(SPECIES, x, i + 2 * FOLDED * Float.BYTES, ORDER).add(sum2);
            sum3 = FloatVector.fromMemorySegment(SPECIES, x, i + 3 * FOLDED * Float.BYTES, ORDER).add(sum3);
        }
        zero.add(sum0).add(sum1).add(zero.add(sum2).add(sum3)).intoArray(lanes, lane);
    }
}
