package org.isotrope.kernels.engine.banded;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link FloatBandedFlat}: two neighbours on both sides along every axis, as a Laplacian on uneven axes
 * reads them. Along the row weights come vector by vector, across rows from a list of five a row, across planes they
 * are the same five everywhere.
 *
 * <p>Loads along the row go over its ends, so the two columns at either end are wrong and the caller's to mend. What is
 * loaded is an argument of {@code fma} wherever the weight is in a register, because C2 makes load and product one
 * instruction only then.
 *
 * <p>The step from one vector to the next is a parameter, so that C2 does not count the turns of the loop along a row.
 * A loop over segments whose turns it counts becomes two ({@code PhaseIdealLoop::create_loop_nest}). That is a set-up for
 * every row, and before the inner one it checks what its profile says of branches within, such as that this thread owns
 * the arena, for arenas without an owner too. Where that fails it compiles anew with the same checks, up to a hundred
 * times a method; before other loops it leaves out what failed at that place. Checks of ranges stay in such a loop, which
 * costs less than the set-up.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatBandedStar {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int SHIFT = Integer.numberOfTrailingZeros(Float.BYTES);

    /** Bytes of a vector, from one to the next. */
    private static final long STRIDE = SPECIES.vectorByteSize();

    /** Elements of a vector. */
    static final int LANES = SPECIES.length();

    /** Neighbours on either side. */
    static final int REACH = 2;

    /** Taps along an axis. */
    static final int TAPS = 2 * REACH + 1;

    /** Weights of one vector along the row. */
    private static final int BLOCK = TAPS * LANES;

    private FloatBandedStar() {}

    /**
     * Weights in a plane.
     *
     * @param along along the row: for each vector its weights at the first offset, at the second, and so on, so that
     *     one range check holds for all; a vector that overlaps the last whole one comes at the end
     * @param width columns
     * @param across across rows, five for each row
     */
    record Weights(float[] along, int width, float[] across) {
        /**
         * Puts weights along the row in order.
         *
         * @param table {@code stride} columns for each of five offsets
         * @param stride elements of a row of the table
         * @param width columns
         * @param across across rows, five for each row
         */
        static Weights of(float[] table, int stride, int width, float[] across) {
            int vectors = (width + LANES - 1) / LANES;
            float[] along = new float[vectors * BLOCK];
            for (int v = 0; v < vectors; v++) {
                int column = Math.min(v * LANES, width - LANES);
                for (int k = 0; k < TAPS; k++) {
                    System.arraycopy(table, k * stride + column, along, v * BLOCK + k * LANES, LANES);
                }
            }
            return new Weights(along, width, across);
        }
    }

    /**
     * Whole rows, one after the other.
     *
     * @param in input
     * @param out output
     * @param first byte position of the first row in the input
     * @param target byte position of the first row in the output
     * @param row its number
     * @param rows how many
     * @param weights along and across rows
     * @param planes weights across planes, five, or none in a plane by itself
     * @param at byte displacements of the planes
     */
    static void rows(
            MemorySegment in, MemorySegment out, long first, long target, int row, int rows, Weights weights,
            float[] planes, long[] at) {
        int width = weights.width;
        int whole = width / LANES * LANES;
        columns(in, out, first, target, row, rows, 0, whole, weights, planes, at);
        if (whole < width) {
            // the last vector overlaps the one before and is computed anew to the same bits
            long last = (long) (width - LANES) << SHIFT;
            columns(in, out, first + last, target + last, row, rows, whole, LANES, weights, planes, at);
        }
    }

    private static void columns(
            MemorySegment in, MemorySegment out, long first, long target, int row, int rows, int column, int count,
            Weights weights, float[] planes, long[] at) {
        if (planes.length == 0) {
            nine(in, out, first, target, row, rows, column, count, weights, STRIDE);
        } else {
            thirteen(in, out, first, target, row, rows, column, count, weights, planes, at, STRIDE);
        }
    }

    private static FloatVector load(MemorySegment segment, long position) {
        return FloatVector.fromMemorySegment(SPECIES, segment, position, ORDER);
    }

    private static FloatVector weight(float[] w, int tap) {
        return FloatVector.broadcast(SPECIES, w[tap]);
    }

    private static void nine(
            MemorySegment in, MemorySegment out, long first, long target, int row, int rows, int column, int count,
            Weights weights, long stride) {
        float[] along = weights.along;
        long step = (long) weights.width << SHIFT;
        long shift = target - first;
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int k = 0; k < rows; k++) {
            int r = TAPS * (row + k);
            FloatVector w0 = weight(weights.across, r);
            FloatVector w1 = weight(weights.across, r + 1);
            FloatVector w2 = weight(weights.across, r + 2);
            FloatVector w3 = weight(weights.across, r + 3);
            FloatVector w4 = weight(weights.across, r + 4);
            int c = TAPS * column;
            long start = first + k * step;
            long end = start + ((long) count << SHIFT);
            for (long i = start; i < end; i += stride) {
                FloatVector own = load(in, i);
                FloatVector sum = load(in, i - 2 * Float.BYTES).fma(FloatVector.fromArray(SPECIES, along, c), zero);
                sum = load(in, i - Float.BYTES).fma(FloatVector.fromArray(SPECIES, along, c + LANES), sum);
                sum = own.fma(FloatVector.fromArray(SPECIES, along, c + 2 * LANES), sum);
                sum = load(in, i + Float.BYTES).fma(FloatVector.fromArray(SPECIES, along, c + 3 * LANES), sum);
                sum = load(in, i + 2 * Float.BYTES).fma(FloatVector.fromArray(SPECIES, along, c + 4 * LANES), sum);
                FloatVector others = w0.fma(load(in, i - 2 * step), zero);
                others = w1.fma(load(in, i - step), others);
                others = w2.fma(own, others);
                others = w3.fma(load(in, i + step), others);
                others = w4.fma(load(in, i + 2 * step), others);
                zero.add(sum).add(others).intoMemorySegment(out, i + shift, ORDER);
                c += BLOCK;
            }
        }
    }

    private static void thirteen(
            MemorySegment in, MemorySegment out, long first, long target, int row, int rows, int column, int count,
            Weights weights, float[] planes, long[] at, long stride) {
        float[] along = weights.along;
        long step = (long) weights.width << SHIFT;
        long shift = target - first;
        long at0 = at[0];
        long at1 = at[1];
        long at3 = at[3];
        long at4 = at[4];
        FloatVector p0 = FloatVector.broadcast(SPECIES, planes[0]);
        FloatVector p1 = FloatVector.broadcast(SPECIES, planes[1]);
        FloatVector p2 = FloatVector.broadcast(SPECIES, planes[2]);
        FloatVector p3 = FloatVector.broadcast(SPECIES, planes[3]);
        FloatVector p4 = FloatVector.broadcast(SPECIES, planes[4]);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int k = 0; k < rows; k++) {
            int r = TAPS * (row + k);
            FloatVector w0 = weight(weights.across, r);
            FloatVector w1 = weight(weights.across, r + 1);
            FloatVector w2 = weight(weights.across, r + 2);
            FloatVector w3 = weight(weights.across, r + 3);
            FloatVector w4 = weight(weights.across, r + 4);
            int c = TAPS * column;
            long start = first + k * step;
            long end = start + ((long) count << SHIFT);
            for (long i = start; i < end; i += stride) {
                FloatVector own = load(in, i);
                FloatVector sum = load(in, i - 2 * Float.BYTES).fma(FloatVector.fromArray(SPECIES, along, c), zero);
                sum = load(in, i - Float.BYTES).fma(FloatVector.fromArray(SPECIES, along, c + LANES), sum);
                sum = own.fma(FloatVector.fromArray(SPECIES, along, c + 2 * LANES), sum);
                sum = load(in, i + Float.BYTES).fma(FloatVector.fromArray(SPECIES, along, c + 3 * LANES), sum);
                sum = load(in, i + 2 * Float.BYTES).fma(FloatVector.fromArray(SPECIES, along, c + 4 * LANES), sum);
                FloatVector planar = p0.fma(load(in, i + at0), zero);
                planar = p1.fma(load(in, i + at1), planar);
                planar = p2.fma(own, planar);
                planar = p3.fma(load(in, i + at3), planar);
                planar = p4.fma(load(in, i + at4), planar);
                FloatVector others = w0.fma(load(in, i - 2 * step), zero);
                others = w1.fma(load(in, i - step), others);
                others = w2.fma(own, others);
                others = w3.fma(load(in, i + step), others);
                others = w4.fma(load(in, i + 2 * step), others);
                zero.add(sum).add(planar).add(others).intoMemorySegment(out, i + shift, ORDER);
                c += BLOCK;
            }
        }
    }
}
