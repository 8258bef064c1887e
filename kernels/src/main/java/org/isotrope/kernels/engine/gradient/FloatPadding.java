package org.isotrope.kernels.engine.gradient;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.isotrope.kernels.engine.program.AxisMap;
import org.isotrope.kernels.engine.program.StencilProgram;

/**
 * Copies one component into a larger box and fills the margin with what lies beyond the walls: first the ends of rows,
 * then whole rows, then whole planes, so that corners combine the rules of their axes.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
final class FloatPadding {
    private final StencilProgram program;
    private final int[] below = new int[3];
    private final int[] padded = new int[3];

    FloatPadding(StencilProgram program, int[] below, int[] above) {
        this.program = program;
        for (int a = 0; a < 3; a++) {
            this.below[a] = below[a];
            this.padded[a] = below[a] + program.size(a) + above[a];
        }
    }

    /** Fills the interior only; the margin is left as it is. */
    void copyInterior(MemorySegment field, long first, MemorySegment box, long boxFirst) {
        int n2 = program.size(2);
        for (int i0 = 0; i0 < program.size(0); i0++) {
            for (int i1 = 0; i1 < program.size(1); i1++) {
                long from = first + ((long) i0 * program.size(1) + i1) * n2;
                long to = boxFirst + position(i0 + below[0], i1 + below[1], below[2]);
                MemorySegment.copy(field, from * Float.BYTES, box, to * Float.BYTES, (long) n2 * Float.BYTES);
            }
        }
    }

    /** Fills interior and margin. */
    void pad(MemorySegment field, long first, MemorySegment box, long boxFirst) {
        copyInterior(field, first, box, boxFirst);
        for (int i0 = 0; i0 < program.size(0); i0++) {
            for (int i1 = 0; i1 < program.size(1); i1++) {
                padRow(box, boxFirst + position(i0 + below[0], i1 + below[1], 0));
            }
            for (int p1 = 0; p1 < padded[1]; p1++) {
                if (isMargin(1, p1)) {
                    long plane = boxFirst + position(i0 + below[0], 0, 0);
                    combine(box, 1, p1, plane, padded[2], padded[2]);
                }
            }
        }
        for (int p0 = 0; p0 < padded[0]; p0++) {
            if (isMargin(0, p0)) {
                combine(box, 0, p0, boxFirst, (long) padded[1] * padded[2], (long) padded[1] * padded[2]);
            }
        }
    }

    private void padRow(MemorySegment box, long row) {
        for (int p2 = 0; p2 < padded[2]; p2++) {
            if (isMargin(2, p2)) {
                combine(box, 2, p2, row, 1, 1);
            }
        }
    }

    private boolean isMargin(int axis, int p) {
        return p < below[axis] || p >= below[axis] + program.size(axis);
    }

    /** Ghost number {@code p} along an axis, each {@code length} elements, {@code stride} apart. */
    private void combine(MemorySegment box, int axis, int p, long start, long stride, long length) {
        int i = p - below[axis];
        int n = program.size(axis);
        AxisMap.Reads reads = program.map(axis).reads(i < 0 ? 0 : n - 1, i < 0 ? i : i - n + 1);
        for (long e = 0; e < length; e++) {
            float sum = (float) 0;
            for (int k = 0; k < reads.sources().length; k++) {
                long source = start + (reads.sources()[k] + below[axis]) * stride + e;
                float value = box.getAtIndex(ValueLayout.JAVA_FLOAT, source);
                sum = Math.fma((float) reads.coefficients()[k], value, sum);
            }
            box.setAtIndex(ValueLayout.JAVA_FLOAT, start + p * stride + e, sum);
        }
    }

    private long position(int p0, int p1, int p2) {
        return ((long) p0 * padded[1] + p1) * padded[2] + p2;
    }
}
