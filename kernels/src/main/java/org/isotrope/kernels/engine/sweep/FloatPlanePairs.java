package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.isotrope.kernels.engine.Apart;
import org.isotrope.kernels.engine.program.AxisMap;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.jspecify.annotations.Nullable;

/**
 * Flat sweeps of a star of seven taps over two planes at once: each plane is one of the neighbours of the other, so four
 * planes are read for two of results, where a sweep of each reads three for one.
 *
 * <p>That pays for planes that leave the second-level cache before the next one comes. Bits are those of {@link FloatSweep}.
 */
final class FloatPlanePairs {
    private static final int TAPS = 7;
    private static final VectorSpecies<Float> SPECIES = FloatSweep.SPECIES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long STEP = SPECIES.vectorByteSize();

    private final AxisMap planes;
    private final AxisMap rows;
    /** Elements of a row, and of a plane. */
    private final long row;
    private final long plane;
    private final FloatRowTaps taps;

    private FloatPlanePairs(StencilProgram program, FloatRowTaps taps) {
        this.planes = program.map(0);
        this.rows = program.map(1);
        this.row = program.size(2);
        this.plane = row * program.size(1);
        this.taps = taps;
    }

    /**
     * For a program.
     *
     * @param program of two planes away from walls at least
     * @param taps of all outputs in rows away from walls
     * @return null unless they are such a star
     */
    static @Nullable FloatPlanePairs of(StencilProgram program, FloatRowTaps[] taps) {
        long[] d = taps[0].bytes();
        long plane = (long) program.size(1) * program.size(2) * Float.BYTES;
        boolean star = taps.length == 1 && d.length == TAPS && program.size(2) >= FloatSweep.LANES && d[0] == -plane
                && d[2] == -Float.BYTES && d[3] == 0 && d[4] == Float.BYTES && d[6] == plane;
        return star ? new FloatPlanePairs(program, taps[0]) : null;
    }

    /** Whether a plane and the next are away from walls, and before the end. */
    boolean serves(int plane, int end) {
        return plane + 1 < end && planes.isInterior(plane) && planes.isInterior(plane + 1);
    }

    /**
     * Rows of a plane and the same ones of the next; their ends are left to be mended, rows next to walls are left out.
     *
     * @param in input elements
     * @param out output elements
     * @param plane the first of both, which {@link #serves(int, int)}
     * @param from first row
     * @param end behind the last
     */
    void run(MemorySegment in, MemorySegment out, int plane, int from, int end) {
        long first = (plane * this.plane + Math.max(from, rows.low()) * row) * Float.BYTES;
        long last = (plane * this.plane + Math.min(end, rows.size() - rows.high()) * row) * Float.BYTES;
        if (first >= last) {
            return;
        }
        long whole = last - (last - first) % STEP;
        pass(in, out, first, whole, taps.bytes(), taps.weights(), null);
        if (whole < last) {
            // this vector overlaps the one before
            pass(in, out, last - STEP, last, taps.bytes(), taps.weights(), null);
        }
    }

    private static FloatVector load(MemorySegment segment, long position) {
        return FloatVector.fromMemorySegment(SPECIES, segment, position, ORDER);
    }

    private static FloatVector weight(float[] w, int tap) {
        return FloatVector.broadcast(SPECIES, w[tap]);
    }

    private static void pass(
            MemorySegment in, MemorySegment out, long first, long end, long[] d, float[] w, @Nullable Apart apart) {
        long below = d[1];
        long above = d[5];
        long plane = d[6];
        FloatVector w0 = weight(w, 0);
        FloatVector w1 = weight(w, 1);
        FloatVector w2 = weight(w, 2);
        FloatVector w3 = weight(w, 3);
        FloatVector w4 = weight(w, 4);
        FloatVector w5 = weight(w, 5);
        FloatVector w6 = weight(w, 6);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (long i = first; i < end; i += STEP) {
            FloatVector middle = load(in, i);
            FloatVector other = load(in, i + plane);
            FloatVector sum = w0.fma(load(in, i - plane), zero);
            FloatVector next = w0.fma(middle, zero);
            sum = w1.fma(load(in, i + below), sum);
            next = w1.fma(load(in, i + plane + below), next);
            sum = w2.fma(load(in, i - Float.BYTES), sum);
            next = w2.fma(load(in, i + plane - Float.BYTES), next);
            sum = w3.fma(middle, sum);
            next = w3.fma(other, next);
            sum = w4.fma(load(in, i + Float.BYTES), sum);
            next = w4.fma(load(in, i + plane + Float.BYTES), next);
            sum = w5.fma(load(in, i + above), sum);
            next = w5.fma(load(in, i + plane + above), next);
            sum = w6.fma(other, sum);
            next = w6.fma(load(in, i + 2 * plane), next);
            zero.add(sum).intoMemorySegment(out, i, ORDER);
            zero.add(next).intoMemorySegment(out, i + plane, ORDER);
        }
    }
}
