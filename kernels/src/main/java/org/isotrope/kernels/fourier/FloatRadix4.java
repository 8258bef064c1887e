package org.isotrope.kernels.fourier;

import static org.isotrope.kernels.fourier.FloatLanes.ORDER;
import static org.isotrope.kernels.fourier.FloatLanes.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Butterflies of 4 legs (additions alone), one transform in each lane, for the stages of {@link FloatLine}.
 *
 * <p>8 loads and 8 stores an iteration. Output k is multiplied by the k-th twiddle, given as real part, imaginary
 * part and its negative. The order of operations is fixed, so that the bits do not depend on the vector length.
 */
final class FloatRadix4 {
    private FloatRadix4() {}

    /** Twiddles that change with every butterfly, 9 numbers each. */
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
            int t = first + i * 9;
            FloatVector ar = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x, ORDER);
            FloatVector ai = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x, ORDER);
            FloatVector br = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + inLeg, ORDER);
            FloatVector bi = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + inLeg, ORDER);
            FloatVector cr = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 2 * inLeg, ORDER);
            FloatVector ci = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 2 * inLeg, ORDER);
            FloatVector dr = FloatVector.fromMemorySegment(SPECIES, inRe, inReAt + x + 3 * inLeg, ORDER);
            FloatVector di = FloatVector.fromMemorySegment(SPECIES, inIm, inImAt + x + 3 * inLeg, ORDER);
            FloatVector sr = ar.add(cr);
            FloatVector si = ai.add(ci);
            FloatVector ur = ar.sub(cr);
            FloatVector ui = ai.sub(ci);
            FloatVector tr = br.add(dr);
            FloatVector ti = bi.add(di);
            FloatVector vr = br.sub(dr);
            FloatVector vi = bi.sub(di);
            sr.add(tr).intoMemorySegment(outRe, outReAt + y, ORDER);
            si.add(ti).intoMemorySegment(outIm, outImAt + y, ORDER);
            FloatVector w1r = FloatVector.broadcast(SPECIES, w[t]);
            FloatVector w1i = FloatVector.broadcast(SPECIES, w[t + 1]);
            FloatVector w1n = FloatVector.broadcast(SPECIES, w[t + 2]);
            FloatVector y1r = ur.add(vi);
            FloatVector y1i = ui.sub(vr);
            y1i.fma(w1n, y1r.mul(w1r)).intoMemorySegment(outRe, outReAt + y + outLeg, ORDER);
            y1r.fma(w1i, y1i.mul(w1r)).intoMemorySegment(outIm, outImAt + y + outLeg, ORDER);
            FloatVector w2r = FloatVector.broadcast(SPECIES, w[t + 3]);
            FloatVector w2i = FloatVector.broadcast(SPECIES, w[t + 4]);
            FloatVector w2n = FloatVector.broadcast(SPECIES, w[t + 5]);
            FloatVector y2r = sr.sub(tr);
            FloatVector y2i = si.sub(ti);
            y2i.fma(w2n, y2r.mul(w2r)).intoMemorySegment(outRe, outReAt + y + 2 * outLeg, ORDER);
            y2r.fma(w2i, y2i.mul(w2r)).intoMemorySegment(outIm, outImAt + y + 2 * outLeg, ORDER);
            FloatVector w3r = FloatVector.broadcast(SPECIES, w[t + 6]);
            FloatVector w3i = FloatVector.broadcast(SPECIES, w[t + 7]);
            FloatVector w3n = FloatVector.broadcast(SPECIES, w[t + 8]);
            FloatVector y3r = ur.sub(vi);
            FloatVector y3i = ui.add(vr);
            y3i.fma(w3n, y3r.mul(w3r)).intoMemorySegment(outRe, outReAt + y + 3 * outLeg, ORDER);
            y3r.fma(w3i, y3i.mul(w3r)).intoMemorySegment(outIm, outImAt + y + 3 * outLeg, ORDER);
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
            FloatVector sr = ar.add(cr);
            FloatVector si = ai.add(ci);
            FloatVector ur = ar.sub(cr);
            FloatVector ui = ai.sub(ci);
            FloatVector tr = br.add(dr);
            FloatVector ti = bi.add(di);
            FloatVector vr = br.sub(dr);
            FloatVector vi = bi.sub(di);
            sr.add(tr).intoMemorySegment(outRe, outReAt + y, ORDER);
            si.add(ti).intoMemorySegment(outIm, outImAt + y, ORDER);
            FloatVector y1r = ur.add(vi);
            FloatVector y1i = ui.sub(vr);
            y1i.fma(w1n, y1r.mul(w1r)).intoMemorySegment(outRe, outReAt + y + outLeg, ORDER);
            y1r.fma(w1i, y1i.mul(w1r)).intoMemorySegment(outIm, outImAt + y + outLeg, ORDER);
            FloatVector y2r = sr.sub(tr);
            FloatVector y2i = si.sub(ti);
            y2i.fma(w2n, y2r.mul(w2r)).intoMemorySegment(outRe, outReAt + y + 2 * outLeg, ORDER);
            y2r.fma(w2i, y2i.mul(w2r)).intoMemorySegment(outIm, outImAt + y + 2 * outLeg, ORDER);
            FloatVector y3r = ur.sub(vi);
            FloatVector y3i = ui.add(vr);
            y3i.fma(w3n, y3r.mul(w3r)).intoMemorySegment(outRe, outReAt + y + 3 * outLeg, ORDER);
            y3r.fma(w3i, y3i.mul(w3r)).intoMemorySegment(outIm, outImAt + y + 3 * outLeg, ORDER);
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
            FloatVector sr = ar.add(cr);
            FloatVector si = ai.add(ci);
            FloatVector ur = ar.sub(cr);
            FloatVector ui = ai.sub(ci);
            FloatVector tr = br.add(dr);
            FloatVector ti = bi.add(di);
            FloatVector vr = br.sub(dr);
            FloatVector vi = bi.sub(di);
            sr.add(tr).intoMemorySegment(outRe, outReAt + y, ORDER);
            si.add(ti).intoMemorySegment(outIm, outImAt + y, ORDER);
            ur.add(vi).intoMemorySegment(outRe, outReAt + y + outLeg, ORDER);
            ui.sub(vr).intoMemorySegment(outIm, outImAt + y + outLeg, ORDER);
            sr.sub(tr).intoMemorySegment(outRe, outReAt + y + 2 * outLeg, ORDER);
            si.sub(ti).intoMemorySegment(outIm, outImAt + y + 2 * outLeg, ORDER);
            ur.sub(vi).intoMemorySegment(outRe, outReAt + y + 3 * outLeg, ORDER);
            ui.add(vr).intoMemorySegment(outIm, outImAt + y + 3 * outLeg, ORDER);
        }
    }
}
