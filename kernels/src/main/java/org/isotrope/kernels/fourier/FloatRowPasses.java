package org.isotrope.kernels.fourier;

import static org.isotrope.kernels.fourier.FloatLanes.ORDER;
import static org.isotrope.kernels.fourier.FloatLanes.ROW;
import static org.isotrope.kernels.fourier.FloatLanes.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/** Passes over the rows of a line besides the stages of its transform. Every lane does the same. */
final class FloatRowPasses {
    private FloatRowPasses() {}

    /** Row 0, which may be its own target. */
    static void copy(Planes in, Planes out) {
        FloatVector re = FloatVector.fromMemorySegment(SPECIES, in.re, in.reAt, ORDER);
        FloatVector im = FloatVector.fromMemorySegment(SPECIES, in.im, in.imAt, ORDER);
        re.intoMemorySegment(out.re, out.reAt, ORDER);
        im.intoMemorySegment(out.im, out.imAt, ORDER);
    }

    /** Rows from {@code from} to before {@code to} of dense planes become 0. */
    static void clear(Planes rows, int from, int to) {
        clear(rows.re, rows.reAt, from, to);
        clear(rows.im, rows.imAt, from, to);
    }

    /** Rows from {@code from} to before {@code to} of a dense plane become 0. */
    static void clear(MemorySegment plane, long at, int from, int to) {
        clear(plane, at, from, to, null);
    }

    private static void clear(MemorySegment plane, long at, int from, int to, @Nullable Apart apart) {
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int row = from; row < to; row++) {
            zero.intoMemorySegment(plane, at + (long) row * ROW, ORDER);
        }
    }

    /** Row k times the k-th of the complex factors; in place or apart. */
    static void multiply(Planes in, long inStep, Planes out, long outStep, int count, float[] factors) {
        multiply(in, inStep, out, outStep, count, factors, null);
    }

    private static void multiply(
            Planes in, long inStep, Planes out, long outStep, int count, float[] factors, @Nullable Apart apart) {
        MemorySegment inRe = in.re;
        MemorySegment inIm = in.im;
        MemorySegment outRe = out.re;
        MemorySegment outIm = out.im;
        long inReAt = in.reAt;
        long inImAt = in.imAt;
        long outReAt = out.reAt;
        long outImAt = out.imAt;
        for (int k = 0; k < count; k++) {
            FloatVector re = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + k * inStep, ORDER);
            FloatVector im = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + k * inStep, ORDER);
            FloatVector c = FloatVector.broadcast(SPECIES, factors[3 * k]);
            FloatVector s = FloatVector.broadcast(SPECIES, factors[3 * k + 1]);
            FloatVector n = FloatVector.broadcast(SPECIES, factors[3 * k + 2]);
            im.fma(n, re.mul(c)).intoMemorySegment(outRe, outReAt + k * outStep, ORDER);
            re.fma(s, im.mul(c)).intoMemorySegment(outIm, outImAt + k * outStep, ORDER);
        }
    }

    /**
     * Output row k is {@code signs[k]} times input row {@code rows[k]}, or 0 where {@code rows[k] < 0}; apart.
     */
    static void rearrange(
            MemorySegment in, long inAt, long inStep, MemorySegment out, long outAt, long outStep, int[] rows,
            float[] signs) {
        rearrange(in, inAt, inStep, out, outAt, outStep, rows, signs, null);
    }

    private static void rearrange(
            MemorySegment in, long inAt, long inStep, MemorySegment out, long outAt, long outStep, int[] rows,
            float[] signs, @Nullable Apart apart) {
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int k = 0; k < rows.length; k++) {
            int row = rows[k];
            if (row < 0) {
                zero.intoMemorySegment(out, outAt + k * outStep, ORDER);
            } else {
                FloatVector.fromMemorySegment(SPECIES, in, inAt + row * inStep, ORDER).mul(signs[k])
                        .intoMemorySegment(out, outAt + k * outStep, ORDER);
            }
        }
    }
}
