package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import org.isotrope.kernels.engine.program.AxisMap;
import org.isotrope.kernels.engine.program.SlabSweep;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.threads.Interruption;
import org.isotrope.kernels.engine.threads.Pool;
import org.jspecify.annotations.Nullable;

/**
 * Runs a stencil program as long flat sweeps over slabs of dense rows, and mends the edge columns afterwards.
 *
 * <p>Rows of one class lie next to each other in memory, so one sweep covers all of them with the taps of interior
 * columns. Stars of radius 1 get the neighbours beyond the ends of rows on the way ({@link FloatRowEnds}), where vectors
 * are selected from two at once and in rows of two or four vectors ({@link FloatStarPairs}), or have the ends of a few
 * rows mended at a time ({@link FloatSeams}); taps that stay in their column need none. Other stencils read over into
 * neighbouring rows there and store garbage, which the mending of the few edge columns overwrites, for many rows at a
 * time ({@link FloatEdges}).
 *
 * <p>Planes that are too big for the second-level cache go two at a time where their taps are a star
 * ({@link FloatPlanePairs}).
 *
 * <p>What a flat sweep does is in {@link FloatChunks}, the taps it does it with in {@link FloatRowTaps}. The first rows of
 * a plan go without vectors for the most part ({@link FloatRunUp}).
 */
public final class FloatSweeps implements StencilExecutor {
    /** Elements of a tile of a single plane, for interruptions to be noticed. */
    private static final int LONGEST = 1 << 22;

    /** Elements of rows whose ends are mended while they are in the cache. */
    private static final int MENDED = 1 << 14;

    /** Bytes of input that one tile of rows and the planes around it may take, about half a second-level cache. */
    private static final long TILE_BYTES = 512 * 1024;

    /** Bytes of a plane from which on those that are read for one leave the second-level cache before they are read again. */
    private static final long BIG = 1 << 17;

    /** Planes that are read for one, up to which longer journeys gain more than planes that stay in the cache. */
    private static final int FEW_PLANES = 4;

    /** How many more times in this JVM planes are swept one by one: C2 compiles loops by the number of their calls. */
    private static int young = 1500;

    private final StencilProgram program;
    private final FloatRowKinds kinds;
    private final int tileRows;
    private final @Nullable FloatEdges edges;
    private final @Nullable FloatSeams seams;
    /** Null where no ends are mended many rows at a time. */
    private final @Nullable Pool<FloatStrips> pool;
    /** Planes whose ends of rows are mended while they are in the cache. */
    private final int piece;
    /** Null where planes are too small to go two at once, or other than stars. */
    private final @Nullable FloatPlanePairs pairs;
    /** Whether stars have passes of their own, which leave nothing to mend. */
    private final boolean stars;
    /** Null where some neighbour beyond the end of a row is more than one node. */
    private final @Nullable FloatRowEnds ends;
    /** Rows next to walls where all planes of a tile go at once, null where they do not. */
    private final @Nullable FloatWallRows walls;
    private final FloatChunks chunks;
    private final FloatPlainRows plain;
    private final FloatRunUp runUp;

    /**
     * Prepares.
     *
     * @param program what to sum
     */
    public FloatSweeps(StencilProgram program) {
        this(program, FloatStar.SELECTS || FloatRowTaps.isPaired(program));
    }

    FloatSweeps(StencilProgram program, boolean stars) {
        this.program = program;
        this.stars = stars;
        this.ends = FloatRowEnds.of(program);
        this.chunks = new FloatChunks(program, stars, ends);
        this.kinds = new FloatRowKinds(program, ends, stars);
        AxisMap planes = program.map(0);
        long planesRead = planes.low() + planes.high() + 2L;
        long rowBytes = (long) program.size(2) * Float.BYTES;
        long tile = planesRead <= FEW_PLANES ? 8 * TILE_BYTES : TILE_BYTES;
        this.tileRows = Math.clamp(tile / (planesRead * rowBytes), 16, Integer.MAX_VALUE);
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
        this.plain = new FloatPlainRows(program);
        this.runUp = new FloatRunUp(program, walls != null);
    }

    /** Goes by vectors from now on, however slow they still are. */
    void endRunUp() {
        runUp.end();
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
        int together = piece;
        if (young > 0 && pairs == null) {
            young--;
            together = 1;
        }
        int last = Math.min(Math.min(plane + together, end), program.size(0) - 1);
        int next = plane + 1;
        while (plane > 0 && next < last && planes.classOf(next) == planes.classOf(plane)) {
            next++;
        }
        return chunks.hasMargin(in, kinds.interior(plane), kinds.first(plane), kinds.end(next - 1)) ? next - plane : 0;
    }

