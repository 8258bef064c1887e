package org.isotrope.kernels.fourier;

import static org.isotrope.kernels.fourier.FloatLanes.ORDER;
import static org.isotrope.kernels.fourier.FloatLanes.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * Butterflies of 2 legs (sum and difference), one transform in each lane, for the stages of {@link FloatLine}.
 *
 * <p>4 loads and 4 stores an iteration. Output k is multiplied by the k-th twiddle, given as real part, imaginary
 * part and its negative. The order of operations is fixed, so that the bits do not depend on the vector length.
 */
final class FloatRadix2 {
    private FloatRadix2() {}

    /** Twiddles that change with every butterfly, 3 numbers each. */
    static void varied(
            Planes in, long inFirst, long inLeg, long inStep, Planes out, long outFirst, long outLeg, long outStep,
            int count, float[] w, int first) {
        MemorySegment inRe = in.re;
        MemorySegment inIm = in.im;
        MemorySegment outRe = out.re;
        MemorySegment outIm = out.im;
        long inReAt = in.reAt + inFirst;
        long inImAt = in.imAt + inFirst;
        long outReAt = out.reAt + outFirst;
        long outImAt = out.imAt + outFirst;
        for (int i = 0; i < count; i++) {
            long x = i * inStep;
            long y = i * outStep;
            int t = first + i * 3;
            FloatVector ar = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x, ORDER);
            FloatVector ai = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x, ORDER);
            FloatVector br = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + inLeg, ORDER);
            FloatVector bi = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + inLeg, ORDER);
            ar.add(br).intoMemorySegment(outRe, outReAt + y, ORDER);
            ai.add(bi).intoMemorySegment(outIm, outImAt + y, ORDER);
            FloatVector w1r = FloatVector.broadcast(SPECIES, w[t]);
            FloatVector w1i = FloatVector.broadcast(SPECIES, w[t + 1]);
            FloatVector w1n = FloatVector.broadcast(SPECIES, w[t + 2]);
            FloatVector y1r = ar.sub(br);
            FloatVector y1i = ai.sub(bi);
            y1i.fma(w1n, y1r.mul(w1r)).intoMemorySegment(outRe, outReAt + y + outLeg, ORDER);
            y1r.fma(w1i, y1i.mul(w1r)).intoMemorySegment(outIm, outImAt + y + outLeg, ORDER);
        }
    }

    /** The same twiddles for all butterflies. */
    static void fixed(
            Planes in, long inFirst, long inLeg, long inStep, Planes out, long outFirst, long outLeg, long outStep,
            int count, float[] w, int first) {
        MemorySegment inRe = in.re;
        MemorySegment inIm = in.im;
        MemorySegment outRe = out.re;
        MemorySegment outIm = out.im;
        long inReAt = in.reAt + inFirst;
        long inImAt = in.imAt + inFirst;
        long outReAt = out.reAt + outFirst;
        long outImAt = out.imAt + outFirst;
        FloatVector w1r = FloatVector.broadcast(SPECIES, w[first]);
        FloatVector w1i = FloatVector.broadcast(SPECIES, w[first + 1]);
        FloatVector w1n = FloatVector.broadcast(SPECIES, w[first + 2]);
        for (int i = 0; i < count; i++) {
            long x = i * inStep;
            long y = i * outStep;
            FloatVector ar = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x, ORDER);
            FloatVector ai = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x, ORDER);
            FloatVector br = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + inLeg, ORDER);
            FloatVector bi = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + inLeg, ORDER);
            ar.add(br).intoMemorySegment(outRe, outReAt + y, ORDER);
            ai.add(bi).intoMemorySegment(outIm, outImAt + y, ORDER);
            FloatVector y1r = ar.sub(br);
            FloatVector y1i = ai.sub(bi);
            y1i.fma(w1n, y1r.mul(w1r)).intoMemorySegment(outRe, outReAt + y + outLeg, ORDER);
            y1r.fma(w1i, y1i.mul(w1r)).intoMemorySegment(outIm, outImAt + y + outLeg, ORDER);
        }
    }

    /** No twiddles: the last stage. */
    static void last(
            Planes in, long inFirst, long inLeg, long inStep, Planes out, long outFirst, long outLeg, long outStep,
            int count) {
        last(in, inFirst, inLeg, inStep, out, outFirst, outLeg, outStep, count, null);
    }

    private static void last(
            Planes in, long inFirst, long inLeg, long inStep, Planes out, long outFirst, long outLeg, long outStep,
            int count, @Nullable Apart apart) {
        MemorySegment inRe = in.re;
        MemorySegment inIm = in.im;
        MemorySegment outRe = out.re;
        MemorySegment outIm = out.im;
        long inReAt = in.reAt + inFirst;
        long inImAt = in.imAt + inFirst;
        long outReAt = out.reAt + outFirst;
        long outImAt = out.imAt + outFirst;
        for (int i = 0; i < count; i++) {
            long x = i * inStep;
            long y = i * outStep;
            FloatVector ar = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x, ORDER);
            FloatVector ai = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x, ORDER);
            FloatVector br = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + inLeg, ORDER);
            FloatVector bi = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + inLeg, ORDER);
            ar.add(br).intoMemorySegment(outRe, outReAt + y, ORDER);
            ai.add(bi).intoMemorySegment(outIm, outImAt + y, ORDER);
            ar.sub(br).intoMemorySegment(outRe, outReAt + y + outLeg, ORDER);
            ai.sub(bi).intoMemorySegment(outIm, outImAt + y + outLeg, ORDER);
        }
    }
}
