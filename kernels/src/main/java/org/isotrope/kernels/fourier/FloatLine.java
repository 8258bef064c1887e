package org.isotrope.kernels.fourier;

import static org.isotrope.kernels.fourier.FloatLanes.ROW;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The complex transform {@code X_k = Σ_j x_j exp(−2πi jk/n)} of one vector of lines, unnormalised; row j holds
 * element j of every line.
 *
 * <p>Lengths 2^a 3^b 5^c 7^d by Stockham's self-sorting stages, decimated in frequency: with {@code n'} the length
 * left, {@code s = n/n'}, {@code m = n'/r}, row {@code q + s(rp + k)} of the output of a stage is
 * {@code exp(−2πi pk/n')} times the k-th output of the butterfly of rows {@code q + s(p + mj)}, {@code j < r} (C. Van
 * Loan, Computational Frameworks for the Fast Fourier Transform, SIAM 1992, section 1.7). Other lengths as a
 * convolution with a chirp (L. Bluestein, IEEE Trans. Audio Electroacoustics 18 (1970) 451). The first stage reads
 * and the last one writes the caller's rows, which may be the same.
 */
final class FloatLine {
    private final int n;
    private final int[] radices;
    /** For each stage but the last, radix − 1 factors for each p. */
    private final float[][] twiddles;

    private final Chirp chirp;

    /** Tables of Bluestein's algorithm; none for smooth lengths. */
    private record Chirp(FloatLine convolution, float[] factors, float[] spectrum) {}

    FloatLine(int n) {
        this.n = n;
        boolean smooth = Lengths.isSmooth(n);
        radices = smooth ? Lengths.radices(n) : new int[0];
        twiddles = new float[radices.length][];
        int left = n;
        for (int stage = 0; stage < radices.length; stage++) {
            twiddles[stage] = twiddles(left, radices[stage]);
            left /= radices[stage];
        }
        chirp = smooth ? null : chirp(n);
    }

    private static float[] twiddles(int length, int radix) {
        int m = length / radix;
        double[] re = new double[m * (radix - 1)];
        double[] im = new double[re.length];
        for (int p = 0; p < m; p++) {
            for (int k = 1; k < radix; k++) {
                re[p * (radix - 1) + k - 1] = RootsOfUnity.cosine((long) p * k, length);
                im[p * (radix - 1) + k - 1] = -RootsOfUnity.sine((long) p * k, length);
            }
        }
        return FloatLanes.factors(re, im);
    }

    private static Chirp chirp(int n) {
        int length = Lengths.convolutionLength(n);
        double[] re = new double[n];
        double[] im = new double[n];
        double[] kernelRe = new double[length];
        double[] kernelIm = new double[length];
        for (int j = 0; j < n; j++) {
            long turns = (long) j * j % (2L * n);
            re[j] = RootsOfUnity.cosine(turns, 2L * n);
            im[j] = -RootsOfUnity.sine(turns, 2L * n);
            // 1/length of the inverse transform goes here
            kernelRe[j] = re[j] / length;
            kernelIm[j] = -im[j] / length;
            kernelRe[(length - j) % length] = kernelRe[j];
            kernelIm[(length - j) % length] = kernelIm[j];
        }
        ScalarFourier.forward(kernelRe, kernelIm);
        return new Chirp(new FloatLine(length), FloatLanes.factors(re, im), FloatLanes.factors(kernelRe, kernelIm));
    }

    int length() {
        return n;
    }

    /** Rows that the stages need. */
    int stageRows() {
        return chirp != null ? chirp.convolution.n : n;
    }

    /** Rows that Bluestein's convolution needs. */
    int chirpRows() {
        return chirp != null ? chirp.convolution.n : 0;
    }

    /** The algorithm in a few words. */
    String explain() {
        if (chirp != null) {
            return "Bluestein over " + chirp.convolution.n + " = " + chirp.convolution.explain();
        }
        return n == 1 ? "1" : Arrays.stream(radices).mapToObj(Integer::toString).collect(Collectors.joining(" x "));
    }

    /**
     * Transforms one vector of lines.
     *
     * @param in rows of input, {@code inStep} bytes apart
     * @param out rows of output, {@code outStep} bytes apart; the input rows themselves or apart from them
     */
    void run(Planes in, long inStep, Planes out, long outStep, Workspace work) {
        if (chirp != null) {
            convolve(in, inStep, out, outStep, work);
        } else if (n == 1) {
            FloatRowPasses.copy(in, out);
        } else {
            stages(in, inStep, out, outStep, work);
        }
    }

    private void convolve(Planes in, long inStep, Planes out, long outStep, Workspace work) {
        Planes rows = work.chirped;
        int length = chirp.convolution.n;
        FloatRowPasses.multiply(in, inStep, rows, ROW, n, chirp.factors);
        FloatRowPasses.clear(rows, n, length);
        chirp.convolution.run(rows, ROW, rows, ROW, work);
        FloatRowPasses.multiply(rows, ROW, rows, ROW, length, chirp.spectrum);
        chirp.convolution.run(work.chirpedBack, ROW, work.chirpedBack, ROW, work);
        FloatRowPasses.multiply(rows, ROW, out, outStep, n, chirp.factors);
    }

    private void stages(Planes in, long inStep, Planes out, long outStep, Workspace work) {
        Planes from = in;
        long fromStep = inStep;
        int s = 1;
        int m = n;
        for (int stage = 0; stage < radices.length - 1; stage++) {
            int radix = radices[stage];
            m /= radix;
            Planes to = (stage & 1) == 0 ? work.even : work.odd;
            float[] w = twiddles[stage];
            long leg = s * (long) m * fromStep;
            // the longer loop inside; each number is computed the same way in both
            if (s < m) {
                for (int q = 0; q < s; q++) {
                    varied(radix, from, q * fromStep, leg, s * fromStep, to, q * (long) ROW, s * (long) ROW,
                            (long) radix * s * ROW, m, w);
                }
            } else {
                for (int p = 0; p < m; p++) {
                    fixed(radix, from, (long) p * s * fromStep, leg, fromStep, to, (long) p * radix * s * ROW,
                            s * (long) ROW, ROW, s, w, 3 * (radix - 1) * p);
                }
            }
            from = to;
            fromStep = ROW;
            s *= radix;
        }
        last(radices[radices.length - 1], from, s * fromStep, fromStep, out, s * outStep, outStep, s);
    }

    private static void varied(
            int radix, Planes in, long inFirst, long inLeg, long inStep, Planes out, long outFirst, long outLeg,
            long outStep, int count, float[] w) {
        switch (radix) {
            case 2 -> FloatRadix2.varied(in, inFirst, inLeg, inStep, out, outFirst, outLeg, outStep, count, w, 0);
            case 3 -> FloatRadix3.varied(in, inFirst, inLeg, inStep, out, outFirst, outLeg, outStep, count, w, 0);
            case 4 -> FloatRadix4.varied(in, inFirst, inLeg, inStep, out, outFirst, outLeg, outStep, count, w, 0);
            case 5 -> FloatRadix5.varied(in, inFirst, inLeg, inStep, out, outFirst, outLeg, outStep, count, w, 0);
            default -> FloatRadix7.varied(in, inFirst, inLeg, inStep, out, outFirst, outLeg, outStep, count, w, 0);
        }
    }

    private static void fixed(
            int radix, Planes in, long inFirst, long inLeg, long inStep, Planes out, long outFirst, long outLeg,
            long outStep, int count, float[] w, int first) {
        switch (radix) {
            case 2 -> FloatRadix2.fixed(in, inFirst, inLeg, inStep, out, outFirst, outLeg, outStep, count, w, first);
            case 3 -> FloatRadix3.fixed(in, inFirst, inLeg, inStep, out, outFirst, outLeg, outStep, count, w, first);
            case 4 -> FloatRadix4.fixed(in, inFirst, inLeg, inStep, out, outFirst, outLeg, outStep, count, w, first);
            case 5 -> FloatRadix5.fixed(in, inFirst, inLeg, inStep, out, outFirst, outLeg, outStep, count, w, first);
            default -> FloatRadix7.fixed(in, inFirst, inLeg, inStep, out, outFirst, outLeg, outStep, count, w, first);
        }
    }

    private static void last(
            int radix, Planes in, long inLeg, long inStep, Planes out, long outLeg, long outStep, int count) {
        switch (radix) {
            case 2 -> FloatRadix2.last(in, 0, inLeg, inStep, out, 0, outLeg, outStep, count);
            case 3 -> FloatRadix3.last(in, 0, inLeg, inStep, out, 0, outLeg, outStep, count);
            case 4 -> FloatRadix4.last(in, 0, inLeg, inStep, out, 0, outLeg, outStep, count);
            case 5 -> FloatRadix5.last(in, 0, inLeg, inStep, out, 0, outLeg, outStep, count);
            default -> FloatRadix7.last(in, 0, inLeg, inStep, out, 0, outLeg, outStep, count);
        }
    }
}
