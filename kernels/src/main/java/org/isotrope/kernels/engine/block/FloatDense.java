package org.isotrope.kernels.engine.block;

import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.IntSummaryStatistics;
import java.util.TreeMap;
import org.isotrope.kernels.engine.program.BlockShape;
import org.isotrope.kernels.engine.program.ReweightedExecutor;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.sweep.FloatSweeps;
import org.isotrope.kernels.engine.threads.Interruption;
import org.isotrope.kernels.engine.threads.Pool;
import org.isotrope.kernels.stencil.Stencil;
import org.jspecify.annotations.Nullable;

/**
 * Runs a stencil of many taps by register blocks, in the order of summation of {@link StencilProgram} and to its bits.
 *
 * <p>Slab by slab the input is copied with its margins into a box that stays in cache; there a block of outputs is one
 * flat list of steps. A slab with infinities or not-a-numbers is left to the sweeps.
 */
@SuppressWarnings("cast") // casts to float are redundant in the double twin
public final class FloatDense implements ReweightedExecutor {
    /**
     * What one output component adds up: positions relative to the block, {@link FloatBlocks#ROWS} weights each, and where
     * steps of each input begin to reach the lower half of these rows, cease to reach the upper one, and end.
     */
    private record Steps(int[] at, float[] weights, int[] turns) {}

    /** Of one thread: the input, and room for the sums of a block of four rows. */
    private record Work(FloatBox box, float[] sums) {}

