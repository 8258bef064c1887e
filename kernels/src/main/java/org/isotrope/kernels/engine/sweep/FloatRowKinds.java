package org.isotrope.kernels.engine.sweep;

import org.isotrope.kernels.engine.program.AxisMap;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.jspecify.annotations.Nullable;

/** The taps of all rows of a program: rows as far from the walls have the same. */
final class FloatRowKinds {
    private final StencilProgram program;
    private final @Nullable FloatRowEnds ends;
    /** By the class of the plane and that of the row in it, for each output. */
    private final FloatRowTaps[][][] classes;

    /**
     * Collects.
     *
     * @param program of the rows
     * @param ends of rows, null where some neighbour beyond is more than one node
     * @param stars whether stars have passes of their own, which leave nothing to mend
     */
    FloatRowKinds(StencilProgram program, @Nullable FloatRowEnds ends, boolean stars) {
        this.program = program;
        this.ends = ends;
        AxisMap planes = program.map(0);
        AxisMap rows = program.map(1);
        this.classes = new FloatRowTaps[planes.classes()][rows.classes()][];
        for (int i0 = 0; i0 < program.size(0); i0++) {
            for (int i1 = 0; i1 < program.size(1); i1++) {
                int c0 = planes.classOf(i0);
                int c1 = rows.classOf(i1);
                if (classes[c0][c1] == null) {
                    classes[c0][c1] = FloatRowTaps.of(program, program.rowTaps(i0, i1), ends, stars);
                }
                if (rows.isInterior(i1)) {
                    // the rest of the interior has the same class
                    i1 = Math.max(i1, program.size(1) - rows.high() - 1);
                }
            }
            if (planes.isInterior(i0)) {
                i0 = Math.max(i0, program.size(0) - planes.high() - 1);
            }
        }
    }

    /** The taps of all outputs in a row of a plane. */
    FloatRowTaps[] at(int plane, int row) {
        return classes[program.map(0).classOf(plane)][program.map(1).classOf(row)];
    }

    /** The first row behind this one that has other taps, at most the end. */
    int next(int row, int end) {
        AxisMap rows = program.map(1);
        return rows.isInterior(row) ? Math.min(end, program.size(1) - rows.high()) : row + 1;
    }

    /** The taps of rows that are not next to walls. */
    FloatRowTaps[] interior(int plane) {
        return at(plane, program.map(1).low());
    }

    /** The first element of the first such row. */
    long first(int plane) {
        return ((long) plane * program.size(1) + program.map(1).low()) * program.size(2);
    }

    /** The end of the last such row. */
    long end(int plane) {
        return ((plane + 1L) * program.size(1) - program.map(1).high()) * program.size(2);
    }

    /** Whether sweeps of all rows of a plane compute the ends of rows too, or leave them to {@link FloatSeams}. */
    boolean areComplete(int plane) {
        for (FloatRowTaps[] these : classes[program.map(0).classOf(plane)]) {
            if (these != null && !isComplete(these)) {
                return false;
            }
        }
        return true;
    }

    /** The same of rows with such taps. */
    boolean isComplete(FloatRowTaps[] taps) {
        for (FloatRowTaps these : taps) {
            if (!these.straight() && (ends == null || !these.isStar())) {
                return false;
            }
        }
        return true;
    }
}
