package org.isotrope.kernels.fourier;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * The transform of one contiguous real line of even length to its half spectrum, and back, by a split complex line of
 * half the length, with the formulas of {@link FloatRealLine}. Pairs and mirrored elements are taken one by one.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatSplitRealLine {
    private static final ValueLayout.OfFloat LAYOUT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final int m;
    private final FloatSplitLine line;
    private final float[] roots;

    private FloatSplitRealLine(int n, FloatSplitLine line) {
        m = n / 2;
        this.line = line;
        roots = FloatRealLine.roots(n);
    }

    static @Nullable FloatSplitRealLine of(long lines, int n) {
        FloatSplitLine line = n % 2 == 0 ? FloatSplitLine.of(lines, n / 2) : null;
        return line == null ? null : new FloatSplitRealLine(n, line);
    }

    String explain() {
        return "real by half length " + m + " = " + line.explain();
    }

    Workspace.Size workspace() {
        return line.workspace();
    }

    /** From the values at {@code from} to the spectrum at the planes {@code to}, times a factor. */
    void forward(MemorySegment values, long from, Planes to, float scale, Workspace work) {
        Planes packed = work.packed;
        long step = work.elementBytes;
        every(values, from, 2 * step, packed.re, packed.reAt, step, m);
        every(values, from + step, 2 * step, packed.im, packed.imAt, step, m);
        line.run(packed, packed, scale, work);
        float sumRe = packed.re.get(LAYOUT, packed.reAt);
        float sumIm = packed.im.get(LAYOUT, packed.imAt);
        to.re.set(LAYOUT, to.reAt, sumRe + sumIm);
        to.im.set(LAYOUT, to.imAt, (float) 0);
        to.re.set(LAYOUT, to.reAt + m * step, sumRe - sumIm);
        to.im.set(LAYOUT, to.imAt + m * step, (float) 0);
        separate(packed.re, packed.reAt, packed.im, packed.imAt, to.re, to.reAt, to.im, to.imAt, step, m, roots);
    }

    /** From the spectrum at the planes {@code from} to the values at {@code to}, times a factor. */
    void inverse(Planes from, MemorySegment values, long to, float scale, Workspace work) {
        Planes packed = work.packed;
        long step = work.elementBytes;
        float zeroth = from.re.get(LAYOUT, from.reAt);
        float middle = from.re.get(LAYOUT, from.reAt + m * step);
        packed.re.set(LAYOUT, packed.reAt, zeroth + middle);
        packed.im.set(LAYOUT, packed.imAt, zeroth - middle);
        join(from.re, from.reAt, from.im, from.imAt, packed.re, packed.reAt, packed.im, packed.imAt, step, m, roots);
        line.run(work.packedBack, work.packedBack, scale, work);
        every(packed.re, packed.reAt, step, values, to, 2 * step, m);
        every(packed.im, packed.imAt, step, values, to + step, 2 * step, m);
    }

    /** Copies elements that lie {@code fromStep} bytes apart to places {@code toStep} bytes apart. */
    private static void every(
            MemorySegment from, long fromAt, long fromStep, MemorySegment to, long toAt, long toStep, int count) {
        for (int j = 0; j < count; j++) {
            to.set(LAYOUT, toAt + j * toStep, from.get(LAYOUT, fromAt + j * fromStep));
        }
    }

    /** Takes the spectra of even and odd elements out of the spectrum of pairs; all but elements 0 and m. */
    private static void separate(
            MemorySegment zr, long zrAt, MemorySegment zi, long ziAt, MemorySegment xr, long xrAt, MemorySegment xi,
            long xiAt, long step, int m, float[] roots) {
        float half = (float) 0.5;
        int end = m / 2 + 1;
        for (int k = 1; k < end; k++) {
            long a = k * step;
            long b = (m - k) * step;
            float ar = zr.get(LAYOUT, zrAt + a);
            float ai = zi.get(LAYOUT, ziAt + a);
            float br = zr.get(LAYOUT, zrAt + b);
            float bi = zi.get(LAYOUT, ziAt + b);
            float c = roots[3 * k];
            float s = roots[3 * k + 1];
            float er = (ar + br) * half;
            float ei = (ai - bi) * half;
            float or = (ai + bi) * half;
            float oi = (br - ar) * half;
            float tr = Math.fma(-oi, s, or * c);
            float ti = Math.fma(or, s, oi * c);
            xr.set(LAYOUT, xrAt + a, er + tr);
            xi.set(LAYOUT, xiAt + a, ei + ti);
            xr.set(LAYOUT, xrAt + b, er - tr);
            xi.set(LAYOUT, xiAt + b, ti - ei);
        }
    }

    /** The reverse of {@link #separate}, twice as large. */
    private static void join(
            MemorySegment xr, long xrAt, MemorySegment xi, long xiAt, MemorySegment zr, long zrAt, MemorySegment zi,
            long ziAt, long step, int m, float[] roots) {
        int end = m / 2 + 1;
        for (int k = 1; k < end; k++) {
            long a = k * step;
            long b = (m - k) * step;
            float ar = xr.get(LAYOUT, xrAt + a);
            float ai = xi.get(LAYOUT, xiAt + a);
            float br = xr.get(LAYOUT, xrAt + b);
            float bi = xi.get(LAYOUT, xiAt + b);
            float c = roots[3 * k];
            float s = roots[3 * k + 1];
            float er = ar + br;
            float ei = ai - bi;
            float tr = ar - br;
            float ti = ai + bi;
            float or = Math.fma(ti, s, tr * c);
            float oi = Math.fma(-tr, s, ti * c);
            zr.set(LAYOUT, zrAt + a, er - oi);
            zi.set(LAYOUT, ziAt + a, ei + or);
            zr.set(LAYOUT, zrAt + b, er + oi);
            zi.set(LAYOUT, ziAt + b, or - ei);
        }
    }
}
