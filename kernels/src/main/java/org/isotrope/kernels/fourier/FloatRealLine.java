package org.isotrope.kernels.fourier;

import static org.isotrope.kernels.fourier.FloatLanes.ORDER;
import static org.isotrope.kernels.fourier.FloatLanes.ROW;
import static org.isotrope.kernels.fourier.FloatLanes.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * The transform of one vector of real lines to rows 0 to n/2 of their spectra, and back, unnormalised.
 *
 * <p>For even n the even elements are taken as real parts and the odd ones as imaginary parts of a complex line of half
 * the length (which needs no motion: they are rows of the same panel, two apart), and the spectra {@code E} of the even
 * and {@code O} of the odd elements are taken out of its transform {@code Z}, {@code m = n/2}:
 * {@code 2E_k = Z_k + conj Z_{m−k}}, {@code 2iO_k = Z_k − conj Z_{m−k}}, {@code X_k = E_k + exp(−2πi k/n) O_k}.
 * For odd n the complex transform of full length runs with zero imaginary parts. The imaginary parts of rows 0 and, for
 * even n, n/2 of a spectrum count for nothing on the way back.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatRealLine {
    private final int n;
    private final FloatLine line;
    /** {@code exp(−2πi k/n)} for k up to n/4, for even n. */
    private final float[] roots;

    FloatRealLine(int n) {
        this.n = n;
        boolean even = n % 2 == 0;
        line = new FloatLine(even ? n / 2 : n);
        roots = even ? roots(n) : new float[0];
    }

    /** {@code exp(−2πi k/n)} for k up to n/4. */
    static float[] roots(int n) {
        double[] re = new double[n / 4 + 1];
        double[] im = new double[re.length];
        for (int k = 0; k < re.length; k++) {
            re[k] = RootsOfUnity.cosine(k, n);
            im[k] = -RootsOfUnity.sine(k, n);
        }
        return FloatLanes.factors(re, im);
    }

    /** Rows of real values. */
    int length() {
        return n;
    }

    /** Rows of a spectrum. */
    int spectrumRows() {
        return n / 2 + 1;
    }

    int stageRows() {
        return line.stageRows();
    }

    int chirpRows() {
        return line.chirpRows();
    }

    String explain() {
        return n % 2 == 0 ? "real by half length " + line.length() + " = " + line.explain()
                : "real by full length, " + line.explain();
    }

    /** From n real rows, the real plane of {@code before}, to the spectrum in {@code after}. */
    void forward(Workspace work) {
        Planes before = work.before;
        Planes after = work.after;
        if (n % 2 == 0) {
            work.source.set(before.re, before.reAt, before.re, before.reAt + ROW);
            line.run(work.source, 2L * ROW, after, ROW, work);
            separate(after, n / 2, roots);
        } else {
            FloatRowPasses.clear(before.im, before.imAt, 0, n);
            line.run(before, ROW, after, ROW, work);
        }
    }

    /** From the spectrum in {@code after}, which is lost, to n real rows, the real plane of {@code before}. */
    void inverse(Workspace work) {
        Planes before = work.before;
        if (n % 2 == 0) {
            join(work.after, n / 2, roots);
            work.source.set(before.re, before.reAt + ROW, before.re, before.reAt);
            line.run(work.afterBack, ROW, work.source, 2L * ROW, work);
        } else {
            mirror(work.after, n, null);
            line.run(work.afterBack, ROW, work.beforeBack, ROW, work);
        }
    }

    /** Takes the spectra of real lines out of the spectrum of pairs, in place; adds row m. */
    private static void separate(Planes rows, int m, float[] roots) {
        MemorySegment re = rows.re;
        MemorySegment im = rows.im;
        long reAt = rows.reAt;
        long imAt = rows.imAt;
        FloatVector half = FloatVector.broadcast(SPECIES, (float) 0.5);
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector sumRe = FloatVector.fromMemorySegment(SPECIES, re, reAt, ORDER);
        FloatVector sumIm = FloatVector.fromMemorySegment(SPECIES, im, imAt, ORDER);
        sumRe.add(sumIm).intoMemorySegment(re, reAt, ORDER);
        zero.intoMemorySegment(im, imAt, ORDER);
        sumRe.sub(sumIm).intoMemorySegment(re, reAt + (long) m * ROW, ORDER);
        zero.intoMemorySegment(im, imAt + (long) m * ROW, ORDER);
        int pairs = m / 2;
        for (int k = 1; k <= pairs; k++) {
            long a = (long) k * ROW;
            long b = (long) (m - k) * ROW;
            FloatVector ar = FloatVector.fromMemorySegment(SPECIES, re, reAt + a, ORDER);
            FloatVector ai = FloatVector.fromMemorySegment(SPECIES, im, imAt + a, ORDER);
            FloatVector br = FloatVector.fromMemorySegment(SPECIES, re, reAt + b, ORDER);
            FloatVector bi = FloatVector.fromMemorySegment(SPECIES, im, imAt + b, ORDER);
            FloatVector c = FloatVector.broadcast(SPECIES, roots[3 * k]);
            FloatVector s = FloatVector.broadcast(SPECIES, roots[3 * k + 1]);
            FloatVector d = FloatVector.broadcast(SPECIES, roots[3 * k + 2]);
            FloatVector er = ar.add(br).mul(half);
            FloatVector ei = ai.sub(bi).mul(half);
            FloatVector or = ai.add(bi).mul(half);
            FloatVector oi = br.sub(ar).mul(half);
            FloatVector tr = oi.fma(d, or.mul(c));
            FloatVector ti = or.fma(s, oi.mul(c));
            er.add(tr).intoMemorySegment(re, reAt + a, ORDER);
            ei.add(ti).intoMemorySegment(im, imAt + a, ORDER);
            er.sub(tr).intoMemorySegment(re, reAt + b, ORDER);
            ti.sub(ei).intoMemorySegment(im, imAt + b, ORDER);
        }
    }

    /** The reverse of {@link #separate}, twice as large. */
    private static void join(Planes rows, int m, float[] roots) {
        MemorySegment re = rows.re;
        MemorySegment im = rows.im;
        long reAt = rows.reAt;
        long imAt = rows.imAt;
        FloatVector zeroth = FloatVector.fromMemorySegment(SPECIES, re, reAt, ORDER);
        FloatVector middle = FloatVector.fromMemorySegment(SPECIES, re, reAt + (long) m * ROW, ORDER);
        zeroth.add(middle).intoMemorySegment(re, reAt, ORDER);
        zeroth.sub(middle).intoMemorySegment(im, imAt, ORDER);
        int pairs = m / 2;
        for (int k = 1; k <= pairs; k++) {
            long a = (long) k * ROW;
            long b = (long) (m - k) * ROW;
            FloatVector ar = FloatVector.fromMemorySegment(SPECIES, re, reAt + a, ORDER);
            FloatVector ai = FloatVector.fromMemorySegment(SPECIES, im, imAt + a, ORDER);
            FloatVector br = FloatVector.fromMemorySegment(SPECIES, re, reAt + b, ORDER);
            FloatVector bi = FloatVector.fromMemorySegment(SPECIES, im, imAt + b, ORDER);
            FloatVector c = FloatVector.broadcast(SPECIES, roots[3 * k]);
            FloatVector s = FloatVector.broadcast(SPECIES, roots[3 * k + 1]);
            FloatVector d = FloatVector.broadcast(SPECIES, roots[3 * k + 2]);
            FloatVector er = ar.add(br);
            FloatVector ei = ai.sub(bi);
            FloatVector tr = ar.sub(br);
            FloatVector ti = ai.add(bi);
            FloatVector or = ti.fma(s, tr.mul(c));
            FloatVector oi = tr.fma(d, ti.mul(c));
            er.sub(oi).intoMemorySegment(re, reAt + a, ORDER);
            ei.add(or).intoMemorySegment(im, imAt + a, ORDER);
            er.add(oi).intoMemorySegment(re, reAt + b, ORDER);
            or.sub(ei).intoMemorySegment(im, imAt + b, ORDER);
        }
    }

    /** Completes a spectrum of odd length by its conjugate. */
    private static void mirror(Planes rows, int n, @Nullable Apart apart) {
        FloatVector zero = FloatVector.zero(SPECIES);
        zero.intoMemorySegment(rows.im, rows.imAt, ORDER);
        for (int k = 1; k <= n / 2; k++) {
            FloatVector.fromMemorySegment(SPECIES, rows.re, rows.reAt + (long) k * ROW, ORDER)
                    .intoMemorySegment(rows.re, rows.reAt + (long) (n - k) * ROW, ORDER);
            zero.sub(FloatVector.fromMemorySegment(SPECIES, rows.im, rows.imAt + (long) k * ROW, ORDER))
                    .intoMemorySegment(rows.im, rows.imAt + (long) (n - k) * ROW, ORDER);
        }
    }
}
