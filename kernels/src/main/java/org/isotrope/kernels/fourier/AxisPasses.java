package org.isotrope.kernels.fourier;

import java.lang.foreign.MemorySegment;
import java.util.StringJoiner;
import org.isotrope.grids.Precision;
import org.jspecify.annotations.Nullable;

/**
 * The passes of a transform, axis by axis: the last axis first, or for the way back to real values, last. In space the
 * last axis and the one before it go plane by plane, while a plane is in cache.
 */
final class AxisPasses {
    private final int[] shape;
    /** How often the passes run, each time over the next {@code inBytes} and {@code outBytes}. */
    private final int blocks;

    private final long inBytes;
    private final long outBytes;
    /** For each axis, its pass; none where nothing is to be done. */
    private final @Nullable AxisTransform[] axes;
    /** The last axis. */
    private final AxisTransform rows;
    /** The axis before the last one. */
    private final @Nullable AxisTransform columns;
    /** The axis before that. */
    private final @Nullable AxisTransform depths;

    private final boolean rowsLast;
    /** Planes and rows of planes that hold values; in others there are zeros, or results that nobody reads. */
    private final long usedPlanes;

    private final int usedRows;
    private final long spectrumRowBytes;
    private final Workspaces workspaces;

    private AxisPasses(
            int[] shape, int[] used, int[] inShape, int[] outShape, int components, Precision precision, Kind kind) {
        this.shape = shape;
        int last = shape.length - 1;
        boolean flat = Shapes.product(shape, 0, last) == 1;
        // a stack of single lines is one block; else a block is a component
        blocks = flat ? 1 : components;
        long outer = flat ? components : 1;
        inBytes = Shapes.product(inShape, 0, shape.length) * outer * precision.bytes();
        outBytes = Shapes.product(outShape, 0, shape.length) * outer * precision.bytes();
        rowsLast = kind == Kind.REAL_INVERSE;
        int[] between = rowsLast ? inShape : outShape;
        axes = new AxisTransform[shape.length];
        for (int a = 0; a < last; a++) {
            if (shape[a] > 1) {
                axes[a] = complexAxis(Shapes.product(between, 0, a), shape[a],
                        Shapes.product(between, a + 1, shape.length), precision);
            }
        }
        outer *= Shapes.product(shape, 0, last);
        rows = kind == Kind.COMPLEX ? complexAxis(outer, shape[last], 1, precision)
                : realAxis(outer, shape[last], kind == Kind.REAL_INVERSE, precision);
        axes[last] = rows;
        columns = last > 0 ? axes[last - 1] : null;
        depths = last > 1 ? axes[0] : null;
        usedPlanes = last > 1 ? used[0] : 1;
        usedRows = last > 0 ? used[last - 1] : 1;
        spectrumRowBytes = (long) between[last] * precision.bytes();
        Workspace.Size size = rows.workspace();
        for (AxisTransform axis : axes) {
            size = axis != null ? size.max(axis.workspace()) : size;
        }
        workspaces = new Workspaces(rowsLast && !flat ? size.withSpectrum(inBytes) : size);
    }

    private enum Kind {
        COMPLEX,
        REAL_FORWARD,
        REAL_INVERSE
    }

    private static AxisTransform complexAxis(long outer, int n, long inner, Precision precision) {
        return switch (precision) {
            case FLOAT -> new FloatComplexAxis(outer, n, inner);
            case DOUBLE -> new DoubleComplexAxis(outer, n, inner);
        };
    }

    private static AxisTransform realAxis(long outer, int n, boolean inverse, Precision precision) {
        return switch (precision) {
            case FLOAT -> new FloatRealAxis(outer, n, inverse);
            case DOUBLE -> new DoubleRealAxis(outer, n, inverse);
        };
    }

    static AxisPasses complex(int[] shape, int components, Precision precision) {
        return new AxisPasses(shape, shape, shape, shape, components, precision, Kind.COMPLEX);
    }

    static AxisPasses realForward(
            int[] shape, int[] used, int[] spectrum, int components, Precision precision) {
        return new AxisPasses(shape, used, shape, spectrum, components, precision, Kind.REAL_FORWARD);
    }

    static AxisPasses realInverse(
            int[] shape, int[] used, int[] spectrum, int components, Precision precision) {
        return new AxisPasses(shape, used, spectrum, shape, components, precision, Kind.REAL_INVERSE);
    }

    /** Runs all passes; the parts of a real block are its one segment twice. */
    void run(MemorySegment re, MemorySegment im, MemorySegment outRe, MemorySegment outIm, double scale) {
        Workspace work = workspaces.take();
        try {
            for (int block = 0; block < blocks; block++) {
                work.output.set(outRe, block * outBytes, outIm, block * outBytes);
                if (rowsLast && (columns != null || depths != null)) {
                    work.input.set(im, block * inBytes, re, block * inBytes);
                    back(work, scale);
                } else {
                    work.input.set(re, block * inBytes, im, block * inBytes);
                    forth(work, scale);
                }
            }
        } finally {
            workspaces.give(work);
        }
    }

    /** Whether lines are left out; not where vectors of rows may reach over more than two planes. */
    private boolean isPruned() {
        return columns != null && columns.lines().inner() > 1 && columns.lines().n() >= rows.lines().lanes()
                && (usedPlanes < columns.lines().outer() || usedRows < columns.lines().n());
    }

    /** First vector of rows that touches a plane. */
    private long firstRows(long plane) {
        return plane * shape[shape.length - 2] / rows.lines().lanes();
    }

