package org.isotrope.kernels.fourier;

import static org.isotrope.kernels.fourier.FloatLanes.ORDER;
import static org.isotrope.kernels.fourier.FloatLanes.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Butterflies of 7 legs (three cosines, three sines), one transform in each lane, for the stages of {@link FloatLine}.
 *
 * <p>14 loads and 14 stores an iteration. Output k is multiplied by the k-th twiddle, given as real part, imaginary
 * part and its negative. The order of operations is fixed, so that the bits do not depend on the vector length.
 */
final class FloatRadix7 {
    private static final FloatVector C1 = FloatLanes.constant(RootsOfUnity.cosine(1, 7));
    private static final FloatVector C2 = FloatLanes.constant(RootsOfUnity.cosine(2, 7));
    private static final FloatVector C3 = FloatLanes.constant(RootsOfUnity.cosine(3, 7));
    private static final FloatVector S1 = FloatLanes.constant(RootsOfUnity.sine(1, 7));
    private static final FloatVector S2 = FloatLanes.constant(RootsOfUnity.sine(2, 7));
    private static final FloatVector S3 = FloatLanes.constant(RootsOfUnity.sine(3, 7));
    private static final FloatVector N1 = FloatLanes.constant(-RootsOfUnity.sine(1, 7));
    private static final FloatVector N3 = FloatLanes.constant(-RootsOfUnity.sine(3, 7));

    private FloatRadix7() {}

