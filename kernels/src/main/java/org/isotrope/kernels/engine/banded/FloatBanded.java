package org.isotrope.kernels.engine.banded;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.isotrope.kernels.engine.program.BandedProgram;
import org.isotrope.kernels.engine.program.SlabSweep;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.threads.Interruption;
import org.isotrope.kernels.engine.threads.Pool;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link BandedProgram} row by row with the Vector API.
 *
 * <p>For every output row the matrices of the two outer axes give a list of whole input rows with one weight each
 * ({@link FloatBandedGroup}), which are summed with the matrices along the rows ({@link FloatBandedSums}); very long rows are
 * cut. Rows are taken in tiles of all planes, so that the planes which a plane reads stay in the second-level cache. What
 * {@link FloatBandedFlat} can do is done many rows at a time instead.
 */
public final class FloatBanded implements StencilExecutor {
    /** Bytes of input that one tile of rows and the planes around it may take: with the output, a small second-level cache. */
    private static final long TILE_BYTES = 256 * 1024;

    /** Working memory of one thread. */
    private static final class Work {
        /** Of each component. */
        final FloatBandedGroup.Taps[][] taps;
        final FloatBandedSums sums;
        /** Rows of each component that were done many at a time. */
        final int[] sweptFrom;
        final int[] sweptEnd;
        final FloatBandedEnds.@Nullable Work[] ends;

        Work(int size, FloatBandedGroup[][] outputs, @Nullable FloatBandedFlat[] flat) {
            this.taps = new FloatBandedGroup.Taps[outputs.length][];
            this.sums = new FloatBandedSums(size, outputs);
            this.sweptFrom = new int[flat.length];
            this.sweptEnd = new int[flat.length];
            this.ends = new FloatBandedEnds.Work[flat.length];
            for (int r = 0; r < flat.length; r++) {
                taps[r] = Arrays.stream(outputs[r]).map(FloatBandedGroup::taps).toArray(FloatBandedGroup.Taps[]::new);
                ends[r] = flat[r] == null ? null : flat[r].work();
            }
        }

        boolean isSwept(int output, int i1) {
            return i1 >= sweptFrom[output] && i1 < sweptEnd[output];
        }

        boolean areSwept(int i1) {
            boolean all = true;
            for (int r = 0; all && r < taps.length; r++) {
                all = isSwept(r, i1);
            }
            return all;
        }
    }

    private final BandedProgram program;
    /** Null for components whose rows go one by one. */
    private final @Nullable FloatBandedFlat[] flat;
    private final int tileRows;
    private final Pool<Work> pool;

    /**
     * Prepares.
     *
     * @param program what to sum
     */
    public FloatBanded(BandedProgram program) {
        this.program = program;
        FloatBandedGroup[][] outputs = FloatBandedGroup.of(program);
        this.flat = new FloatBandedFlat[outputs.length];
        for (int r = 0; r < outputs.length; r++) {
            flat[r] = FloatBandedFlat.of(program, r, outputs[r][0].columns());
        }
        int n2 = program.size(2);
        long rowBytes = (long) n2 * Float.BYTES;
        this.tileRows = Math.clamp(TILE_BYTES / ((program.planesRead() + 1L) * rowBytes), 16, Integer.MAX_VALUE);
        this.pool = new Pool<>(() -> new Work(n2, outputs, flat));
    }

    @Override
    public void run(MemorySegment in, MemorySegment out, int part, int parts) {
        int n0 = program.size(0);
        int n1 = program.size(1);
        int n2 = program.size(2);
        Work work = pool.take();
        // the outermost axis that is long enough is shared out
        if (n0 >= parts) {
            tiles(in, out, work, share(n0, part, parts), share(n0, part + 1, parts), 0, n1, 0, n2);
        } else if (n1 >= parts) {
            tiles(in, out, work, 0, n0, share(n1, part, parts), share(n1, part + 1, parts), 0, n2);
        } else {
            tiles(in, out, work, 0, n0, 0, n1, share(n2, part, parts), share(n2, part + 1, parts));
        }
        pool.give(work);
    }

