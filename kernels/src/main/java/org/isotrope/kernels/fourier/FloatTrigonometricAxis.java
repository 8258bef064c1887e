package org.isotrope.kernels.fourier;

import static org.isotrope.kernels.fourier.FloatLanes.LANES;
import static org.isotrope.kernels.fourier.FloatLanes.ROW;

/** Cosine or sine transforms of all lines along one axis of a dense real block, the real parts of the planes. */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatTrigonometricAxis implements AxisTransform {
    private final FloatTrigonometricLine line;
    private final Lines lines;

    FloatTrigonometricAxis(TrigonometricKind kind, long outer, int n, long inner, double scale) {
        line = new FloatTrigonometricLine(kind, n, scale);
        lines = new Lines(outer, n, inner, LANES, false);
    }

    @Override
    public Workspace.Size workspace() {
        return new Workspace.Size(line.stageRows(), line.chirpRows(), line.panelRows(), ROW, LANES, 0, 0);
    }

    @Override
    public String explain() {
        return line.explain();
    }

    @Override
    public Lines lines() {
        return lines;
    }

    @Override
    public void run(Planes in, Planes out, double scale, Workspace work, long from, long to) {
        int n = lines.n();
        long step = lines.inner() * Float.BYTES;
        // the stages are done, or have not begun, when lines stand here
        Planes panel = work.even;
        for (long vector = from; vector < to; vector++) {
            if (vector >= lines.whole()) {
                int count = lines.linesIn(vector);
                lines.positions(vector, in.reAt, Float.BYTES, work.positions);
                FloatTransposition.gather(in.re, work.positions, count, step, n, panel.re, panel.reAt);
                line.run(panel.re, panel.reAt, ROW, panel.re, panel.reAt, ROW, work);
                lines.positions(vector, out.reAt, Float.BYTES, work.positions);
                FloatTransposition.scatter(panel.re, panel.reAt, out.re, work.positions, count, step, n, (float) scale);
            } else if (lines.inner() == 1) {
                long at = lines.first(vector) * Float.BYTES;
                long lineStep = (long) n * Float.BYTES;
                FloatTransposition.toPanel(in.re, in.reAt + at, lineStep, n, panel.re, panel.reAt);
                line.run(panel.re, panel.reAt, ROW, panel.re, panel.reAt, ROW, work);
                FloatTransposition.toLines(panel.re, panel.reAt, out.re, out.reAt + at, lineStep, n, (float) scale);
            } else {
                long at = lines.first(vector) * Float.BYTES;
                line.run(in.re, in.reAt + at, step, out.re, out.reAt + at, step, work);
            }
        }
    }
}
