package org.isotrope.kernels.fourier;

import static org.isotrope.kernels.fourier.FloatLanes.LANES;
import static org.isotrope.kernels.fourier.FloatLanes.ROW;

import org.jspecify.annotations.Nullable;

/** Complex transforms of all lines along one axis of a dense block. */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatComplexAxis implements AxisTransform {
    private final FloatLine line;
    private final Lines lines;
    private final @Nullable FloatSplitLine split;

    FloatComplexAxis(long outer, int n, long inner) {
        split = inner == 1 ? FloatSplitLine.of(outer, n) : null;
        line = new FloatLine(split == null ? n : 1);
        lines = new Lines(outer, n, inner, split == null ? LANES : 1, false);
    }

    @Override
    public Workspace.Size workspace() {
        return split != null ? split.workspace()
                : new Workspace.Size(line.stageRows(), line.chirpRows(), line.length(), ROW, LANES, 0, 0);
    }

    @Override
    public String explain() {
        return split != null ? split.explain() : line.explain();
    }

    @Override
    public Lines lines() {
        return lines;
    }

    @Override
    public void run(Planes in, Planes out, double scale, Workspace work, long from, long to) {
        if (split != null) {
            splitLines(split, in, out, (float) scale, work, from, to);
            return;
        }
        long whole = Math.min(to, lines.whole());
        long vector = from;
        if (lines.inner() == 1) {
            for (; vector < whole; vector++) {
                transposed(in, out, (float) scale, work, vector);
            }
        } else {
            for (; vector < whole; vector++) {
                column(in, out, work, vector);
            }
        }
        for (; vector < to; vector++) {
            scattered(in, out, lines.inner() == 1 ? (float) scale : (float) 1, work, vector);
        }
    }

    private void splitLines(
            FloatSplitLine by, Planes in, Planes out, float scale, Workspace work, long from, long to) {
        for (long l = from; l < to; l++) {
            long at = l * lines.n() * Float.BYTES;
            work.lineIn.set(in.re, in.reAt + at, in.im, in.imAt + at);
            work.lineOut.set(out.re, out.reAt + at, out.im, out.imAt + at);
            by.run(work.lineIn, work.lineOut, scale, work);
        }
    }

    private void column(Planes in, Planes out, Workspace work, long vector) {
        long at = lines.first(vector) * Float.BYTES;
        long step = lines.inner() * Float.BYTES;
        work.source.set(in.re, in.reAt + at, in.im, in.imAt + at);
        work.target.set(out.re, out.reAt + at, out.im, out.imAt + at);
        line.run(work.source, step, work.target, step, work);
    }

    private void transposed(Planes in, Planes out, float scale, Workspace work, long vector) {
        int n = lines.n();
        long at = lines.first(vector) * Float.BYTES;
        long step = (long) n * Float.BYTES;
        Planes panel = work.before;
        FloatTransposition.toPanel(in.re, in.reAt + at, step, n, panel.re, panel.reAt);
        FloatTransposition.toPanel(in.im, in.imAt + at, step, n, panel.im, panel.imAt);
        line.run(panel, ROW, panel, ROW, work);
        FloatTransposition.toLines(panel.re, panel.reAt, out.re, out.reAt + at, step, n, scale);
        FloatTransposition.toLines(panel.im, panel.imAt, out.im, out.imAt + at, step, n, scale);
    }

    private void scattered(Planes in, Planes out, float scale, Workspace work, long vector) {
        int n = lines.n();
        int count = lines.linesIn(vector);
        long step = lines.inner() * Float.BYTES;
        Planes panel = work.before;
        long[] at = work.positions;
        lines.positions(vector, in.reAt, Float.BYTES, at);
        FloatTransposition.gather(in.re, at, count, step, n, panel.re, panel.reAt);
        lines.positions(vector, in.imAt, Float.BYTES, at);
        FloatTransposition.gather(in.im, at, count, step, n, panel.im, panel.imAt);
        line.run(panel, ROW, panel, ROW, work);
        lines.positions(vector, out.reAt, Float.BYTES, at);
        FloatTransposition.scatter(panel.re, panel.reAt, out.re, at, count, step, n, scale);
        lines.positions(vector, out.imAt, Float.BYTES, at);
        FloatTransposition.scatter(panel.im, panel.imAt, out.im, at, count, step, n, scale);
    }
}
