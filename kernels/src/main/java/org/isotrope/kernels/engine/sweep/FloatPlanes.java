package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import org.isotrope.kernels.engine.program.AxisMap;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.threads.Pool;
import org.jspecify.annotations.Nullable;

/**
 * The planes of a program: which of them and which rows of theirs one sweep computes, and when the ends of these rows are
 * mended.
 *
 * <p>Whole planes go together as long as they stay in the cache: with all of their rows, where each gets its ends on the way
 * ({@link FloatWallRows} has those next to walls), or as planes of one class, swept with the taps of rows away from walls;
 * then the ends of these are mended ({@link FloatSeams}), and the rows next to walls written once more. Big planes whose taps
 * are a star go two at a time ({@link FloatPlanePairs}). Parts of planes, and planes with other taps, go row by row as far as
 * the class of these is the same ({@link FloatMendedRows}).
 */
final class FloatPlanes {
    /** Elements of rows whose ends are mended while they are in the cache. */
    private static final int MENDED = 1 << 14;

    /** Bytes of a plane from which on those that are read for one leave the second-level cache before they are read again. */
    private static final long BIG = 1 << 17;

    /** How many more times in this JVM planes are swept one by one: C2 compiles loops by the number of their calls. */
    private static int young = 1500;

    private final StencilProgram program;
    private final FloatRowKinds kinds;
    private final FloatChunks chunks;
    private final FloatMendedRows rows;
    private final @Nullable FloatEdges edges;
    private final @Nullable FloatSeams seams;
    /** Null where no ends are mended many rows at a time. */
    private final @Nullable Pool<FloatStrips> pool;
    /** Planes whose ends of rows are mended while they are in the cache. */
    private final int piece;
    /** Null where planes are too small to go two at once, or other than stars. */
    private final @Nullable FloatPlanePairs pairs;
    /** Rows next to walls where all planes of a tile go at once, null where they do not. */
    private final @Nullable FloatWallRows walls;

    /**
     * Prepares.
     *
     * @param program of the planes
     * @param stars whether stars have passes of their own, which leave nothing to mend
     */
    FloatPlanes(StencilProgram program, boolean stars) {
        this.program = program;
        FloatRowEnds ends = FloatRowEnds.of(program);
        this.chunks = new FloatChunks(program, stars, ends);
        this.kinds = new FloatRowKinds(program, ends, stars);
        AxisMap planes = program.map(0);
        FloatRowTaps[] inner = kinds.at(
                Math.min(planes.low(), program.size(0) - 1), Math.min(program.map(1).low(), program.size(1) - 1));
        boolean complete = kinds.isComplete(inner);
        this.edges = !complete && FloatEdges.serve(program) ? new FloatEdges(program) : null;
        boolean seamed = complete && !stars && ends != null && FloatSeams.serve(program, ends);
        long plane = (long) program.size(1) * program.size(2);
        boolean big = plane * Float.BYTES >= BIG && program.size(0) >= planes.low() + planes.high() + 2;
        boolean mends = seamed || edges != null && edges.firstRow() <= program.map(1).low()
                && edges.endRow() >= program.size(1) - program.map(1).high();
        this.pairs = mends && big ? FloatPlanePairs.of(program, inner) : null;
        this.piece = pairs != null ? 2 : Math.clamp(MENDED / plane, 1, program.size(0));
        this.seams = seamed ? new FloatSeams(program, ends, piece * program.size(1)) : null;
        this.pool = seams != null ? new Pool<>(seams::strips) : edges != null ? new Pool<>(edges::strips) : null;
        boolean whole = stars && ends != null && inner.length == 1 && inner[0].isPaired(program.size(2));
        this.walls = whole ? new FloatWallRows(program, ends) : null;
        this.rows = new FloatMendedRows(program, kinds, chunks, stars, edges, seamed);
    }

    /** Strips for one thread, null where there is nothing to gather. */
    @Nullable FloatStrips take() {
        return pool == null ? null : pool.take();
    }

    /** Gives back what was taken. */
    void give(@Nullable FloatStrips strips) {
        if (strips != null) {
            pool.give(strips);
        }
    }

    /** Whether all rows of whole planes get their ends on the way. */
    boolean haveEnds() {
        return walls != null;
    }

    /** Whether planes go two at a time. */
    boolean goInPairs() {
        return pairs != null;
    }

    /** Most whole planes that go together. */
    int most() {
        return piece;
    }

    /**
     * Whole planes together.
     *
     * @param in input elements
     * @param out output elements
     * @param strips of this thread
     * @param plane the first
     * @param end behind the last that may go with it
     * @return the plane that is next, the first itself if it does not go as a whole
     */
    int whole(MemorySegment in, MemorySegment out, @Nullable FloatStrips strips, int plane, int end) {
        if (walls != null) {
            int next = Math.min(plane + piece, end);
            joined(in, out, walls, plane, next);
            return next;
        }
        int planes = seams != null ? alike(in, plane, end) : 0;
        if (planes > 0) {
            seamed(in, out, strips, plane, planes);
        }
        return plane + planes;
    }

