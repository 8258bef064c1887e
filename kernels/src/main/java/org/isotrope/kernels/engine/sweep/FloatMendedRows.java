package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import org.isotrope.kernels.engine.program.AxisMap;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.jspecify.annotations.Nullable;

/**
 * Rows with the same taps, in one sweep over all of them, and their ends as far as neither the sweep computes them on the way
 * nor {@link FloatEdges} or {@link FloatSeams} mend them later: those of stars by {@link FloatStarEnds}, others node by
 * node.
 */
final class FloatMendedRows {
    private final StencilProgram program;
    private final FloatRowKinds kinds;
    private final FloatChunks chunks;
    private final FloatPlainRows plain;
    /** Whether stars have passes of their own, which leave nothing to mend. */
    private final boolean stars;
    private final @Nullable FloatEdges edges;
    /** Whether {@link FloatSeams} mend rows away from walls. */
    private final boolean seamed;

    /**
     * For a program.
     *
     * @param kinds of its rows
     * @param chunks their sweeps
     * @param stars whether stars have passes of their own
     * @param edges what computes edge columns of many rows later, null for none
     * @param seamed whether ends of rows away from walls are mended later
     */
    FloatMendedRows(
            StencilProgram program,
            FloatRowKinds kinds,
            FloatChunks chunks,
            boolean stars,
            @Nullable FloatEdges edges,
            boolean seamed) {
        this.program = program;
        this.kinds = kinds;
        this.chunks = chunks;
        this.plain = new FloatPlainRows(program);
        this.stars = stars;
        this.edges = edges;
        this.seamed = seamed;
    }

    /**
     * Some rows of a plane that lie next to each other.
     *
     * @param in input elements
     * @param out output elements
     * @param plane their plane
     * @param row the first
     * @param rows their number
     */
    void rows(MemorySegment in, MemorySegment out, int plane, int row, int rows) {
        sweep(in, out, kinds.at(plane, row), plane, row, rows);
    }

    /**
     * One row next to a wall of each of some planes of one class, in which sweeps of all rows compute the ends or leave them to
     * {@link FloatSeams}.
     *
     * @param in input elements
     * @param out output elements
     * @param plane the first
     * @param planes their number
     * @param row in each of them
     */
    void row(MemorySegment in, MemorySegment out, int plane, int planes, int row) {
        FloatRowTaps[] taps = kinds.at(plane, row);
        long n2 = program.size(2);
        long distance = program.size(1) * n2;
        long first = plane * distance + row * n2;
        if (!chunks.hasMargin(in, taps, first, first + (planes - 1) * distance + n2)) {
            // next to the ends of memory is but a plane that goes by itself
            mended(in, out, taps, plane, row, 1);
            return;
        }
        for (int r = 0; r < taps.length; r++) {
            FloatEdgeRows.run(in, out, (r * program.nodes() + first) * Float.BYTES, n2 * Float.BYTES,
                    distance * Float.BYTES, planes, taps[r].bytes(), taps[r].weights());
        }
        mendStars(in, out, taps, first, distance * Float.BYTES, planes);
    }

    /** Rows without vectors. */
    void plain(MemorySegment in, MemorySegment out, int plane, int row, int rows) {
        plain.run(in, out, kinds.at(plane, row), ((long) plane * program.size(1) + row) * program.size(2), rows);
    }

    private void sweep(MemorySegment in, MemorySegment out, FloatRowTaps[] taps, int plane, int row, int rows) {
        if (!kinds.isComplete(taps) || (long) rows * program.size(2) < FloatSweep.LANES) {
            mended(in, out, taps, plane, row, rows);
            return;
        }
        int n2 = program.size(2);
        long first = ((long) plane * program.size(1) + row) * n2;
        long end = first + (long) rows * n2;
        if (!chunks.hasMargin(in, taps, first, end)) {
            // the first row in memory or the last, of few or many
            if (rows == 1) {
                mended(in, out, taps, plane, row, 1);
                return;
            }
            sweep(in, out, taps, plane, row, 1);
            if (rows > 2) {
                sweep(in, out, taps, plane, row + 1, rows - 2);
            }
            sweep(in, out, taps, plane, row + rows - 1, 1);
            return;
        }
        chunks.run(in, out, taps, first, end);
        if (!stars && (!seamed || !program.map(1).isInterior(row))) {
            mendStars(in, out, taps, first, (long) n2 * Float.BYTES, rows);
        }
    }

    /** The ends of rows that lie a distance apart, of which the first begins at element {@code first} of its component. */
    private void mendStars(MemorySegment in, MemorySegment out, FloatRowTaps[] taps, long first, long distance, int rows) {
        for (int r = 0; r < taps.length; r++) {
            FloatStarEnds mends = taps[r].ends();
            if (mends != null) {
                mends.mend(in, out, (r * program.nodes() + first) * Float.BYTES, distance, rows);
            }
        }
    }

    private void mended(MemorySegment in, MemorySegment out, FloatRowTaps[] taps, int plane, int row, int rows) {
        AxisMap columns = program.columns();
        int n2 = program.size(2);
        int low = columns.low();
        int high = columns.high();
        long first = ((long) plane * program.size(1) + row) * n2;
        // whole rows, edges included, keep the vectors aligned; where a tap would leave the memory only what is valid
        long from = first + FloatRowTaps.lowest(taps) >= 0 ? first : first + low;
        long end = first + (long) rows * n2;
        end = end + FloatRowTaps.highest(taps) <= program.stencil().inputs() * program.nodes() ? end : end - high;
        boolean vectors = low + high < n2 && end - from >= FloatSweep.LANES;
        if (vectors) {
            chunks.run(in, out, taps, from, end);
        }
        for (int i = 0; i < rows; i++) {
            long start = first + (long) i * n2;
            boolean served = edges != null && row + i >= edges.firstRow() && row + i < edges.endRow();
            if (served && vectors) {
                // edge columns of all such rows are mended together, later
                i = Math.min(rows, edges.endRow() - row) - 1;
                continue;
            }
            for (int r = 0; r < taps.length; r++) {
                FloatStarEnds mends = vectors ? taps[r].ends() : null;
                if (mends != null) {
                    mends.mend(in, out, (r * program.nodes() + start) * Float.BYTES, 0, 1);
                    continue;
                }
                for (int i2 = 0; i2 < (vectors ? low : n2); i2++) {
                    plain.node(in, out, taps[r], r, start, i2);
                }
                for (int i2 = vectors ? n2 - high : n2; i2 < n2; i2++) {
                    plain.node(in, out, taps[r], r, start, i2);
                }
            }
        }
    }
}
