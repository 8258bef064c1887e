package org.isotrope.kernels.engine;

import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.isotrope.grids.Precision;

/**
 * Repeated application of a stencil program, many steps for each journey of a slab through the cache.
 *
 * <p>Slabs are the planes of axis 0 or, where there is one plane, bands of its rows. Steps run behind each other as a wave:
 * when step t has done slab q + lag, step t + 1 does slab q, while what it reads is still in cache. The lag is the reach of
 * the program in slabs. Two buffers take turns, as they do when whole sweeps follow each other: step t + 1 writes over slab
 * q of step t − 1, which nothing will read again.
 *
 * <p>At cuts, which are the seam of a periodic axis and the borders between threads, each step of the wave stops a lag
 * earlier than the one before and leaves a triangle; when all waves have passed, the triangles are filled step by step.
 * Every value is computed once, from the same values in the same order as by whole sweeps, so the bits are the same.
 * S steps of depth T read and write memory about S / T times.
 */
public final class TimeBlocks {
    /** Bytes of both buffers that one wave keeps in use: well inside a third-level cache, together with neighbours. */
    private static final long WAVE_BYTES = 6L << 20;

    /** Bytes of both buffers from which on whole sweeps would leave the third-level cache at every step. */
    private static final long WORTHWHILE_BYTES = 24L << 20;

    private static final int DEEPEST = 32;

    private final int slabs;
    private final int lag;
    private final int depth;
    private final boolean periodic;
    private final StencilExecutor whole;
    private final Pool<SlabSweep[]> waves;
    private final Pool<Run> runs;

    private TimeBlocks(
            StencilExecutor whole, Supplier<SlabSweep> waves, int slabs, int lag, int depth, boolean periodic) {
        this.slabs = slabs;
        this.lag = lag;
        this.depth = depth;
        this.periodic = periodic;
        this.whole = whole;
        this.waves = new Pool<>(() -> {
            SlabSweep[] steps = new SlabSweep[depth];
            for (int t = 0; t < depth; t++) {
                steps[t] = waves.get();
            }
            return steps;
        });
        this.runs = new Pool<>(Run::new);
    }

    /**
     * Prepares a program.
     *
     * @param program as many components out as in
     * @param precision of the fields
     * @param executor runs a whole step
     * @param swept whether the executor runs flat sweeps; others compute for longer than memory takes, and are only repeated
     * @param periodic whether the {@linkplain #axis axis} across slabs is periodic
     * @return the blocks
     */
    public static TimeBlocks of(
            StencilProgram program, Precision precision, StencilExecutor executor, boolean swept, boolean periodic) {
        long bytes = 2 * program.nodes() * program.stencil().outputs() * precision.bytes();
        int lag = lag(program, periodic);
        int depth = Math.clamp(WAVE_BYTES / (bytes / slabs(program) * lag), 1, DEEPEST);
        return of(program, precision, executor, swept && bytes >= WORTHWHILE_BYTES ? depth : 1, periodic);
    }

    /**
     * The axis that waves run along.
     *
     * @param program a program
     * @return 0, or 1 where axis 0 has one node
     */
    public static int axis(StencilProgram program) {
        return program.size(0) > 1 ? 0 : 1;
    }

    /** All planes, or bands of at least {@link FloatSweep#LANES} rows. */
    private static int slabs(StencilProgram program) {
        return axis(program) == 0 ? program.size(0) : Math.max(1, program.size(1) / SlabSweep.BAND);
    }

    /** The same with a depth of the caller's choice. */
    static TimeBlocks of(
            StencilProgram program, Precision precision, StencilExecutor executor, int depth, boolean periodic) {
        int lag = lag(program, periodic);
        int slabs = slabs(program);
        // waves that start at a cut need room for the triangles on both sides
        int room = periodic ? (slabs / lag - 2) / 2 : depth;
        Supplier<SlabSweep> waves = switch (precision) {
            case FLOAT -> () -> new FloatSweeps(program).slabs(slabs);
            case DOUBLE -> () -> new DoubleSweeps(program).slabs(slabs);
        };
        return new TimeBlocks(executor, waves, slabs, lag, Math.clamp(room, 1, depth), periodic);
    }

