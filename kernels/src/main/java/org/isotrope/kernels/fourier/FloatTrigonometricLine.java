package org.isotrope.kernels.fourier;

import static org.isotrope.kernels.fourier.FloatLanes.ORDER;
import static org.isotrope.kernels.fourier.FloatLanes.ROW;
import static org.isotrope.kernels.fourier.FloatLanes.SPECIES;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * A cosine or sine transform of one vector of real lines, times a factor.
 *
 * <p>Kind I is the real transform of the values extended over a whole period, evenly or oddly: twice the least work,
 * but as accurate as the real transform, which the shorter ways are not. Kind II of cosines is a real transform of n
 * values, the even ones in order and then the odd ones backwards, turned by a quarter of a cell; kind III is its
 * reverse (J. Makhoul, IEEE Trans. ASSP 28 (1980) 27). Sines of kinds II and III are cosines of values with
 * alternating signs, in reverse order.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatTrigonometricLine {
    private final TrigonometricKind kind;
    private final int n;
    private final FloatRealLine line;
    /** For each row before the transform, the row it comes from, or −1, and its factor. */
    private final int[] rowsIn;

    private final float[] signsIn;
    /** The same for rows behind the transform. */
    private final int[] rowsOut;

    private final float[] signsOut;
    /** Rotations {@code exp(−πi k/(2n))} of kind II with factors, {@code exp(+πi k/(2n))} of kind III. */
    private final float[] turns;

    FloatTrigonometricLine(TrigonometricKind kind, int n, double scale) {
        this.kind = kind;
        this.n = n;
        line = new FloatRealLine((int) (extended(kind) ? kind.period(n) : n));
        boolean third = kind == TrigonometricKind.COSINE_III || kind == TrigonometricKind.SINE_III;
        rowsIn = third ? new int[0] : new int[line.length()];
        signsIn = new float[rowsIn.length];
        rowsOut = extended(kind) || third ? new int[n] : new int[0];
        signsOut = new float[rowsOut.length];
        Arrays.fill(signsIn, (float) 1);
        Arrays.fill(signsOut, (float) scale);
        double[] re = new double[extended(kind) ? 0 : n / 2 + 1];
        double[] im = new double[re.length];
        for (int k = 0; k < re.length; k++) {
            double factor = third ? 1 : 2 * scale;
            re[k] = factor * RootsOfUnity.cosine(k, 4L * n);
            im[k] = (third ? factor : -factor) * RootsOfUnity.sine(k, 4L * n);
        }
        turns = FloatLanes.factors(re, im);
        switch (kind) {
            case COSINE_I -> extendEvenly();
            case SINE_I -> extendOddly(scale);
            case COSINE_II, SINE_II -> foldIn();
            default -> foldOut(scale);
        }
    }

    private static boolean extended(TrigonometricKind kind) {
        return kind == TrigonometricKind.COSINE_I || kind == TrigonometricKind.SINE_I;
    }

    private void extendEvenly() {
        int period = rowsIn.length;
        for (int j = 0; j < period; j++) {
            rowsIn[j] = Math.min(j, period - j);
        }
        for (int k = 0; k < n; k++) {
            rowsOut[k] = k;
        }
    }

    private void extendOddly(double scale) {
        int period = rowsIn.length;
        for (int j = 0; j < period; j++) {
            boolean first = j <= n;
            // rows 0 and n + 1 are the walls
            rowsIn[j] = j % (n + 1) == 0 ? -1 : (first ? j : period - j) - 1;
            signsIn[j] = first ? (float) 1 : (float) -1;
        }
        for (int k = 0; k < n; k++) {
            rowsOut[k] = k + 1;
            signsOut[k] = (float) -scale;
        }
    }

    private void foldIn() {
        for (int j = 0; j < n; j++) {
            boolean odd = 2 * j >= n;
            rowsIn[j] = odd ? 2 * (n - 1 - j) + 1 : 2 * j;
            signsIn[j] = odd && kind == TrigonometricKind.SINE_II ? (float) -1 : (float) 1;
        }
    }

    private void foldOut(double scale) {
        for (int j = 0; j < n; j++) {
            boolean odd = j % 2 == 1;
            rowsOut[j] = odd ? n - 1 - j / 2 : j / 2;
            signsOut[j] = (float) (odd && kind == TrigonometricKind.SINE_III ? -scale : scale);
        }
    }

    int stageRows() {
        return Math.max(line.stageRows(), n);
    }

    int chirpRows() {
        return line.chirpRows();
    }

    /** Rows of the real transform. */
    int panelRows() {
        return line.length() + 1;
    }

    String explain() {
        return kind + " by " + line.length() + " values, " + line.explain();
    }

    /**
     * Transforms one vector of lines.
     *
     * @param in rows of input, {@code inStep} bytes apart
     * @param out rows of output, {@code outStep} bytes apart; the input rows themselves or apart from them
     */
    void run(
            MemorySegment in, long inAt, long inStep, MemorySegment out, long outAt, long outStep, Workspace work) {
        Planes before = work.before;
        Planes after = work.after;
        switch (kind) {
            case COSINE_I -> {
                FloatRowPasses.rearrange(in, inAt, inStep, before.re, before.reAt, ROW, rowsIn, signsIn);
                line.forward(work);
                FloatRowPasses.rearrange(after.re, after.reAt, ROW, out, outAt, outStep, rowsOut, signsOut);
            }
            case SINE_I -> {
                FloatRowPasses.rearrange(in, inAt, inStep, before.re, before.reAt, ROW, rowsIn, signsIn);
                line.forward(work);
                FloatRowPasses.rearrange(after.im, after.imAt, ROW, out, outAt, outStep, rowsOut, signsOut);
            }
            case COSINE_II -> {
                FloatRowPasses.rearrange(in, inAt, inStep, before.re, before.reAt, ROW, rowsIn, signsIn);
                line.forward(work);
                turn(after, out, outAt, outStep, null);
            }
            case SINE_II -> {
                FloatRowPasses.rearrange(in, inAt, inStep, before.re, before.reAt, ROW, rowsIn, signsIn);
                line.forward(work);
                turn(after, out, outAt + (n - 1) * outStep, -outStep, null);
            }
            case COSINE_III -> {
                turnBack(in, inAt, inStep, after, null);
                line.inverse(work);
                FloatRowPasses.rearrange(before.re, before.reAt, ROW, out, outAt, outStep, rowsOut, signsOut);
            }
            default -> {
                turnBack(in, inAt + (n - 1) * inStep, -inStep, after, null);
                line.inverse(work);
                FloatRowPasses.rearrange(before.re, before.reAt, ROW, out, outAt, outStep, rowsOut, signsOut);
            }
        }
    }

    /** {@code y_k = Re t_k X_k}, {@code y_{n−k} = −Im t_k X_k}. */
    private void turn(Planes spectrum, MemorySegment out, long outAt, long outStep, @Nullable Apart apart) {
        MemorySegment re = spectrum.re;
        MemorySegment im = spectrum.im;
        FloatVector.fromMemorySegment(SPECIES, re, spectrum.reAt, ORDER).mul(turns[0])
                .intoMemorySegment(out, outAt, ORDER);
        for (int k = 1; k <= n / 2; k++) {
            FloatVector xr = FloatVector.fromMemorySegment(SPECIES, re, spectrum.reAt + (long) k * ROW, ORDER);
            FloatVector xi = FloatVector.fromMemorySegment(SPECIES, im, spectrum.imAt + (long) k * ROW, ORDER);
            FloatVector c = FloatVector.broadcast(SPECIES, turns[3 * k]);
            FloatVector d = FloatVector.broadcast(SPECIES, turns[3 * k + 2]);
            xr.mul(d).sub(xi.mul(c)).intoMemorySegment(out, outAt + (n - k) * outStep, ORDER);
            xi.fma(d, xr.mul(c)).intoMemorySegment(out, outAt + k * outStep, ORDER);
        }
    }

    /** {@code X_k = t_k (y_k − i y_{n−k})}, with {@code y_n = 0}. */
    private void turnBack(MemorySegment in, long inAt, long inStep, Planes spectrum, @Nullable Apart apart) {
        MemorySegment re = spectrum.re;
        MemorySegment im = spectrum.im;
        FloatVector.fromMemorySegment(SPECIES, in, inAt, ORDER).intoMemorySegment(re, spectrum.reAt, ORDER);
        FloatVector.zero(SPECIES).intoMemorySegment(im, spectrum.imAt, ORDER);
        for (int k = 1; k <= n / 2; k++) {
            FloatVector a = FloatVector.fromMemorySegment(SPECIES, in, inAt + k * inStep, ORDER);
            FloatVector b = FloatVector.fromMemorySegment(SPECIES, in, inAt + (n - k) * inStep, ORDER);
            FloatVector c = FloatVector.broadcast(SPECIES, turns[3 * k]);
            FloatVector s = FloatVector.broadcast(SPECIES, turns[3 * k + 1]);
            b.fma(s, a.mul(c)).intoMemorySegment(re, spectrum.reAt + (long) k * ROW, ORDER);
            a.mul(s).sub(b.mul(c)).intoMemorySegment(im, spectrum.imAt + (long) k * ROW, ORDER);
        }
    }
}