    @Override
    public void run(MemorySegment in, MemorySegment out, int part, int parts) {
        int n0 = program.size(0);
        int n1 = program.size(1);
        // planes are shared out when there are enough of them, rows otherwise
        boolean byPlane = n0 >= parts;
        int planeFrom = byPlane ? share(n0, part, parts) : 0;
        int planeEnd = byPlane ? share(n0, part + 1, parts) : n0;
        int rowFrom = byPlane ? 0 : share(n1, part, parts);
        int rowEnd = byPlane ? n1 : share(n1, part + 1, parts);
        region(in, out, planeFrom, planeEnd, rowFrom, rowEnd);
    }

    @Override
    public String tiles() {
        if (walls != null) {
            return "rows with their ends, " + piece + (piece == 1 ? " plane at once" : " planes at once");
        }
        boolean tiled = program.size(0) > 1;
        int rows = Math.min(program.size(1), tiled ? tileRows : Math.max(16, LONGEST / program.size(2)));
        boolean chunked = program.stencil().outputs() > 1 || program.stencil().size() > FloatSweep.TAPS;
        return "tiles of " + rows + " x " + program.size(2) + (pairs != null ? ", two planes at once" : "")
                + (chunked ? " in chunks of " + FloatChunks.CHUNK + " values" : "");
    }

    /**
     * Computes some rows of some planes.
     *
     * @param in input elements
     * @param out output elements
     * @param planeFrom first plane
     * @param planeEnd behind the last
     * @param rowFrom first row of each
     * @param rowEnd behind the last
     */
    public void region(MemorySegment in, MemorySegment out, int planeFrom, int planeEnd, int rowFrom, int rowEnd) {
        FloatStrips strips = pool == null ? null : pool.take();
        boolean tiled = planeEnd - planeFrom > 1;
        int step = tiled ? tileRows : Math.max(16, LONGEST / program.size(2));
        for (int row = rowFrom; row < rowEnd; row = row > rowEnd - step ? rowEnd : row + step) {
            int tileEnd = row > rowEnd - step ? rowEnd : row + step;
            startTile(strips);
            for (int plane = planeFrom; plane < planeEnd; ) {
                Interruption.check();
                plane = tile(in, out, strips, plane, planeEnd, row, tileEnd);
            }
        }
        if (strips != null) {
            pool.give(strips);
        }
    }

    /** Rows {@code from ≤ i1 < end} of a plane, and of those behind it that go together with it; the plane that is next. */
    private int tile(
            MemorySegment in,
            MemorySegment out,
            @Nullable FloatStrips strips,
            int plane,
            int planeEnd,
            int from,
            int end) {
        boolean whole = end - from == program.size(1);
        if (!runUp.isOver()) {
            if (walls != null && whole && runUp.isTrial()) {
                long start = System.nanoTime();
                joined(in, out, walls, plane, plane + 1);
                runUp.took(true, program.size(1), System.nanoTime() - start);
            } else {
                early(in, out, strips, plane, planeEnd, from, end);
            }
            return plane + 1;
        }
        if (walls != null && whole) {
            int next = Math.min(plane + piece, planeEnd);
            joined(in, out, walls, plane, next);
            return next;
        }
        int planes = seams != null && whole ? alike(in, plane, planeEnd) : 0;
        if (planes > 0) {
            planes(in, out, strips, plane, planes);
            return plane + planes;
        }
        if (edges != null && pairs != null && pairs.serves(plane, planeEnd)) {
            pairs.run(in, out, plane, from, end);
            slab(in, out, strips, plane, from, end, true);
            slab(in, out, strips, plane + 1, from, end, true);
            return plane + 2;
        }
        slab(in, out, strips, plane, from, end, false);
        return plane + 1;
    }

    /** Whole planes in one sweep over the rows that are not next to walls and one for each kind of those that are. */
    private void joined(MemorySegment in, MemorySegment out, FloatWallRows rows, int from, int end) {
        AxisMap map = program.map(0);
        int first = Math.max(from, map.low());
        int last = Math.min(end, program.size(0) - map.high()) - 1;
        if (first <= last && kinds.first(first) < kinds.end(first)) {
            chunks.run(in, out, kinds.interior(first), kinds.first(first), kinds.end(last));
        }
        int together = end - from;
        if (young > 0) {
            young--;
            together = 1;
        }
        for (int plane = from; plane < end; plane += together) {
            rows.run(in, out, plane, plane + together);
        }
        for (int plane = from; plane < end; plane++) {
            for (int row : rows.others(plane)) {
                sweep(in, out, kinds.at(plane, row), plane, row, 1);
            }
        }
    }

