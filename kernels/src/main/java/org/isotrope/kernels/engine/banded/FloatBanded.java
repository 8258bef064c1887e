package org.isotrope.kernels.engine.banded;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isotrope.kernels.difference.BandedMatrix;
import org.isotrope.kernels.difference.KroneckerProduct;
import org.isotrope.kernels.engine.program.AxisRows;
import org.isotrope.kernels.engine.program.BandedProgram;
import org.isotrope.kernels.engine.program.SlabSweep;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.threads.Interruption;
import org.isotrope.kernels.engine.threads.Pool;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link BandedProgram} row by row with the Vector API.
 *
 * <p>For every output row the matrices of the two outer axes give a list of whole input rows with one weight each.
 * Where there is a matrix along the rows, the list is summed into a buffer first, to which that matrix is applied with
 * vectors of weights; edge columns are done one by one. All that is left is added, and the row is copied where it belongs.
 * Buffers stay in the first-level cache; very long rows are cut. Rows are taken in tiles of all planes, so that the
 * planes which a plane reads stay in the second-level cache. What {@link FloatBandedFlat} can do is done many rows at a time
 * instead.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
public final class FloatBanded implements StencilExecutor {
    /** Columns that go through the buffers at a time. */
    private static final int CHUNK = 64 * FloatBandedRows.BLOCK;

    /** Bytes of input that one tile of rows and the planes around it may take: with the output, a small second-level cache. */
    private static final long TILE_BYTES = 256 * 1024;

    /** A matrix times a number. */
    private record Scaled(BandedMatrix matrix, double scale) {}

    /** What a term reads. */
    private record Factors(double factor, int input, AxisRows planes, AxisRows rows) {}

    /**
     * A group made ready.
     *
     * @param number among all groups
     * @param most taps it may have in any row
     */
    private record Group(
            int number, @Nullable FloatBandedColumns columns, List<Factors> planar, List<Factors> others, int most) {}

    /** Working memory of one thread. */
    private static final class Work {
        final float[] z;
        /** What the sums of a row start from: 0 but for the edge columns of a matrix. */
        final float[] start;
        /** Of one sum and of the next in turns. */
        final float[][] sums;
        final long[][] at;
        final float[][] weights;
        final int[] planar;
        final int[] counts;
        /** Rows of each component that were done many at a time. */
        final int[] sweptFrom;
        final int[] sweptEnd;
        final FloatBandedEnds.@Nullable Work[] ends;

        Work(int z, int sums, int[] taps, @Nullable FloatBandedFlat[] flat) {
            this.sweptFrom = new int[flat.length];
            this.sweptEnd = new int[flat.length];
            this.ends = new FloatBandedEnds.Work[flat.length];
            for (int r = 0; r < flat.length; r++) {
                ends[r] = flat[r] == null ? null : flat[r].work();
            }
            this.z = new float[z];
            this.start = new float[sums];
            this.sums = new float[2][sums];
            this.at = new long[taps.length][];
            this.weights = new float[taps.length][];
            for (int g = 0; g < taps.length; g++) {
                at[g] = new long[taps[g]];
                weights[g] = new float[taps[g]];
            }
            this.planar = new int[taps.length];
            this.counts = new int[taps.length];
        }

        /** Where the sum that follows goes. */
        float[] after(float[] y) {
            return y == sums[0] ? sums[1] : sums[0];
        }

        boolean isSwept(int output, int i1) {
            return i1 >= sweptFrom[output] && i1 < sweptEnd[output];
        }
    }

    private final BandedProgram program;
    private final Group[][] outputs;
    /** Null for components whose rows go one by one. */
    private final @Nullable FloatBandedFlat[] flat;
    /** Never written. */
    private final float[] zeros;
    /** Elements of the buffer before its first column. */
    private final int lead;
    private final int tileRows;
    private final Pool<Work> pool;

    /**
     * Prepares.
     *
     * @param program what to sum
     */
    public FloatBanded(BandedProgram program) {
        this.program = program;
        this.outputs = new Group[program.outputs()][];
        this.flat = new FloatBandedFlat[outputs.length];
        Map<Scaled, FloatBandedColumns> columns = new HashMap<>();
        List<Map<BandedMatrix, AxisRows>> axes = List.of(new HashMap<>(), new HashMap<>());
        List<Integer> taps = new ArrayList<>();
        int lowest = 0;
        int highest = 0;
        for (int r = 0; r < outputs.length; r++) {
            List<BandedProgram.Group> groups = program.groups(r);
            outputs[r] = new Group[groups.size()];
            for (int g = 0; g < groups.size(); g++) {
                BandedMatrix matrix = groups.get(g).columns();
                FloatBandedColumns ready = matrix == null ? null
                        : columns.computeIfAbsent(new Scaled(matrix, groups.get(g).scale()),
                                scaled -> new FloatBandedColumns(scaled.matrix, scaled.scale));
                if (ready != null) {
                    lowest = Math.min(lowest, ready.lowest());
                    highest = Math.max(highest, ready.highest());
                }
                List<Factors> planar = factors(groups.get(g), groups.get(g).planar(), axes);
                List<Factors> others = factors(groups.get(g), groups.get(g).others(), axes);
                outputs[r][g] = new Group(taps.size(), ready, planar, others, most(planar) + most(others));
                taps.add(outputs[r][g].most);
            }
            flat[r] = FloatBandedFlat.of(program, r, outputs[r][0].columns);
        }
        int chunk = Math.min(CHUNK, (program.size(2) / FloatBandedRows.BLOCK + 1) * FloatBandedRows.BLOCK);
        this.lead = -lowest;
        int elements = lead + chunk + highest;
        this.zeros = new float[elements];
        int[] counts = taps.stream().mapToInt(Integer::intValue).toArray();
        long rowBytes = (long) program.size(2) * Float.BYTES;
        this.tileRows = Math.clamp(TILE_BYTES / ((program.planesRead() + 1L) * rowBytes), 16, Integer.MAX_VALUE);
        this.pool = new Pool<>(() -> new Work(elements, chunk, counts, flat));
    }

