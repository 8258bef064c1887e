package org.isotrope.kernels.fourier;

import static org.isotrope.kernels.fourier.FloatLanes.ORDER;
import static org.isotrope.kernels.fourier.FloatLanes.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Butterflies of 3 legs (one cosine, one sine), one transform in each lane, for the stages of {@link FloatLine}.
 *
 * <p>6 loads and 6 stores an iteration. Output k is multiplied by the k-th twiddle, given as real part, imaginary
 * part and its negative. The order of operations is fixed, so that the bits do not depend on the vector length.
 */
final class FloatRadix3 {
    private static final FloatVector C1 = FloatLanes.constant(RootsOfUnity.cosine(1, 3));
    private static final FloatVector S1 = FloatLanes.constant(RootsOfUnity.sine(1, 3));

    private FloatRadix3() {}

    /** Twiddles that change with every butterfly, 6 numbers each. */
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
            int t = first + i * 6;
            FloatVector ar = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x, ORDER);
            FloatVector ai = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x, ORDER);
            FloatVector br = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + inLeg, ORDER);
            FloatVector bi = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + inLeg, ORDER);
            FloatVector cr = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 2 * inLeg, ORDER);
            FloatVector ci = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 2 * inLeg, ORDER);
            FloatVector s1r = br.add(cr);
            FloatVector s1i = bi.add(ci);
            FloatVector d1r = br.sub(cr);
            FloatVector d1i = bi.sub(ci);
            ar.add(s1r).intoMemorySegment(outRe, outReAt + y, ORDER);
            ai.add(s1i).intoMemorySegment(outIm, outImAt + y, ORDER);
            FloatVector m1r = s1r.fma(C1, ar);
            FloatVector m1i = s1i.fma(C1, ai);
            FloatVector n1r = d1r.mul(S1);
            FloatVector n1i = d1i.mul(S1);
            FloatVector w1r = FloatVector.broadcast(SPECIES, w[t]);
            FloatVector w1i = FloatVector.broadcast(SPECIES, w[t + 1]);
            FloatVector w1n = FloatVector.broadcast(SPECIES, w[t + 2]);
            FloatVector y1r = m1r.add(n1i);
            FloatVector y1i = m1i.sub(n1r);
            y1i.fma(w1n, y1r.mul(w1r)).intoMemorySegment(outRe, outReAt + y + outLeg, ORDER);
            y1r.fma(w1i, y1i.mul(w1r)).intoMemorySegment(outIm, outImAt + y + outLeg, ORDER);
            FloatVector w2r = FloatVector.broadcast(SPECIES, w[t + 3]);
            FloatVector w2i = FloatVector.broadcast(SPECIES, w[t + 4]);
            FloatVector w2n = FloatVector.broadcast(SPECIES, w[t + 5]);
            FloatVector y2r = m1r.sub(n1i);
            FloatVector y2i = m1i.add(n1r);
            y2i.fma(w2n, y2r.mul(w2r)).intoMemorySegment(outRe, outReAt + y + 2 * outLeg, ORDER);
            y2r.fma(w2i, y2i.mul(w2r)).intoMemorySegment(outIm, outImAt + y + 2 * outLeg, ORDER);
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
        FloatVector w2r = FloatVector.broadcast(SPECIES, w[first + 3]);
        FloatVector w2i = FloatVector.broadcast(SPECIES, w[first + 4]);
        FloatVector w2n = FloatVector.broadcast(SPECIES, w[first + 5]);
        for (int i = 0; i < count; i++) {
            long x = i * inStep;
            long y = i * outStep;
            FloatVector ar = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x, ORDER);
            FloatVector ai = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x, ORDER);
            FloatVector br = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + inLeg, ORDER);
            FloatVector bi = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + inLeg, ORDER);
            FloatVector cr = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 2 * inLeg, ORDER);
            FloatVector ci = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 2 * inLeg, ORDER);
            FloatVector s1r = br.add(cr);
            FloatVector s1i = bi.add(ci);
            FloatVector d1r = br.sub(cr);
            FloatVector d1i = bi.sub(ci);
            ar.add(s1r).intoMemorySegment(outRe, outReAt + y, ORDER);
            ai.add(s1i).intoMemorySegment(outIm, outImAt + y, ORDER);
            FloatVector m1r = s1r.fma(C1, ar);
            FloatVector m1i = s1i.fma(C1, ai);
            FloatVector n1r = d1r.mul(S1);
            FloatVector n1i = d1i.mul(S1);
            FloatVector y1r = m1r.add(n1i);
            FloatVector y1i = m1i.sub(n1r);
            y1i.fma(w1n, y1r.mul(w1r)).intoMemorySegment(outRe, outReAt + y + outLeg, ORDER);
            y1r.fma(w1i, y1i.mul(w1r)).intoMemorySegment(outIm, outImAt + y + outLeg, ORDER);
            FloatVector y2r = m1r.sub(n1i);
            FloatVector y2i = m1i.add(n1r);
            y2i.fma(w2n, y2r.mul(w2r)).intoMemorySegment(outRe, outReAt + y + 2 * outLeg, ORDER);
            y2r.fma(w2i, y2i.mul(w2r)).intoMemorySegment(outIm, outImAt + y + 2 * outLeg, ORDER);
        }
    }

    /** No twiddles: the last stage. */
    static void last(
            Planes in, long inFirst, long inLeg, long inStep, Planes out, long outFirst, long outLeg, long outStep,
            int count) {
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
            FloatVector cr = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 2 * inLeg, ORDER);
            FloatVector ci = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 2 * inLeg, ORDER);
            FloatVector s1r = br.add(cr);
            FloatVector s1i = bi.add(ci);
            FloatVector d1r = br.sub(cr);
            FloatVector d1i = bi.sub(ci);
            ar.add(s1r).intoMemorySegment(outRe, outReAt + y, ORDER);
            ai.add(s1i).intoMemorySegment(outIm, outImAt + y, ORDER);
            FloatVector m1r = s1r.fma(C1, ar);
            FloatVector m1i = s1i.fma(C1, ai);
            FloatVector n1r = d1r.mul(S1);
            FloatVector n1i = d1i.mul(S1);
            m1r.add(n1i).intoMemorySegment(outRe, outReAt + y + outLeg, ORDER);
            m1i.sub(n1r).intoMemorySegment(outIm, outImAt + y + outLeg, ORDER);
            m1r.sub(n1i).intoMemorySegment(outRe, outReAt + y + 2 * outLeg, ORDER);
            m1i.add(n1r).intoMemorySegment(outIm, outImAt + y + 2 * outLeg, ORDER);
        }
    }
}
