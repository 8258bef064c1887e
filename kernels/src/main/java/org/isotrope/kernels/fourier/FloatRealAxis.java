package org.isotrope.kernels.fourier;

import static org.isotrope.kernels.fourier.FloatLanes.LANES;
import static org.isotrope.kernels.fourier.FloatLanes.ROW;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Transforms of all lines along the last axis of a dense block, from real values to half spectra or back. Real values
 * are the real parts of their planes.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatRealAxis implements AxisTransform {
    private final FloatRealLine line;
    private final Lines reals;
    private final Lines spectra;
    private final boolean inverse;
    private final @Nullable FloatSplitRealLine split;

    FloatRealAxis(long outer, int n, boolean inverse) {
        split = FloatSplitRealLine.of(outer, n);
        line = new FloatRealLine(split == null ? n : 1);
        int lanes = split == null ? LANES : 1;
        reals = new Lines(outer, n, 1, lanes, true);
        spectra = new Lines(outer, n / 2 + 1, 1, lanes, true);
        this.inverse = inverse;
    }

    @Override
    public Workspace.Size workspace() {
        return split != null ? split.workspace()
                : new Workspace.Size(line.stageRows(), line.chirpRows(), Math.max(reals.n(), spectra.n()), ROW,
                        LANES, 0, 0);
    }

    @Override
    public String explain() {
        return split != null ? split.explain() : line.explain();
    }

    @Override
    public Lines lines() {
        return reals;
    }

    @Override
    public void run(Planes in, Planes out, double scale, Workspace work, long from, long to) {
        if (split != null) {
            splitLines(split, in, out, (float) scale, work, from, to);
            return;
        }
        for (long vector = from; vector < to; vector++) {
            boolean whole = vector < reals.whole();
            if (inverse) {
                move(in.re, in.reAt, spectra, vector, whole, work, work.after.re, work.after.reAt);
                move(in.im, in.imAt, spectra, vector, whole, work, work.after.im, work.after.imAt);
                line.inverse(work);
                moveBack(work.before.re, work.before.reAt, out.re, out.reAt, reals, vector, whole, (float) scale, work);
            } else {
                move(in.re, in.reAt, reals, vector, whole, work, work.before.re, work.before.reAt);
                line.forward(work);
                moveBack(work.after.re, work.after.reAt, out.re, out.reAt, spectra, vector, whole, (float) scale, work);
                moveBack(work.after.im, work.after.imAt, out.im, out.imAt, spectra, vector, whole, (float) scale, work);
            }
        }
    }

    private void splitLines(
            FloatSplitRealLine by, Planes in, Planes out, float scale, Workspace work, long from, long to) {
        for (long l = from; l < to; l++) {
            long value = l * reals.n() * Float.BYTES;
            long element = l * spectra.n() * Float.BYTES;
            if (inverse) {
                work.lineIn.set(in.re, in.reAt + element, in.im, in.imAt + element);
                by.inverse(work.lineIn, out.re, out.reAt + value, scale, work);
            } else {
                work.lineOut.set(out.re, out.reAt + element, out.im, out.imAt + element);
                by.forward(in.re, in.reAt + value, work.lineOut, scale, work);
            }
        }
    }

    private static void move(
            MemorySegment from, long at, Lines lines, long vector, boolean whole, Workspace work,
            MemorySegment panel, long panelAt) {
        int n = lines.n();
        if (whole) {
            FloatTransposition.toPanel(from, at + lines.first(vector) * Float.BYTES, (long) n * Float.BYTES, n, panel,
                    panelAt);
        } else {
            lines.positions(vector, at, Float.BYTES, work.positions);
            FloatTransposition.gather(from, work.positions, lines.linesIn(vector), Float.BYTES, n, panel, panelAt);
        }
    }

    private static void moveBack(
            MemorySegment panel, long panelAt, MemorySegment to, long at, Lines lines,
            long vector, boolean whole, float scale, Workspace work) {
        int n = lines.n();
        if (whole) {
            FloatTransposition.toLines(panel, panelAt, to, at + lines.first(vector) * Float.BYTES,
                    (long) n * Float.BYTES, n, scale);
        } else {
            lines.positions(vector, at, Float.BYTES, work.positions);
            FloatTransposition.scatter(panel, panelAt, to, work.positions, lines.linesIn(vector), Float.BYTES, n,
                    scale);
        }
    }
}
