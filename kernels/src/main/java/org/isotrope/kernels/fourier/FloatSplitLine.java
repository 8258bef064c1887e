package org.isotrope.kernels.fourier;

import static org.isotrope.kernels.fourier.FloatLanes.LANES;
import static org.isotrope.kernels.fourier.FloatLanes.ORDER;
import static org.isotrope.kernels.fourier.FloatLanes.ROW;
import static org.isotrope.kernels.fourier.FloatLanes.SPECIES;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import org.isotrope.kernels.engine.Apart;
import org.jspecify.annotations.Nullable;

/**
 * The complex transform of one contiguous line, taken for a matrix of {@code n = a b} elements so that its parts fill
 * vectors: with {@code j = b j₁ + j₂} and {@code k = k₁ + a k₂}, columns of length a are transformed, multiplied by
 * {@code exp(−2πi k₁j₂/n)}, and rows of length b are transformed, a vector of rows at a time by way of a transposed
 * panel, whose results are columns again (D. Bailey, J. Supercomputing 4 (1990) 23, "four-step").
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatSplitLine {
    /** From this number of lines on, a vector holds one of each instead. It is the same for every vector length. */
    private static final int FEW_LINES = 8;

    private static final int SHORTEST = 256;

    private final int a;
    private final int b;
    private final FloatComplexAxis columns;
    private final FloatLine rows;
    /** For each vector of rows, their factors, in the order of the panel. */
    private final MemorySegment re;

    private final MemorySegment im;

    private FloatSplitLine(int a, int b) {
        this.a = a;
        this.b = b;
        columns = new FloatComplexAxis(1, a, b);
        rows = new FloatLine(b);
        int padded = (a + LANES - 1) / LANES * LANES;
        Arena arena = Arena.ofAuto();
        re = arena.allocate((long) padded * b * Float.BYTES, ROW);
        im = arena.allocate((long) padded * b * Float.BYTES, ROW);
        for (int k = 0; k < a; k++) {
            for (int j = 0; j < b; j++) {
                long e = ((long) (k / LANES) * b + j) * LANES + k % LANES;
                re.setAtIndex(ValueLayout.JAVA_FLOAT, e, (float) RootsOfUnity.cosine((long) k * j, (long) a * b));
                im.setAtIndex(ValueLayout.JAVA_FLOAT, e, (float) -RootsOfUnity.sine((long) k * j, (long) a * b));
            }
        }
    }

    /** A split for a few long lines; none for many, short or unsplittable ones. */
    static @Nullable FloatSplitLine of(long lines, int n) {
        if (lines >= FEW_LINES || n < SHORTEST || !Lengths.isSmooth(n)) {
            return null;
        }
        int a = Lengths.split(n);
        return a == 0 ? null : new FloatSplitLine(a, n / a);
    }

    String explain() {
        return a + " x " + b + ", " + columns.explain() + " after " + rows.explain();
    }

    Workspace.Size workspace() {
        return columns.workspace()
                .max(new Workspace.Size(rows.stageRows(), 0, b, ROW, LANES, 0, (long) a * b * Float.BYTES));
    }

    /** Transforms the line at the planes {@code in} to {@code out}, which may be the same, times a factor. */
    void run(Planes in, Planes out, float scale, Workspace work) {
        Planes matrix = work.matrix;
        Planes panel = work.before;
        columns.run(in, matrix, 1, work, 0, columns.lines().count());
        long step = (long) b * Float.BYTES;
        int k = 0;
        for (; k + LANES <= a; k += LANES) {
            long at = k * step;
            FloatTransposition.toPanel(matrix.re, matrix.reAt + at, step, b, panel.re, panel.reAt);
            FloatTransposition.toPanel(matrix.im, matrix.imAt + at, step, b, panel.im, panel.imAt);
            multiply(panel, re, im, at, work.rowBytes, b, scale, null);
            long to = (long) k * Float.BYTES;
            work.target.set(out.re, out.reAt + to, out.im, out.imAt + to);
            rows.run(panel, ROW, work.target, (long) a * Float.BYTES, work);
        }
        if (k < a) {
            rest(k, out, scale, work);
        }
    }

    private void rest(int k, Planes out, float scale, Workspace work) {
        Planes matrix = work.matrix;
        Planes panel = work.before;
        int count = a - k;
        long step = (long) b * Float.BYTES;
        long[] at = work.positions;
        positions(matrix.reAt + k * step, step, count, at);
        FloatTransposition.gather(matrix.re, at, count, Float.BYTES, b, panel.re, panel.reAt);
        positions(matrix.imAt + k * step, step, count, at);
        FloatTransposition.gather(matrix.im, at, count, Float.BYTES, b, panel.im, panel.imAt);
        multiply(panel, re, im, k * step, work.rowBytes, b, scale, null);
        rows.run(panel, ROW, panel, ROW, work);
        positions(out.reAt + (long) k * Float.BYTES, Float.BYTES, count, at);
        FloatTransposition.scatter(panel.re, panel.reAt, out.re, at, count, (long) a * Float.BYTES, b, (float) 1);
        positions(out.imAt + (long) k * Float.BYTES, Float.BYTES, count, at);
        FloatTransposition.scatter(panel.im, panel.imAt, out.im, at, count, (long) a * Float.BYTES, b, (float) 1);
    }

    private static void positions(long first, long step, int count, long[] at) {
        for (int lane = 0; lane < count; lane++) {
            at[lane] = first + lane * step;
        }
    }

    /** The rows of a panel times their factors, which begin at byte {@code from} of the tables, and {@code scale}. */
    private static void multiply(
            Planes panel, MemorySegment tableRe, MemorySegment tableIm, long from, long step, int count, float scale,
            @Nullable Apart apart) {
        MemorySegment panelRe = panel.re;
        MemorySegment panelIm = panel.im;
        long panelReAt = panel.reAt;
        long panelImAt = panel.imAt;
        FloatVector factor = FloatVector.broadcast(SPECIES, scale);
        for (int j = 0; j < count; j++) {
            long at = j * step;
            FloatVector c = FloatVector.fromMemorySegment(SPECIES, tableRe, from + at, ORDER).mul(factor);
            FloatVector s = FloatVector.fromMemorySegment(SPECIES, tableIm, from + at, ORDER).mul(factor);
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, panelRe, panelReAt + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, panelIm, panelImAt + at, ORDER);
            y.neg().fma(s, x.mul(c)).intoMemorySegment(panelRe, panelReAt + at, ORDER);
            x.fma(s, y.mul(c)).intoMemorySegment(panelIm, panelImAt + at, ORDER);
        }
    }
}