    /**
     * The same program slab by slab, for one thread; bands of rows are of almost equal height.
     *
     * @param slabs number of slabs, the planes in 3D
     * @return the sweep, for one thread at a time
     */
    public SlabSweep slabs(int slabs) {
        Work work = pool.take();
        boolean planes = program.size(0) > 1;
        return new SlabSweep() {
            @Override
            public void start() {
                // nothing is known from one slab to the next
            }

            @Override
            public void slab(MemorySegment in, MemorySegment out, int slab) {
                int plane = planes ? slab : 0;
                int from = planes ? 0 : share(program.size(1), slab, slabs);
                int end = planes ? program.size(1) : share(program.size(1), slab + 1, slabs);
                tiles(in, out, work, plane, plane + 1, from, end, 0, program.size(2));
            }
        };
    }

    private static int share(int n, int part, int parts) {
        return (int) ((long) n * part / parts);
    }

    private void tiles(
            MemorySegment in, MemorySegment out, Work work, int planeFrom, int planeEnd, int rowFrom, int rowEnd,
            int columnFrom, int columnEnd) {
        int step = planeEnd - planeFrom > 1 ? tileRows : Integer.MAX_VALUE;
        boolean whole = columnEnd - columnFrom == program.size(2);
        Arrays.fill(work.sweptEnd, 0);
        for (int row = rowFrom; row < rowEnd; row = row > rowEnd - step ? rowEnd : row + step) {
            int tileEnd = row > rowEnd - step ? rowEnd : row + step;
            for (FloatBandedEnds.Work ends : work.ends) {
                if (ends != null) {
                    ends.strips().startTile();
                }
            }
            for (int i0 = planeFrom; i0 < planeEnd; i0++) {
                Interruption.check();
                if (whole) {
                    sweep(in, out, work, i0, row, tileEnd);
                }
                for (FloatBandedGroup.Taps[] groups : work.taps) {
                    for (FloatBandedGroup.Taps group : groups) {
                        group.startPlane(i0);
                    }
                }
                for (int i1 = row; i1 < tileEnd; i1++) {
                    if (!work.areSwept(i1)) {
                        row(in, out, work, i0, i1, columnFrom, columnEnd);
                    }
                }
            }
        }
    }

    /** Says for each component how far many rows at a time go, and does those. */
    private void sweep(MemorySegment in, MemorySegment out, Work work, int i0, int from, int end) {
        for (int r = 0; r < flat.length; r++) {
            FloatBandedFlat component = flat[r];
            boolean serves = component != null && component.serves(i0, from, end);
            work.sweptFrom[r] = serves ? component.first(from) : end;
            work.sweptEnd[r] = serves ? component.end(end) : end;
            if (serves) {
                component.run(in, out, work.ends[r], i0, work.sweptFrom[r], work.sweptEnd[r]);
            }
        }
    }

    private void row(MemorySegment in, MemorySegment out, Work work, int i0, int i1, int from, int end) {
        for (FloatBandedGroup.Taps[] groups : work.taps) {
            for (FloatBandedGroup.Taps group : groups) {
                group.startRow(i0, i1);
            }
        }
        long base = (long) i1 * program.size(2) * Float.BYTES;
        long plane = (long) i0 * program.size(1) * program.size(2) * Float.BYTES;
        long component = program.nodes() * Float.BYTES;
        for (int column = from; column < end; column += FloatBandedSums.CHUNK) {
            int length = Math.min(FloatBandedSums.CHUNK, end - column);
            long shift = (long) column * Float.BYTES;
            for (int r = 0; r < flat.length; r++) {
                if (!work.isSwept(r, i1)) {
                    work.sums.run(in, out, work.taps[r], base, column, length, r * component + plane + base + shift);
                }
            }
        }
    }
}