    /** How many slabs away any slab reads, at least 1. */
    private static int lag(StencilProgram program, boolean periodic) {
        int axis = axis(program);
        int n = program.size(axis);
        int reach = 1;
        for (int plane = 0; plane < program.size(0); plane++) {
            for (int row = 0; row < program.size(1); row++) {
                for (StencilProgram.RowTaps taps : program.rowTaps(plane, row)) {
                    for (int offset : axis == 0 ? taps.planes() : taps.rows()) {
                        int away = Math.abs(offset);
                        reach = Math.max(reach, periodic ? Math.min(away, n - away) : away);
                    }
                }
                row = skipInterior(program.map(1), row);
            }
            plane = skipInterior(program.map(0), plane);
        }
        int thinnest = n / slabs(program);
        return (reach + thinnest - 1) / thinnest;
    }

    /** The last index of the same class. */
    private static int skipInterior(AxisMap map, int i) {
        return map.isInterior(i) ? map.size() - map.high() - 1 : i;
    }

    /**
     * Steps of one wave.
     *
     * @return 1 where steps just follow each other
     */
    public int depth() {
        return depth;
    }

    /**
     * Applies the program again and again.
     *
     * @param in all components of the start, which is left as it is
     * @param out takes the result
     * @param other memory of the size of {@code out}, overwritten
     * @param steps at least 1
     * @param crew threads to share steps with
     * @param threads most threads to use
     */
    public void run(
            MemorySegment in, MemorySegment out, MemorySegment other, int steps, Crew crew, int threads) {
        Run run = runs.take();
        try {
            run.all(in, out, other, steps, crew, threads);
        } finally {
            runs.give(run);
        }
    }

    /** Where a run is, for the threads that take part. */
    private final class Run implements Crew.Job {
        private MemorySegment start = MemorySegment.NULL;
        private MemorySegment other = MemorySegment.NULL;
        private int steps;
        private int done;
        private int high;
        private int chunks;
        private boolean filling;

        void all(MemorySegment in, MemorySegment out, MemorySegment scratch, int count, Crew crew, int threads) {
            start = in;
            other = scratch;
            steps = count;
            int team = Math.min(threads, crew.size());
            chunks = Math.clamp(slabs / (2L * (depth + 1) * lag), 1, team);
            for (done = 0; done < steps; done += high) {
                high = Math.min(depth, steps - done);
                filling = false;
                boolean single = high == 1;
                crew.run(this, source(1, out), out, single ? team : chunks);
                if (!single && (chunks > 1 || periodic)) {
                    filling = true;
                    crew.run(this, source(1, out), out, chunks);
                }
            }
            start = MemorySegment.NULL;
            other = MemorySegment.NULL;
        }

        /** What step t of this wave writes; the last step of all writes the output. */
        private MemorySegment target(int t, MemorySegment out) {
            return (steps - done - t) % 2 == 0 ? out : other;
        }

        private MemorySegment source(int t, MemorySegment out) {
            return done + t == 1 ? start : target(t - 1, out);
        }

        @Override
        public void run(MemorySegment in, MemorySegment out, int part, int parts) {
            if (high == 1) {
                whole.run(in, target(1, out), part, parts);
                return;
            }
            SlabSweep[] wave = waves.take();
            for (int t = 0; t < high; t++) {
                wave[t].start();
            }
            // a caller that has to do without the team does all chunks itself
            for (int chunk = part; chunk < chunks; chunk += parts) {
                if (filling) {
                    fill(wave, out, chunk);
                } else {
                    roll(wave, out, chunk);
                }
            }
            waves.give(wave);
        }

        private int cut(int chunk) {
            return (int) ((long) slabs * chunk / chunks);
        }

        private void roll(SlabSweep[] wave, MemorySegment out, int chunk) {
            int from = cut(chunk);
            int end = cut(chunk + 1);
            int afterCut = periodic || chunk > 0 ? lag : 0;
            int beforeCut = periodic || chunk + 1 < chunks ? lag : 0;
            for (int front = from; front < end + (high - 1) * lag; front++) {
                Interruption.check();
                for (int t = 1; t <= high; t++) {
                    int slab = front - (t - 1) * lag;
                    if (slab >= from + t * afterCut && slab < end - t * beforeCut) {
                        wave[t - 1].slab(source(t, out), target(t, out), slab);
                    }
                }
            }
        }

        /** Fills the triangle about the cut where a chunk begins. */
        private void fill(SlabSweep[] wave, MemorySegment out, int chunk) {
            if (chunk == 0 && !periodic) {
                return;
            }
            int cut = cut(chunk);
            for (int t = 1; t <= high; t++) {
                for (int slab = cut - t * lag; slab < cut + t * lag; slab++) {
                    wave[t - 1].slab(source(t, out), target(t, out), Math.floorMod(slab, slabs));
                }
            }
        }
    }
}