    private List<Factors> factors(
            BandedProgram.Group group, List<KroneckerProduct> terms, List<Map<BandedMatrix, AxisRows>> axes) {
        List<Factors> factors = new ArrayList<>();
        for (KroneckerProduct term : terms) {
            factors.add(new Factors(group.factor(term), term.input(), rows(term, 0, axes.get(0)),
                    rows(term, 1, axes.get(1))));
        }
        return factors;
    }

    private AxisRows rows(KroneckerProduct term, int axis, Map<BandedMatrix, AxisRows> known) {
        BandedMatrix matrix = program.along(term, axis);
        int size = program.size(axis);
        return matrix == null ? AxisRows.of(null, size) : known.computeIfAbsent(matrix, m -> AxisRows.of(m, size));
    }

    private static int most(List<Factors> factors) {
        int most = 0;
        for (Factors one : factors) {
            most += one.planes.largest() * one.rows.largest();
        }
        return most;
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
                planarTaps(work, i0);
                for (int i1 = row; i1 < tileEnd; i1++) {
                    if (!areSwept(work, i1)) {
                        otherTaps(work, i0, i1);
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

    private boolean areSwept(Work work, int i1) {
        boolean all = true;
        for (int r = 0; all && r < outputs.length; r++) {
            all = work.isSwept(r, i1);
        }
        return all;
    }

    /** Byte positions are those for row 0; rows further on add theirs. */
    private void planarTaps(Work work, int i0) {
        for (Group[] groups : outputs) {
            for (Group group : groups) {
                int count = 0;
                for (int f = 0; f < group.planar.size(); f++) {
                    count = taps(group.planar.get(f), i0, 0, work.at[group.number], work.weights[group.number], count);
                }
                work.planar[group.number] = count;
                work.counts[group.number] = count;
            }
        }
    }

    private void otherTaps(Work work, int i0, int i1) {
        for (Group[] groups : outputs) {
            for (Group group : groups) {
                int count = work.planar[group.number];
                for (int f = 0; f < group.others.size(); f++) {
                    count = taps(group.others.get(f), i0, i1, work.at[group.number], work.weights[group.number], count);
                }
                work.counts[group.number] = count;
            }
        }
    }

    private int taps(Factors term, int i0, int i1, long[] at, float[] weights, int count) {
        int[] planes = term.planes.sources(i0);
        double[] outer = term.planes.weights(i0);
        int[] rows = term.rows.sources(i1);
        double[] inner = term.rows.weights(i1);
        long rowBytes = (long) program.size(2) * Float.BYTES;
        int next = count;
        for (int k0 = 0; k0 < planes.length; k0++) {
            long plane = ((long) term.input * program.size(0) + planes[k0]) * program.size(1);
            double factor = term.factor * outer[k0];
            for (int k1 = 0; k1 < rows.length; k1++) {
                at[next] = (plane + rows[k1] - i1) * rowBytes;
                weights[next++] = (float) (factor * inner[k1]);
            }
        }
        return next;
    }

    private void row(MemorySegment in, MemorySegment out, Work work, int i0, int i1, int from, int end) {
        long base = (long) i1 * program.size(2) * Float.BYTES;
        long plane = (long) i0 * program.size(1) * program.size(2) * Float.BYTES;
        long component = program.nodes() * Float.BYTES;
        for (int column = from; column < end; column += CHUNK) {
            int length = Math.min(CHUNK, end - column);
            long shift = (long) column * Float.BYTES;
            for (int r = 0; r < outputs.length; r++) {
                if (!work.isSwept(r, i1)) {
                    output(in, out, work, outputs[r], base, column, length, r * component + plane + base + shift);
                }
            }
        }
    }

    /** One output component in some columns of a row. */
    private void output(
            MemorySegment in, MemorySegment out, Work work, Group[] groups, long base, int column, int length,
            long first) {
        int matrices = groups.length - 1;
        float[] y = matrices == 0 ? zeros : work.start;
        for (int g = 0; g < matrices; g++) {
            float[] next = work.after(y);
            matrix(in, base, work, groups[g], column, length, y, next);
            y = next;
        }
        rest(in, base + (long) column * Float.BYTES, work, groups[matrices].number, y, out, first, length);
        if (matrices > 0) {
            clear(work.start, groups[0].columns, column, length);
        }
    }

    /** Adds the terms without a matrix, planar ones and others, and writes the row. */
    private static void rest(
            MemorySegment in, long here, Work work, int group, float[] y, MemorySegment out, long first, int length) {
        long[] at = work.at[group];
        float[] weights = work.weights[group];
        int planar = work.planar[group];
        int count = work.counts[group];
        if (planar > 0 && count == 2 * planar && length >= FloatBandedRows.BLOCK) {
            FloatBandedRows.combineTwo(in, here, at, weights, planar, y, out, first, length);
            return;
        }
        float[] sums = y;
        if (planar > 0) {
            sums = work.after(y);
            FloatBandedRows.combine(in, here, at, weights, 0, planar, y, sums, 0, length);
        }
        if (count > planar) {
            float[] before = sums;
            sums = work.after(before);
            FloatBandedRows.combine(in, here, at, weights, planar, count, before, sums, 0, length);
        }
        MemorySegment.copy(sums, 0, out, ValueLayout.JAVA_FLOAT_UNALIGNED, first, length);
    }

    /** Adds what the matrix of a group gives. */
    private void matrix(
            MemorySegment in, long base, Work work, Group group, int column, int length, float[] y, float[] next) {
        // edge columns first, if they are cheap without the buffer: what they store here is loaded as vectors, and
        // that waits until the stores have left for the cache
        boolean early = work.counts[group.number] <= 1;
        if (early) {
            edges(in, base, work, group, column, length, y, false);
        }
        source(in, base, work, group, column, length);
        if (!early) {
            edges(in, base, work, group, column, length, y, true);
        }
        FloatBandedRows.columns(group.columns, column, work.z, lead, y, next, length);
    }

    /** Sums start from 0 in the next row. */
    private static void clear(float[] start, FloatBandedColumns columns, int column, int length) {
        for (int e = 0; e < columns.edges(); e++) {
            int place = columns.edge(e) - column;
            if (place >= 0 && place < length) {
                start[place] = (float) 0;
            }
        }
    }

    /** The rows that the matrix of a group is applied to, summed into the buffer. */
    private void source(MemorySegment in, long base, Work work, Group group, int column, int length) {
        FloatBandedColumns columns = group.columns;
        int n2 = program.size(2);
        long[] at = work.at[group.number];
        float[] weights = work.weights[group.number];
        int count = work.counts[group.number];
        int wantedFrom = column + columns.lowest();
        int wantedEnd = column + length + columns.highest();
        int from = Math.max(wantedFrom, 0);
        int end = Math.min(wantedEnd, n2);
        int origin = lead - column;
        for (int i = wantedFrom; i < from; i++) {
            beyond(work.z, origin + i, columns.isPeriodic() ? cell(in, base, at, weights, count, i + n2) : (float) 0);
        }
        for (int i = end; i < wantedEnd; i++) {
            beyond(work.z, origin + i, columns.isPeriodic() ? cell(in, base, at, weights, count, i - n2) : (float) 0);
        }
        long first = base + (long) from * Float.BYTES;
        // a sum has +0 where a copy has −0, which makes no difference to what is summed next
        if (count == 1 && weights[0] == 1) {
            MemorySegment.copy(in, ValueLayout.JAVA_FLOAT_UNALIGNED, first + at[0], work.z, origin + from, end - from);
        } else {
            FloatBandedRows.combine(in, first, at, weights, 0, count, zeros, work.z, origin + from, end - from);
        }
    }

    /**
     * Beyond the ends of a periodic axis are images, beyond those of a bounded one zeros for the weights of 0 that edge
     * columns have in the table. What is there already is not stored again: a vector that is loaded soon after would
     * wait.
     */
    private static void beyond(float[] z, int place, float value) {
        if (z[place] != value) {
            z[place] = value;
        }
    }

    /** Adds to the sums of the edge columns what the matrix of a group gives there. */
    private void edges(
            MemorySegment in, long base, Work work, Group group, int column, int length, float[] y,
            boolean buffered) {
        FloatBandedColumns columns = group.columns;
        int from = Math.max(column + columns.lowest(), 0);
        int end = Math.min(column + length + columns.highest(), program.size(2));
        int origin = lead - column;
        for (int e = 0; e < columns.edges(); e++) {
            int place = columns.edge(e) - column;
            if (place >= 0 && place < length) {
                float sum = y[place];
                int[] sources = columns.sources(e);
                float[] w = columns.weights(e);
                for (int k = 0; k < sources.length; k++) {
                    float z = buffered && sources[k] >= from && sources[k] < end
                            ? work.z[origin + sources[k]]
                            : cell(in, base, work.at[group.number], work.weights[group.number],
                                    work.counts[group.number], sources[k]);
                    sum = Math.fma(w[k], z, sum);
                }
                y[place] = sum;
            }
        }
    }

    private static float cell(MemorySegment in, long base, long[] at, float[] weights, int count, int column) {
        return FloatBandedRows.sum(in, base + (long) column * Float.BYTES, at, weights, 0, count);
    }
}
