package org.isotrope.kernels.fourier;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.isotrope.grids.Precision;

/** The passes of a transform, axis by axis: the last axis first, or for the way back to real values, last. */
final class AxisPasses {
    private final int[] shape;
    /** How often the passes run, each time over the next {@code inBytes} and {@code outBytes}. */
    private final int blocks;

    private final long inBytes;
    private final long outBytes;
    private final AxisTransform rows;
    /** The other axes of more than one element. */
    private final AxisTransform[] columns;
    /** For each axis, its pass; none where nothing is to be done. */
    private final AxisTransform[] axes;

    private final boolean rowsLast;
    private final Workspaces workspaces;

    private AxisPasses(int[] shape, int[] inShape, int[] outShape, int components, Precision precision, Kind kind) {
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
        List<AxisTransform> others = new ArrayList<>();
        for (int a = 0; a < last; a++) {
            if (shape[a] > 1) {
                axes[a] = complexAxis(Shapes.product(between, 0, a), shape[a],
                        Shapes.product(between, a + 1, shape.length), precision);
                others.add(axes[a]);
            }
        }
        columns = others.toArray(AxisTransform[]::new);
        outer *= Shapes.product(shape, 0, last);
        rows = kind == Kind.COMPLEX ? complexAxis(outer, shape[last], 1, precision)
                : realAxis(outer, shape[last], kind == Kind.REAL_INVERSE, precision);
        axes[last] = rows;
        Workspace.Size size = rows.workspace();
        for (AxisTransform axis : columns) {
            size = size.max(axis.workspace());
        }
        workspaces = new Workspaces(rowsLast && columns.length > 0 ? size.withSpectrum(inBytes) : size);
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
        return new AxisPasses(shape, shape, shape, components, precision, Kind.COMPLEX);
    }

    static AxisPasses realForward(int[] shape, int[] spectrum, int components, Precision precision) {
        return new AxisPasses(shape, shape, spectrum, components, precision, Kind.REAL_FORWARD);
    }

    static AxisPasses realInverse(int[] shape, int[] spectrum, int components, Precision precision) {
        return new AxisPasses(shape, spectrum, shape, components, precision, Kind.REAL_INVERSE);
    }

    /** Runs all passes; the parts of a real block are its one segment twice. */
    void run(MemorySegment re, MemorySegment im, MemorySegment outRe, MemorySegment outIm, double scale) {
        Workspace work = workspaces.take();
        try {
            for (int block = 0; block < blocks; block++) {
                work.input.set(re, block * inBytes, im, block * inBytes);
                work.output.set(outRe, block * outBytes, outIm, block * outBytes);
                if (rowsLast && columns.length > 0) {
                    work.input.set(im, block * inBytes, re, block * inBytes);
                    Planes from = work.input;
                    for (AxisTransform axis : columns) {
                        all(axis, from, work.spectrumBack, 1, work);
                        from = work.spectrumBack;
                    }
                    all(rows, work.spectrum, work.output, scale, work);
                } else {
                    all(rows, work.input, work.output, scale, work);
                    for (AxisTransform axis : columns) {
                        all(axis, work.output, work.output, 1, work);
                    }
                }
            }
        } finally {
            workspaces.give(work);
        }
    }

    private static void all(AxisTransform axis, Planes in, Planes out, double scale, Workspace work) {
        axis.run(in, out, scale, work, 0, axis.vectors());
    }

    String explain() {
        StringJoiner text = new StringJoiner("\n");
        for (int a = 0; a < axes.length; a++) {
            text.add("axis " + a + ": " + shape[a] + ", " + (axes[a] == null ? "nothing to do" : axes[a].explain()));
        }
        return text.toString();
    }
}