    /** Behind the last vector of rows that touches a used row of a plane. */
    private long lastRows(long plane) {
        int lanes = rows.lines().lanes();
        return Math.min(rows.lines().count(), (plane * shape[shape.length - 2] + usedRows + lanes - 1) / lanes);
    }

    /** Behind the last of the columns from anywhere that touches a used plane. */
    private static long lastColumns(Lines all, long planes) {
        return Math.min(all.count(), all.whole() + (planes * (all.inner() % all.lanes()) + all.lanes() - 1) / all.lanes());
    }

    private void forthPruned(AxisTransform across, Workspace work, double scale) {
        Planes out = work.output;
        Lines all = across.lines();
        long perPlane = all.whole() / all.outer();
        for (long plane = 0; plane <= usedPlanes; plane++) {
            if (plane < usedPlanes) {
                rows.run(work.input, out, scale, work, firstRows(plane), lastRows(plane));
                clear(out, plane * all.n() + usedRows, (plane + 1) * all.n());
            }
            // only now, since vectors of rows of this plane may have begun with rows of the one before
            if (plane > 0) {
                across.run(out, out, 1, work, (plane - 1) * perPlane, plane * perPlane);
            }
        }
        across.run(out, out, 1, work, all.whole(), lastColumns(all, usedPlanes));
        clear(out, usedPlanes * all.n(), all.outer() * all.n());
        if (depths != null) {
            depths.run(out, out, 1, work, 0, depths.lines().count());
        }
    }

    private void clear(Planes out, long fromRow, long toRow) {
        if (fromRow < toRow) {
            long bytes = (toRow - fromRow) * spectrumRowBytes;
            out.re.asSlice(out.reAt + fromRow * spectrumRowBytes, bytes).fill((byte) 0);
            out.im.asSlice(out.imAt + fromRow * spectrumRowBytes, bytes).fill((byte) 0);
        }
    }

    private void backPruned(AxisTransform across, Workspace work, double scale) {
        Planes from = work.input;
        Planes to = work.spectrumBack;
        if (depths != null) {
            depths.run(from, to, 1, work, 0, depths.lines().count());
            from = to;
        }
        Lines all = across.lines();
        long perPlane = all.whole() / all.outer();
        across.run(from, to, 1, work, all.whole(), lastColumns(all, usedPlanes));
        for (long plane = 0; plane < usedPlanes; plane++) {
            across.run(from, to, 1, work, plane * perPlane, (plane + 1) * perPlane);
            // where the last vector reaches into the next plane, that plane does these rows again
            rows.run(work.spectrum, work.output, scale, work, firstRows(plane), lastRows(plane));
        }
    }

    private void forth(Workspace work, double scale) {
        Planes out = work.output;
        if (columns != null && isPruned()) {
            forthPruned(columns, work, scale);
            return;
        }
        if (columns == null || columns.lines().inner() == 1) {
            // columns of single elements share vectors across planes
            rows.run(work.input, out, scale, work, 0, rows.lines().count());
            if (columns != null) {
                columns.run(out, out, 1, work, 0, columns.lines().count());
            }
        } else {
            Lines all = columns.lines();
            long perPlane = all.whole() / all.outer();
            int lanes = rows.lines().lanes();
            long done = 0;
            for (long plane = 0; plane < all.outer(); plane++) {
                // rows of the next planes that share a vector with rows of this one come early; the last vectors, which
                // may begin with rows that have been done or hold the rest, before the columns of any plane they touch
                long lines = (plane + 1) * all.n();
                long ready = lines <= rows.lines().outer() - lanes
                        ? (lines + lanes - 1) / lanes : rows.lines().count();
                rows.run(work.input, out, scale, work, done, ready);
                done = ready;
                columns.run(out, out, 1, work, plane * perPlane, (plane + 1) * perPlane);
            }
            columns.run(out, out, 1, work, all.whole(), all.count());
        }
        if (depths != null) {
            depths.run(out, out, 1, work, 0, depths.lines().count());
        }
    }

    /** From a spectrum with its parts exchanged. */
    private void back(Workspace work, double scale) {
        if (columns != null && isPruned()) {
            backPruned(columns, work, scale);
            return;
        }
        Planes from = work.input;
        Planes to = work.spectrumBack;
        if (depths != null) {
            depths.run(from, to, 1, work, 0, depths.lines().count());
            from = to;
        }
        long done = 0;
        if (columns != null && columns.lines().inner() == 1) {
            columns.run(from, to, 1, work, 0, columns.lines().count());
        } else if (columns != null) {
            Lines all = columns.lines();
            long perPlane = all.whole() / all.outer();
            columns.run(from, to, 1, work, all.whole(), all.count());
            for (long plane = 0; plane < all.outer(); plane++) {
                columns.run(from, to, 1, work, plane * perPlane, (plane + 1) * perPlane);
                long ready = (plane + 1) * all.n() / rows.lines().lanes();
                rows.run(work.spectrum, work.output, scale, work, done, ready);
                done = ready;
            }
        }
        rows.run(work.spectrum, work.output, scale, work, done, rows.lines().count());
    }

    String explain() {
        StringJoiner text = new StringJoiner("\n");
        for (int a = 0; a < axes.length; a++) {
            text.add("axis " + a + ": " + shape[a] + ", " + (axes[a] == null ? "nothing to do" : axes[a].explain()));
        }
        return text.toString();
    }
}