    /** Twiddles that change with every butterfly, 18 numbers each. */
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
            int t = first + i * 18;
            FloatVector ar = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x, ORDER);
            FloatVector ai = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x, ORDER);
            FloatVector br = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + inLeg, ORDER);
            FloatVector bi = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + inLeg, ORDER);
            FloatVector cr = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 2 * inLeg, ORDER);
            FloatVector ci = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 2 * inLeg, ORDER);
            FloatVector dr = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 3 * inLeg, ORDER);
            FloatVector di = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 3 * inLeg, ORDER);
            FloatVector er = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 4 * inLeg, ORDER);
            FloatVector ei = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 4 * inLeg, ORDER);
            FloatVector fr = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 5 * inLeg, ORDER);
            FloatVector fi = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 5 * inLeg, ORDER);
            FloatVector gr = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 6 * inLeg, ORDER);
            FloatVector gi = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 6 * inLeg, ORDER);
            FloatVector s1r = br.add(gr);
            FloatVector s1i = bi.add(gi);
            FloatVector d1r = br.sub(gr);
            FloatVector d1i = bi.sub(gi);
            FloatVector s2r = cr.add(fr);
            FloatVector s2i = ci.add(fi);
            FloatVector d2r = cr.sub(fr);
            FloatVector d2i = ci.sub(fi);
            FloatVector s3r = dr.add(er);
            FloatVector s3i = di.add(ei);
            FloatVector d3r = dr.sub(er);
            FloatVector d3i = di.sub(ei);
            ar.add(s1r).add(s2r).add(s3r).intoMemorySegment(outRe, outReAt + y, ORDER);
            ai.add(s1i).add(s2i).add(s3i).intoMemorySegment(outIm, outImAt + y, ORDER);
            FloatVector m1r = s3r.fma(C3, s2r.fma(C2, s1r.fma(C1, ar)));
            FloatVector m1i = s3i.fma(C3, s2i.fma(C2, s1i.fma(C1, ai)));
            FloatVector n1r = d3r.fma(S3, d2r.fma(S2, d1r.mul(S1)));
            FloatVector n1i = d3i.fma(S3, d2i.fma(S2, d1i.mul(S1)));
            FloatVector w1r = FloatVector.broadcast(SPECIES, w[t]);
            FloatVector w1i = FloatVector.broadcast(SPECIES, w[t + 1]);
            FloatVector w1n = FloatVector.broadcast(SPECIES, w[t + 2]);
            FloatVector y1r = m1r.add(n1i);
            FloatVector y1i = m1i.sub(n1r);
            y1i.fma(w1n, y1r.mul(w1r)).intoMemorySegment(outRe, outReAt + y + outLeg, ORDER);
            y1r.fma(w1i, y1i.mul(w1r)).intoMemorySegment(outIm, outImAt + y + outLeg, ORDER);
            FloatVector w6r = FloatVector.broadcast(SPECIES, w[t + 15]);
            FloatVector w6i = FloatVector.broadcast(SPECIES, w[t + 16]);
            FloatVector w6n = FloatVector.broadcast(SPECIES, w[t + 17]);
            FloatVector y6r = m1r.sub(n1i);
            FloatVector y6i = m1i.add(n1r);
            y6i.fma(w6n, y6r.mul(w6r)).intoMemorySegment(outRe, outReAt + y + 6 * outLeg, ORDER);
            y6r.fma(w6i, y6i.mul(w6r)).intoMemorySegment(outIm, outImAt + y + 6 * outLeg, ORDER);
            FloatVector m2r = s3r.fma(C1, s2r.fma(C3, s1r.fma(C2, ar)));
            FloatVector m2i = s3i.fma(C1, s2i.fma(C3, s1i.fma(C2, ai)));
            FloatVector n2r = d3r.fma(N1, d2r.fma(N3, d1r.mul(S2)));
            FloatVector n2i = d3i.fma(N1, d2i.fma(N3, d1i.mul(S2)));
            FloatVector w2r = FloatVector.broadcast(SPECIES, w[t + 3]);
            FloatVector w2i = FloatVector.broadcast(SPECIES, w[t + 4]);
            FloatVector w2n = FloatVector.broadcast(SPECIES, w[t + 5]);
            FloatVector y2r = m2r.add(n2i);
            FloatVector y2i = m2i.sub(n2r);
            y2i.fma(w2n, y2r.mul(w2r)).intoMemorySegment(outRe, outReAt + y + 2 * outLeg, ORDER);
            y2r.fma(w2i, y2i.mul(w2r)).intoMemorySegment(outIm, outImAt + y + 2 * outLeg, ORDER);
            FloatVector w5r = FloatVector.broadcast(SPECIES, w[t + 12]);
            FloatVector w5i = FloatVector.broadcast(SPECIES, w[t + 13]);
            FloatVector w5n = FloatVector.broadcast(SPECIES, w[t + 14]);
            FloatVector y5r = m2r.sub(n2i);
            FloatVector y5i = m2i.add(n2r);
            y5i.fma(w5n, y5r.mul(w5r)).intoMemorySegment(outRe, outReAt + y + 5 * outLeg, ORDER);
            y5r.fma(w5i, y5i.mul(w5r)).intoMemorySegment(outIm, outImAt + y + 5 * outLeg, ORDER);
            FloatVector m3r = s3r.fma(C2, s2r.fma(C1, s1r.fma(C3, ar)));
            FloatVector m3i = s3i.fma(C2, s2i.fma(C1, s1i.fma(C3, ai)));
            FloatVector n3r = d3r.fma(S2, d2r.fma(N1, d1r.mul(S3)));
            FloatVector n3i = d3i.fma(S2, d2i.fma(N1, d1i.mul(S3)));
            FloatVector w3r = FloatVector.broadcast(SPECIES, w[t + 6]);
            FloatVector w3i = FloatVector.broadcast(SPECIES, w[t + 7]);
            FloatVector w3n = FloatVector.broadcast(SPECIES, w[t + 8]);
            FloatVector y3r = m3r.add(n3i);
            FloatVector y3i = m3i.sub(n3r);
            y3i.fma(w3n, y3r.mul(w3r)).intoMemorySegment(outRe, outReAt + y + 3 * outLeg, ORDER);
            y3r.fma(w3i, y3i.mul(w3r)).intoMemorySegment(outIm, outImAt + y + 3 * outLeg, ORDER);
            FloatVector w4r = FloatVector.broadcast(SPECIES, w[t + 9]);
            FloatVector w4i = FloatVector.broadcast(SPECIES, w[t + 10]);
            FloatVector w4n = FloatVector.broadcast(SPECIES, w[t + 11]);
            FloatVector y4r = m3r.sub(n3i);
            FloatVector y4i = m3i.add(n3r);
            y4i.fma(w4n, y4r.mul(w4r)).intoMemorySegment(outRe, outReAt + y + 4 * outLeg, ORDER);
            y4r.fma(w4i, y4i.mul(w4r)).intoMemorySegment(outIm, outImAt + y + 4 * outLeg, ORDER);
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
        FloatVector w3r = FloatVector.broadcast(SPECIES, w[first + 6]);
        FloatVector w3i = FloatVector.broadcast(SPECIES, w[first + 7]);
        FloatVector w3n = FloatVector.broadcast(SPECIES, w[first + 8]);
        FloatVector w4r = FloatVector.broadcast(SPECIES, w[first + 9]);
        FloatVector w4i = FloatVector.broadcast(SPECIES, w[first + 10]);
        FloatVector w4n = FloatVector.broadcast(SPECIES, w[first + 11]);
        FloatVector w5r = FloatVector.broadcast(SPECIES, w[first + 12]);
        FloatVector w5i = FloatVector.broadcast(SPECIES, w[first + 13]);
        FloatVector w5n = FloatVector.broadcast(SPECIES, w[first + 14]);
        FloatVector w6r = FloatVector.broadcast(SPECIES, w[first + 15]);
        FloatVector w6i = FloatVector.broadcast(SPECIES, w[first + 16]);
        FloatVector w6n = FloatVector.broadcast(SPECIES, w[first + 17]);
        for (int i = 0; i < count; i++) {
            long x = i * inStep;
            long y = i * outStep;
            FloatVector ar = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x, ORDER);
            FloatVector ai = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x, ORDER);
            FloatVector br = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + inLeg, ORDER);
            FloatVector bi = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + inLeg, ORDER);
            FloatVector cr = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 2 * inLeg, ORDER);
            FloatVector ci = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 2 * inLeg, ORDER);
            FloatVector dr = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 3 * inLeg, ORDER);
            FloatVector di = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 3 * inLeg, ORDER);
            FloatVector er = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 4 * inLeg, ORDER);
            FloatVector ei = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 4 * inLeg, ORDER);
            FloatVector fr = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 5 * inLeg, ORDER);
            FloatVector fi = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 5 * inLeg, ORDER);
            FloatVector gr = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 6 * inLeg, ORDER);
            FloatVector gi = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 6 * inLeg, ORDER);
            FloatVector s1r = br.add(gr);
            FloatVector s1i = bi.add(gi);
            FloatVector d1r = br.sub(gr);
            FloatVector d1i = bi.sub(gi);
            FloatVector s2r = cr.add(fr);
            FloatVector s2i = ci.add(fi);
            FloatVector d2r = cr.sub(fr);
            FloatVector d2i = ci.sub(fi);
            FloatVector s3r = dr.add(er);
            FloatVector s3i = di.add(ei);
            FloatVector d3r = dr.sub(er);
            FloatVector d3i = di.sub(ei);
            ar.add(s1r).add(s2r).add(s3r).intoMemorySegment(outRe, outReAt + y, ORDER);
            ai.add(s1i).add(s2i).add(s3i).intoMemorySegment(outIm, outImAt + y, ORDER);
            FloatVector m1r = s3r.fma(C3, s2r.fma(C2, s1r.fma(C1, ar)));
            FloatVector m1i = s3i.fma(C3, s2i.fma(C2, s1i.fma(C1, ai)));
            FloatVector n1r = d3r.fma(S3, d2r.fma(S2, d1r.mul(S1)));
            FloatVector n1i = d3i.fma(S3, d2i.fma(S2, d1i.mul(S1)));
            FloatVector y1r = m1r.add(n1i);
            FloatVector y1i = m1i.sub(n1r);
            y1i.fma(w1n, y1r.mul(w1r)).intoMemorySegment(outRe, outReAt + y + outLeg, ORDER);
            y1r.fma(w1i, y1i.mul(w1r)).intoMemorySegment(outIm, outImAt + y + outLeg, ORDER);
            FloatVector y6r = m1r.sub(n1i);
            FloatVector y6i = m1i.add(n1r);
            y6i.fma(w6n, y6r.mul(w6r)).intoMemorySegment(outRe, outReAt + y + 6 * outLeg, ORDER);
            y6r.fma(w6i, y6i.mul(w6r)).intoMemorySegment(outIm, outImAt + y + 6 * outLeg, ORDER);
            FloatVector m2r = s3r.fma(C1, s2r.fma(C3, s1r.fma(C2, ar)));
            FloatVector m2i = s3i.fma(C1, s2i.fma(C3, s1i.fma(C2, ai)));
            FloatVector n2r = d3r.fma(N1, d2r.fma(N3, d1r.mul(S2)));
            FloatVector n2i = d3i.fma(N1, d2i.fma(N3, d1i.mul(S2)));
            FloatVector y2r = m2r.add(n2i);
            FloatVector y2i = m2i.sub(n2r);
            y2i.fma(w2n, y2r.mul(w2r)).intoMemorySegment(outRe, outReAt + y + 2 * outLeg, ORDER);
            y2r.fma(w2i, y2i.mul(w2r)).intoMemorySegment(outIm, outImAt + y + 2 * outLeg, ORDER);
            FloatVector y5r = m2r.sub(n2i);
            FloatVector y5i = m2i.add(n2r);
            y5i.fma(w5n, y5r.mul(w5r)).intoMemorySegment(outRe, outReAt + y + 5 * outLeg, ORDER);
            y5r.fma(w5i, y5i.mul(w5r)).intoMemorySegment(outIm, outImAt + y + 5 * outLeg, ORDER);
            FloatVector m3r = s3r.fma(C2, s2r.fma(C1, s1r.fma(C3, ar)));
            FloatVector m3i = s3i.fma(C2, s2i.fma(C1, s1i.fma(C3, ai)));
            FloatVector n3r = d3r.fma(S2, d2r.fma(N1, d1r.mul(S3)));
            FloatVector n3i = d3i.fma(S2, d2i.fma(N1, d1i.mul(S3)));
            FloatVector y3r = m3r.add(n3i);
            FloatVector y3i = m3i.sub(n3r);
            y3i.fma(w3n, y3r.mul(w3r)).intoMemorySegment(outRe, outReAt + y + 3 * outLeg, ORDER);
            y3r.fma(w3i, y3i.mul(w3r)).intoMemorySegment(outIm, outImAt + y + 3 * outLeg, ORDER);
            FloatVector y4r = m3r.sub(n3i);
            FloatVector y4i = m3i.add(n3r);
            y4i.fma(w4n, y4r.mul(w4r)).intoMemorySegment(outRe, outReAt + y + 4 * outLeg, ORDER);
            y4r.fma(w4i, y4i.mul(w4r)).intoMemorySegment(outIm, outImAt + y + 4 * outLeg, ORDER);
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
            FloatVector dr = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 3 * inLeg, ORDER);
            FloatVector di = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 3 * inLeg, ORDER);
            FloatVector er = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 4 * inLeg, ORDER);
            FloatVector ei = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 4 * inLeg, ORDER);
            FloatVector fr = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 5 * inLeg, ORDER);
            FloatVector fi = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 5 * inLeg, ORDER);
            FloatVector gr = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 6 * inLeg, ORDER);
            FloatVector gi = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 6 * inLeg, ORDER);
            FloatVector s1r = br.add(gr);
            FloatVector s1i = bi.add(gi);
            FloatVector d1r = br.sub(gr);
            FloatVector d1i = bi.sub(gi);
            FloatVector s2r = cr.add(fr);
            FloatVector s2i = ci.add(fi);
            FloatVector d2r = cr.sub(fr);
            FloatVector d2i = ci.sub(fi);
            FloatVector s3r = dr.add(er);
            FloatVector s3i = di.add(ei);
            FloatVector d3r = dr.sub(er);
            FloatVector d3i = di.sub(ei);
            ar.add(s1r).add(s2r).add(s3r).intoMemorySegment(outRe, outReAt + y, ORDER);
            ai.add(s1i).add(s2i).add(s3i).intoMemorySegment(outIm, outImAt + y, ORDER);
            FloatVector m1r = s3r.fma(C3, s2r.fma(C2, s1r.fma(C1, ar)));
            FloatVector m1i = s3i.fma(C3, s2i.fma(C2, s1i.fma(C1, ai)));
            FloatVector n1r = d3r.fma(S3, d2r.fma(S2, d1r.mul(S1)));
            FloatVector n1i = d3i.fma(S3, d2i.fma(S2, d1i.mul(S1)));
            m1r.add(n1i).intoMemorySegment(outRe, outReAt + y + outLeg, ORDER);
            m1i.sub(n1r).intoMemorySegment(outIm, outImAt + y + outLeg, ORDER);
            m1r.sub(n1i).intoMemorySegment(outRe, outReAt + y + 6 * outLeg, ORDER);
            m1i.add(n1r).intoMemorySegment(outIm, outImAt + y + 6 * outLeg, ORDER);
            FloatVector m2r = s3r.fma(C1, s2r.fma(C3, s1r.fma(C2, ar)));
            FloatVector m2i = s3i.fma(C1, s2i.fma(C3, s1i.fma(C2, ai)));
            FloatVector n2r = d3r.fma(N1, d2r.fma(N3, d1r.mul(S2)));
            FloatVector n2i = d3i.fma(N1, d2i.fma(N3, d1i.mul(S2)));
            m2r.add(n2i).intoMemorySegment(outRe, outReAt + y + 2 * outLeg, ORDER);
            m2i.sub(n2r).intoMemorySegment(outIm, outImAt + y + 2 * outLeg, ORDER);
            m2r.sub(n2i).intoMemorySegment(outRe, outReAt + y + 5 * outLeg, ORDER);
            m2i.add(n2r).intoMemorySegment(outIm, outImAt + y + 5 * outLeg, ORDER);
            FloatVector m3r = s3r.fma(C2, s2r.fma(C1, s1r.fma(C3, ar)));
            FloatVector m3i = s3i.fma(C2, s2i.fma(C1, s1i.fma(C3, ai)));
            FloatVector n3r = d3r.fma(S2, d2r.fma(N1, d1r.mul(S3)));
            FloatVector n3i = d3i.fma(S2, d2i.fma(N1, d1i.mul(S3)));
            m3r.add(n3i).intoMemorySegment(outRe, outReAt + y + 3 * outLeg, ORDER);
            m3i.sub(n3r).intoMemorySegment(outIm, outImAt + y + 3 * outLeg, ORDER);
            m3r.sub(n3i).intoMemorySegment(outRe, outReAt + y + 4 * outLeg, ORDER);
            m3i.add(n3r).intoMemorySegment(outIm, outImAt + y + 4 * outLeg, ORDER);
        }
    }
}