    /** Rows {@code from ≤ i1 < end} of a plane, most of them without vectors as long as these are slow. */
    private void early(
            MemorySegment in,
            MemorySegment out,
            @Nullable FloatStrips strips,
            int plane,
            int planeEnd,
            int from,
            int end) {
        AxisMap map = program.map(1);
        int row = from;
        while (row < end && !runUp.isOver()) {
            // where whole planes go together they are trials by themselves
            boolean trial = (walls == null || end - from < program.size(1)) && runUp.isTrial();
            int next = Math.min(row + runUp.rows(trial), end);
            long start = System.nanoTime();
            if (trial) {
                if (pairs != null && pairs.serves(plane, planeEnd)) {
                    // what this leaves in the next plane will be written again
                    pairs.run(in, out, plane, row, next);
                }
                startTile(strips);
                slab(in, out, strips, plane, row, next, false);
            } else {
                next = map.isInterior(row) ? Math.min(next, program.size(1) - map.high()) : row + 1;
                FloatRowTaps[] taps = kinds.at(plane, row);
                plain.run(in, out, taps, ((long) plane * program.size(1) + row) * program.size(2), next - row);
            }
            runUp.took(trial, next - row, System.nanoTime() - start);
            row = next;
        }
        if (row < end) {
            startTile(strips);
            slab(in, out, strips, plane, row, end, false);
        }
        startTile(strips);
    }

    /** Forgets what was gathered of the input: other rows are next, or other values. */
    private static void startTile(@Nullable FloatStrips strips) {
        if (strips != null) {
            strips.startTile();
        }
    }

    /**
     * The same program slab by slab, for one thread; bands of rows are of almost equal height.
     *
     * @param slabs number of slabs, the planes in 3D
     * @return the sweep, for one thread at a time
     */
    public SlabSweep slabs(int slabs) {
        FloatStrips strips = pool == null ? null : pool.take();
        boolean planes = program.size(0) > 1;
        return new SlabSweep() {
            @Override
            public void start() {
                startTile(strips);
            }

            @Override
            public void slab(MemorySegment in, MemorySegment out, int slab) {
                int from = planes ? 0 : share(program.size(1), slab, slabs);
                int end = planes ? program.size(1) : share(program.size(1), slab + 1, slabs);
                if (!planes) {
                    start();
                }
                FloatSweeps.this.slab(in, out, strips, planes ? slab : 0, from, end, false);
            }
        };
    }

    private static int share(int n, int part, int parts) {
        return (int) ((long) n * part / parts);
    }

    /**
     * All rows {@code from ≤ i1 < end} of a plane, joined as far as their class is the same; those away from walls may have
     * been swept and lack their ends only.
     */
    private void slab(
            MemorySegment in,
            MemorySegment out,
            @Nullable FloatStrips strips,
            int plane,
            int from,
            int end,
            boolean swept) {
        AxisMap rows = program.map(1);
        int row = from;
        while (row < end) {
            int next = rows.isInterior(row) ? Math.min(end, program.size(1) - rows.high()) : row + 1;
            if (!swept || !rows.isInterior(row)) {
                sweep(in, out, kinds.at(plane, row), plane, row, next - row);
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

    /** Joined rows of one class, from {@code row} on. */
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
        AxisMap map = program.map(1);
        if (!stars && (seams == null || !map.isInterior(row))) {
            mendStars(in, out, taps, first, (long) n2 * Float.BYTES, rows);
        }
    }

    /** Whole planes of one class, swept over edge rows and the ends of rows, which are mended afterwards. */
    private void planes(MemorySegment in, MemorySegment out, FloatStrips strips, int plane, int planes) {
        AxisMap map = program.map(1);
        int n1 = program.size(1);
        long n2 = program.size(2);
        long first = plane * n1 * n2;
        if (pairs != null && pairs.serves(plane, plane + planes)) {
            pair(in, out, strips, pairs, plane);
        } else {
            chunks.run(in, out, kinds.interior(plane), kinds.first(plane), kinds.end(plane + planes - 1));
            seams.mend(in, out, strips, plane, planes, 0, n1);
        }
        for (int row = 0; row < n1; row++) {
            if (map.isInterior(row)) {
                row = n1 - map.high() - 1;
                continue;
            }
            FloatRowTaps[] edge = kinds.at(plane, row);
            if (!chunks.hasMargin(in, edge, first + row * n2, first + ((planes - 1L) * n1 + row + 1) * n2)) {
                mended(in, out, edge, plane, row, 1);
                continue;
            }
            for (int r = 0; r < edge.length; r++) {
                FloatEdgeRows.run(in, out, (r * program.nodes() + first + row * n2) * Float.BYTES, n2 * Float.BYTES,
                        n1 * n2 * Float.BYTES, planes, edge[r].bytes(), edge[r].weights());
            }
            mendStars(in, out, edge, first + row * n2, n1 * n2 * Float.BYTES, planes);
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
