package org.isotrope.kernels.engine.sweep;

import java.lang.foreign.MemorySegment;
import org.isotrope.kernels.engine.program.AxisMap;
import org.isotrope.kernels.engine.program.SlabSweep;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.threads.Interruption;
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
 * <p>Here is the journey of a thread over its part of the grid, in tiles of rows of all planes. What goes in one sweep is in
 * {@link FloatPlanes}, how rows do that have the same taps in {@link FloatMendedRows}, what a flat sweep does in
 * {@link FloatChunks}, the taps it does it with in {@link FloatRowTaps}. The first rows of a plan go without vectors for the
 * most part ({@link FloatRunUp}).
 */
public final class FloatSweeps implements StencilExecutor {
    /** Elements of a tile of a single plane, for interruptions to be noticed. */
    private static final int LONGEST = 1 << 22;

    /** Bytes of input that one tile of rows and the planes around it may take, about half a second-level cache. */
    private static final long TILE_BYTES = 512 * 1024;

    /** Planes that are read for one, up to which longer journeys gain more than planes that stay in the cache. */
    private static final int FEW_PLANES = 4;

    private final StencilProgram program;
    private final FloatPlanes planes;
    private final int tileRows;
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
        this.planes = new FloatPlanes(program, stars);
        AxisMap map = program.map(0);
        long planesRead = map.low() + map.high() + 2L;
        long rowBytes = (long) program.size(2) * Float.BYTES;
        long tile = planesRead <= FEW_PLANES ? 8 * TILE_BYTES : TILE_BYTES;
        this.tileRows = Math.clamp(tile / (planesRead * rowBytes), 16, Integer.MAX_VALUE);
        this.runUp = new FloatRunUp(program, planes.haveEnds());
    }

    /** Goes by vectors from now on, however slow they still are. */
    void endRunUp() {
        runUp.end();
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
        if (planes.haveEnds()) {
            return "rows with their ends, " + planes.most() + (planes.most() == 1 ? " plane at once" : " planes at once");
        }
        boolean tiled = program.size(0) > 1;
        int rows = Math.min(program.size(1), tiled ? tileRows : Math.max(16, LONGEST / program.size(2)));
        boolean chunked = program.stencil().outputs() > 1 || program.stencil().size() > FloatSweep.TAPS;
        return "tiles of " + rows + " x " + program.size(2) + (planes.goInPairs() ? ", two planes at once" : "")
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
        FloatStrips strips = planes.take();
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
        planes.give(strips);
    }

    /** Rows {@code from ≤ i1 < end} of a plane, and of those behind it that go together with it; the plane that is next. */
    private int tile(
            MemorySegment in, MemorySegment out, @Nullable FloatStrips strips, int plane, int planeEnd, int from, int end) {
        if (!runUp.isOver()) {
            early(in, out, strips, plane, planeEnd, from, end);
            return plane + 1;
        }
        boolean whole = end - from == program.size(1);
        int next = whole ? planes.whole(in, out, strips, plane, planeEnd) : plane;
        return next > plane ? next : planes.part(in, out, strips, plane, planeEnd, from, end);
    }

    /** Rows {@code from ≤ i1 < end} of a plane, most of them without vectors as long as these are slow. */
    private void early(
            MemorySegment in, MemorySegment out, @Nullable FloatStrips strips, int plane, int planeEnd, int from, int end) {
        // where whole planes go together they are trials by themselves
        boolean whole = planes.haveEnds() && end - from == program.size(1);
        if (whole && runUp.isTrial()) {
            long start = System.nanoTime();
            planes.whole(in, out, strips, plane, plane + 1);
            runUp.took(true, program.size(1), System.nanoTime() - start);
            return;
        }
        int row = from;
        while (row < end && !runUp.isOver()) {
            boolean trial = !whole && runUp.isTrial();
            int next = Math.min(row + runUp.rows(trial), end);
            long start = System.nanoTime();
            if (trial) {
                startTile(strips);
                planes.trial(in, out, strips, plane, planeEnd, row, next);
            } else {
                next = planes.plain(in, out, plane, row, next);
            }
            runUp.took(trial, next - row, System.nanoTime() - start);
            row = next;
        }
        if (row < end) {
            startTile(strips);
            planes.slab(in, out, strips, plane, row, end);
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
        FloatStrips strips = planes.take();
        boolean byPlane = program.size(0) > 1;
        return new SlabSweep() {
            @Override
            public void start() {
                startTile(strips);
            }

            @Override
            public void slab(MemorySegment in, MemorySegment out, int slab) {
                int from = byPlane ? 0 : share(program.size(1), slab, slabs);
                int end = byPlane ? program.size(1) : share(program.size(1), slab + 1, slabs);
                if (!byPlane) {
                    start();
                }
                planes.slab(in, out, strips, byPlane ? slab : 0, from, end);
            }
        };
    }

    private static int share(int n, int part, int parts) {
        return (int) ((long) n * part / parts);
    }
}