    private record Place(int input, int plane, int middle, int column) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            if (input != other.input) {
                return Integer.compare(input, other.input);
            }
            if (plane != other.plane) {
                return Integer.compare(plane, other.plane);
            }
            return middle != other.middle
                    ? Integer.compare(middle, other.middle)
                    : Integer.compare(column, other.column);
        }
    }

    private final BlockShape shape;
    /** Rows that blocks go over at once, as one long row with margins between; 0 for each by itself. */
    private final int runs;
    private final Steps[] steps;
    private final StencilProgram program;
    /** Places of the weights of each tap in those of its output's steps; empty until weights are replaced. */
    private int[] slots = new int[0];
    private double[] replaced = new double[0];
    /** Made when the first slab needs it; two threads may make one each. */
    private volatile @Nullable FloatSweeps fallback;
    private final Pool<Work> pool;

    /**
     * Prepares.
     *
     * @param program a dense stencil
     * @param blocks its shape
     */
    public FloatDense(StencilProgram program, BlockShape blocks) {
        this.shape = blocks.tight();
        this.runs = shape.rowsAtOnce(FloatBlocks.WIDTH);
        this.program = program;
        Stencil stencil = program.stencil();
        this.steps = new Steps[stencil.outputs()];
        int tap = 0;
        for (int r = 0; r < steps.length; r++) {
            TreeMap<Place, float[]> places = new TreeMap<>();
            for (; tap < stencil.size() && stencil.output(tap) == r; tap++) {
                for (int a = 0; a < FloatBlocks.ROWS; a++) {
                    Place place = new Place(stencil.input(tap), program.offset(tap, shape.blockAxis) + a,
                            program.offset(tap, shape.middleAxis), program.offset(tap, 2));
                    places.computeIfAbsent(place, any -> new float[FloatBlocks.ROWS])[a] = (float) stencil.weight(tap);
                }
            }
            steps[r] = steps(places.keySet(), places.values());
        }
        // blocks at the end of a plane read beyond it
        int length = (int) shape.boxLength() + FloatBlocks.WIDTH;
        int sums = FloatBlocks.SIXTEEN_SUMS ? FloatRamps.SUMS : 0;
        this.pool = new Pool<>(() -> new Work(new FloatBox(shape, length, 0), new float[sums]));
    }

    private Steps steps(Collection<Place> places, Collection<float[]> rows) {
        int[] at = new int[places.size()];
        float[] weights = new float[at.length * FloatBlocks.ROWS];
        int next = 0;
        for (Place place : places) {
            at[next++] = shape.position(place.input, place.plane, place.middle, place.column);
        }
        next = 0;
        for (float[] row : rows) {
            System.arraycopy(row, 0, weights, next, row.length);
            next += row.length;
        }
        return new Steps(at, weights, turns(places));
    }

    /** See {@link Steps}. */
    private static int[] turns(Collection<Place> places) {
        TreeMap<Integer, IntSummaryStatistics> planes = new TreeMap<>();
        for (Place place : places) {
            planes.computeIfAbsent(place.input, any -> new IntSummaryStatistics()).accept(place.plane);
        }
        int[] turns = new int[3 * planes.size()];
        int next = 0;
        int done = 0;
        for (var entry : planes.entrySet()) {
            int upper = entry.getValue().getMin() + FloatBlocks.ROWS / 2;
            int lower = entry.getValue().getMax() - FloatBlocks.ROWS / 2;
            int reached = done;
            int left = done;
            for (Place place : places) {
                if (place.input == entry.getKey()) {
                    done++;
                    reached += place.plane < upper ? 1 : 0;
                    left += place.plane <= lower ? 1 : 0;
                }
            }
            turns[next++] = reached;
            turns[next++] = left;
            turns[next++] = done;
        }
        return turns;
    }

    /** All places that an output reads, in order. */
    private TreeMap<Place, Integer> places(int output) {
        Stencil stencil = program.stencil();
        TreeMap<Place, Integer> places = new TreeMap<>();
        for (int tap = 0; tap < stencil.size(); tap++) {
            for (int a = 0; a < FloatBlocks.ROWS && stencil.output(tap) == output; a++) {
                places.put(place(tap, a), 0);
            }
        }
        int next = 0;
        for (var entry : places.entrySet()) {
            entry.setValue(next++);
        }
        return places;
    }

    private Place place(int tap, int row) {
        return new Place(program.stencil().input(tap), program.offset(tap, shape.blockAxis) + row,
                program.offset(tap, shape.middleAxis), program.offset(tap, 2));
    }

    @Override
    public void reweight(double[] weights) {
        Stencil stencil = program.stencil();
        if (slots.length == 0) {
            slots = new int[stencil.size() * FloatBlocks.ROWS];
            TreeMap<Place, Integer> places = new TreeMap<>();
            for (int tap = 0; tap < stencil.size(); tap++) {
                if (tap == 0 || stencil.output(tap) != stencil.output(tap - 1)) {
                    places = places(stencil.output(tap));
                }
                for (int a = 0; a < FloatBlocks.ROWS; a++) {
                    slots[tap * FloatBlocks.ROWS + a] = places.get(place(tap, a)) * FloatBlocks.ROWS + a;
                }
            }
            replaced = new double[stencil.size()];
        }
        for (int tap = 0; tap < weights.length; tap++) {
            float[] into = steps[stencil.output(tap)].weights;
            for (int a = 0; a < FloatBlocks.ROWS; a++) {
                into[slots[tap * FloatBlocks.ROWS + a]] = (float) weights[tap];
            }
        }
        System.arraycopy(weights, 0, replaced, 0, weights.length);
        fallback = null;
    }

    @Override
    public void run(MemorySegment in, MemorySegment out, int part, int parts) {
        int end = (int) ((long) shape.blocks * (part + 1) / parts);
        Work work = pool.take();
        for (int from = (int) ((long) shape.blocks * part / parts); from < end; from += shape.slab) {
            Interruption.check();
            int count = Math.min(shape.slab, end - from);
            if (work.box.fill(in, from, count)) {
                slab(work, out, from, count);
            } else if (shape.blockAxis == 0) {
                fallback().region(in, out, from, from + count, 0, shape.middles);
            } else {
                fallback().region(in, out, 0, 1, from, from + count);
            }
        }
        pool.give(work);
    }

    @Override
    public String tiles() {
        return shape.tiles(FloatBlocks.ROWS, FloatBlocks.WIDTH, shape.slab);
    }

    private FloatSweeps fallback() {
        FloatSweeps sweeps = fallback;
        if (sweeps == null) {
            sweeps = new FloatSweeps(replaced.length == 0 ? program : program.withWeights(replaced));
            fallback = sweeps;
        }
        return sweeps;
    }

    private void slab(Work work, MemorySegment out, int from, int count) {
        for (int b = 0; b < count; b += FloatBlocks.ROWS) {
            // the last block overlaps the one before, where there is one
            int plane = Math.max(0, Math.min(b, count - FloatBlocks.ROWS));
            boolean direct = runs == 0 && count >= FloatBlocks.ROWS;
            for (int middle = 0; middle < shape.middles; middle += Math.max(1, runs)) {
                if (direct) {
                    row(work, out, from, plane, middle);
                } else {
                    run(work, out, from, plane, middle, Math.min(count, FloatBlocks.ROWS));
                }
            }
        }
    }

    /** Blocks of a row, from one end of it to the other, straight into the output. */
    private void row(Work work, MemorySegment out, int from, int plane, int middle) {
        int base = (plane * shape.rows + middle) * shape.pitch;
        for (int x = 0; x < shape.columns; x += FloatBlocks.WIDTH) {
            int column = Math.min(x, shape.columns - FloatBlocks.WIDTH);
            for (int r = 0; r < steps.length; r++) {
                inside(work, out, r, base + column, shape.rowStart(r, from + plane, middle) + column);
            }
        }
    }

    /** Blocks of some rows behind one another, margins and all. */
    private void run(Work work, MemorySegment out, int from, int plane, int middle, int planes) {
        int base = (plane * shape.rows + middle) * shape.pitch;
        int end = Math.min(middle + Math.max(1, runs), shape.middles);
        int length = (end - middle - 1) * shape.pitch + shape.columns;
        for (int x = 0; x < length; x += FloatBlocks.WIDTH) {
            int row = middle + x / shape.pitch;
            int column = x % shape.pitch;
            for (int r = 0; r < steps.length; r++) {
                if (column + FloatBlocks.WIDTH <= shape.columns && planes == FloatBlocks.ROWS) {
                    inside(work, out, r, base + x, shape.rowStart(r, from + plane, row) + column);
                } else {
                    block(work, r, base + x, work.box.block, 0, (long) FloatBlocks.WIDTH * Float.BYTES);
                    work.box.store(out, r, from + plane, planes, row, end, column);
                }
            }
        }
    }

    private void inside(Work work, MemorySegment out, int output, int base, long first) {
        block(work, output, base, out, first * Float.BYTES, shape.blockStride() * Float.BYTES);
    }

    private void block(Work work, int output, int base, MemorySegment out, long first, long rowBytes) {
        Steps these = steps[output];
        float[] box = work.box.values;
        if (FloatBlocks.SIXTEEN_SUMS) {
            FloatRamps.four(box, base, these.at, these.weights, these.turns, work.sums, out, first, rowBytes);
        } else {
            // of two rows, steps that reach one wait for their loads
            FloatTwoRows.wide(box, base, these.at, these.weights, out, first, rowBytes);
        }
    }
}
