package org.isotrope.kernels.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The loops of {@link FloatEdges}: columns to strips and back, and a stencil along a strip. */
final class FloatStrips {
    private FloatStrips() {}

    /** Copies {@code count} elements that lie {@code stride} apart to consecutive ones; positions in elements. */
    static void gather(MemorySegment from, long first, long stride, MemorySegment to, long toFirst, int count) {
        long step = stride * Float.BYTES;
        long source = first * Float.BYTES;
        long target = toFirst * Float.BYTES;
        for (int i = 0; i < count; i++) {
            to.set(ValueLayout.JAVA_FLOAT_UNALIGNED, target + (long) i * Float.BYTES,
                    from.get(ValueLayout.JAVA_FLOAT_UNALIGNED, source));
            source += step;
        }
    }

    /** Copies {@code count} consecutive elements to ones that lie {@code stride} apart; positions in elements. */
    static void scatter(MemorySegment from, long first, MemorySegment to, long toFirst, long stride, int count) {
        long step = stride * Float.BYTES;
        long source = first * Float.BYTES;
        long target = toFirst * Float.BYTES;
        for (int i = 0; i < count; i++) {
            to.set(ValueLayout.JAVA_FLOAT_UNALIGNED, target,
                    from.get(ValueLayout.JAVA_FLOAT_UNALIGNED, source + (long) i * Float.BYTES));
            target += step;
        }
    }

    /**
     * One edge column: {@code strip[i] = Σ_t w_t strip[i + d_t]} for {@code first ≤ i < first + whole}.
     *
     * @param strips all strips
     * @param first element of the first row in the strip of results
     * @param whole number of rows, a multiple of the vector length
     * @param d byte displacements
     * @param w weights
     */
    static void run(MemorySegment strips, long first, int whole, long[] d, float[] w) {
        long start = first * Float.BYTES;
        long end = start + (long) whole * Float.BYTES;
        for (long i = start; w.length == 0 && i < end; i += Float.BYTES) {
            strips.set(ValueLayout.JAVA_FLOAT_UNALIGNED, i, (float) 0);
        }
        for (int t = 0; t < w.length; t += FloatSweep.TAPS) {
            FloatSweep.pass(strips, strips, start, end, d, w, t, Math.min(FloatSweep.TAPS, w.length - t));
        }
    }
}