    /**
     * Some rows of a plane, and the same ones of the next if both go at once.
     *
     * @param in input elements
     * @param out output elements
     * @param strips of this thread
     * @param plane their plane
     * @param planeEnd behind the last that may go with it
     * @param from first row
     * @param end behind the last
     * @return the plane that is next
     */
    int part(
            MemorySegment in, MemorySegment out, @Nullable FloatStrips strips, int plane, int planeEnd, int from, int end) {
        if (edges != null && pairs != null && pairs.serves(plane, planeEnd)) {
            pairs.run(in, out, plane, from, end);
            slab(in, out, strips, plane, from, end, true);
            slab(in, out, strips, plane + 1, from, end, true);
            return plane + 2;
        }
        slab(in, out, strips, plane, from, end);
        return plane + 1;
    }

    /** Some rows of a plane, after the loops for two planes had their turn; these leave anything in those of the next. */
    void trial(
            MemorySegment in, MemorySegment out, @Nullable FloatStrips strips, int plane, int planeEnd, int from, int end) {
        if (pairs != null && pairs.serves(plane, planeEnd)) {
            pairs.run(in, out, plane, from, end);
        }
        slab(in, out, strips, plane, from, end);
    }

    /** Rows of one class without vectors, at most those {@code from ≤ i1 < end}; the row that is next. */
    int plain(MemorySegment in, MemorySegment out, int plane, int from, int end) {
        int next = kinds.next(from, end);
        rows.plain(in, out, plane, from, next - from);
        return next;
    }

    /** All rows {@code from ≤ i1 < end} of a plane. */
    void slab(MemorySegment in, MemorySegment out, @Nullable FloatStrips strips, int plane, int from, int end) {
        slab(in, out, strips, plane, from, end, false);
    }

    /** The same, where rows away from walls may have been swept and lack their ends only. */
    private void slab(
            MemorySegment in, MemorySegment out, @Nullable FloatStrips strips, int plane, int from, int end, boolean swept) {
        int row = from;
        while (row < end) {
            int next = kinds.next(row, end);
            if (!swept || !program.map(1).isInterior(row)) {
                rows.rows(in, out, plane, row, next - row);
            }
            row = next;
        }
        if (edges != null) {
            edges.mend(in, out, strips, plane, from, end);
        }
        if (seams != null && kinds.isComplete(kinds.interior(plane))) {
            seams.mend(in, out, strips, plane, 1, from, end);
        }
    }

    /** Whole planes in one sweep over the rows that are not next to walls and one for each kind of those that are. */
    private void joined(MemorySegment in, MemorySegment out, FloatWallRows walls, int from, int end) {
        AxisMap map = program.map(0);
        int first = Math.max(from, map.low());
        int last = Math.min(end, program.size(0) - map.high()) - 1;
        if (first <= last && kinds.first(first) < kinds.end(first)) {
            chunks.run(in, out, kinds.interior(first), kinds.first(first), kinds.end(last));
        }
        int together = together(end - from);
        for (int plane = from; plane < end; plane += together) {
            walls.run(in, out, plane, plane + together);
        }
        for (int plane = from; plane < end; plane++) {
            for (int row : walls.others(plane)) {
                rows.rows(in, out, plane, row, 1);
            }
        }
    }

    /** How many planes of so many go at once: as long as loops have been called seldom, one by one. */
    private int together(int most) {
        if (young > 0 && pairs == null) {
            young--;
            return 1;
        }
        return most;
    }

    /**
     * How many planes from one on have its taps and stay in the cache together, 0 if its rows are more than stars or
     * neighbours of the first or last would be outside memory; the first plane and the last are for themselves.
     */
    private int alike(MemorySegment in, int plane, int end) {
        AxisMap planes = program.map(0);
        if (!kinds.areComplete(plane)) {
            return 0;
        }
        int last = Math.min(Math.min(plane + together(piece), end), program.size(0) - 1);
        int next = plane + 1;
        while (plane > 0 && next < last && planes.classOf(next) == planes.classOf(plane)) {
            next++;
        }
        return chunks.hasMargin(in, kinds.interior(plane), kinds.first(plane), kinds.end(next - 1)) ? next - plane : 0;
    }

    /** Whole planes of one class, swept over edge rows and the ends of rows, which are mended afterwards. */
    private void seamed(MemorySegment in, MemorySegment out, FloatStrips strips, int plane, int planes) {
        if (pairs != null && pairs.serves(plane, plane + planes)) {
            pair(in, out, strips, pairs, plane);
        } else {
            chunks.run(in, out, kinds.interior(plane), kinds.first(plane), kinds.end(plane + planes - 1));
            seams.mend(in, out, strips, plane, planes, 0, program.size(1));
        }
        for (int row = 0; row < program.size(1); row = kinds.next(row, program.size(1))) {
            if (!program.map(1).isInterior(row)) {
                rows.row(in, out, plane, planes, row);
            }
        }
    }

    /** Interior rows of two planes at once, so few at a time that their ends are still in the cache when they are mended. */
    private void pair(MemorySegment in, MemorySegment out, FloatStrips strips, FloatPlanePairs pairs, int plane) {
        int rows = Math.max(1, MENDED / program.size(2));
        for (int from = 0; from < program.size(1); from += rows) {
            int end = Math.min(from + rows, program.size(1));
            pairs.run(in, out, plane, from, end);
            seams.mend(in, out, strips, plane, 1, from, end);
            seams.mend(in, out, strips, plane + 1, 1, from, end);
        }
    }
}
