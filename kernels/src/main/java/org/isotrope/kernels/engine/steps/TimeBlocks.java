package org.isotrope.kernels.engine.steps;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.elementwise.Update;
import org.isotrope.kernels.engine.program.SlabSweep;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.threads.Crew;
import org.isotrope.kernels.engine.threads.Interruption;
import org.isotrope.kernels.engine.threads.Pool;

/**
 * Repeated application of a program and of updates at every node, many steps for each journey of a slab through the cache.
 *
 * <p>The stages of all steps run behind each other as a wave: when stage t has done slab q + lag, stage t + 1 does slab q,
 * while what it reads is still in cache. The lag is the reach of the program in slabs. Memory of states changes roles as it does when whole sweeps follow each
 * other: a step of one level that writes slab q writes over the state two steps before, which nothing will read again.
 *
 * <p>At cuts, which are the seam of a periodic axis and the borders between threads, each stage of the wave stops a lag
 * earlier than the one before and leaves a triangle; when all waves have passed, the triangles are filled stage by stage.
 * Beyond a triangle no stage has passed that is later than the one that fills. Every value is computed once, from the same
 * values in the same order as by whole sweeps, so the bits are the same. S stages of depth T read and write memory about
 * S / T times.
 */
public final class TimeBlocks {
    /** Bytes of all fields that one wave keeps in use: well inside a third-level cache, together with neighbours. */
    private static final long WAVE_BYTES = 6L << 20;

    /** Bytes of all fields from which on whole sweeps would leave the third-level cache at every step. */
    private static final long WORTHWHILE_BYTES = 24L << 20;

    private static final int DEEPEST = 32;

    /** Values of a component that all updates work on before the next ones, within the first-level cache. */
    private static final int PIECE = 1 << 11;

    /** Any thread but the caller's; it is never started. */
    private static final Thread ELSEWHERE = Thread.ofPlatform().unstarted(() -> {});

    private final Recursion recursion;
    private final Slabs slabs;
    private final Precision precision;
    private final int depth;
    private final StencilExecutor whole;
    private final Pool<SlabSweep[]> waves;
    private final Pool<Run> runs;

    private TimeBlocks(Recursion recursion, Slabs slabs, Precision precision, StencilExecutor whole, int depth) {
        this.recursion = recursion;
        this.slabs = slabs;
        this.precision = precision;
        // waves that start at a cut need room for the triangles on both sides
        int room = slabs.periodic() ? (slabs.count() / slabs.lag() - 2) / 2 : depth;
        this.depth = Math.clamp(room, 1, depth);
        this.whole = whole;
        this.waves = new Pool<>(() -> {
            SlabSweep[] steps = new SlabSweep[this.depth];
            for (int t = 0; t < this.depth; t++) {
                steps[t] = slabs.sweeps().get();
            }
            return steps;
        });
        this.runs = new Pool<>(Run::new);
    }

    /**
     * Prepares steps.
     *
     * @param recursion what a step computes
     * @param slabs of the sweeps
     * @param precision of the fields
     * @param executor runs a whole sweep
     * @param swept whether the executor runs sweeps; others compute for longer than memory takes, and are only repeated
     * @return the blocks
     */
    public static TimeBlocks of(
            Recursion recursion, Slabs slabs, Precision precision, StencilExecutor executor, boolean swept) {
        long bytes = recursion.fields() * slabs.nodes() * slabs.components() * precision.bytes();
        int depth = Math.clamp(WAVE_BYTES / (bytes / slabs.count() * slabs.lag()), 1, DEEPEST);
        boolean waves = swept && bytes >= WORTHWHILE_BYTES;
        return new TimeBlocks(recursion, slabs, precision, executor, waves ? depth : 1);
    }

    /**
     * The same with a depth of the caller's choice.
     *
     * @param recursion what a step computes
     * @param slabs of the sweeps
     * @param precision of the fields
     * @param executor runs a whole sweep
     * @param depth most stages of a wave
     * @return the blocks
     */
    public static TimeBlocks of(
            Recursion recursion, Slabs slabs, Precision precision, StencilExecutor executor, int depth) {
        return new TimeBlocks(recursion, slabs, precision, executor, depth);
    }

    /**
     * Stages of one wave.
     *
     * @return 1 where stages just follow each other
     */
    public int depth() {
        return depth;
    }

    /**
     * Makes steps. Memory may be read by other threads only where all of it may.
     *
     * @param now the state at the start, which is left as it is
     * @param before the state one step earlier, which is left as it is; read by recursions of two levels alone
     * @param ring memory for states, one more than the recursion has levels, overwritten: the last state of all goes into
     *     the first, those before it into the following ones
     * @param fixed memory of the places from {@link Recursion#FIXED} on
     * @param steps at least 1
     * @param crew threads to share steps with
     * @param threads most threads to use
     */
    public void run(
            MemorySegment now,
            MemorySegment before,
            MemorySegment[] ring,
            MemorySegment[] fixed,
            int steps,
            Crew crew,
            int threads) {
        Run run = runs.take();
        try {
            run.all(now, before, ring, fixed, steps, crew, threads);
        } finally {
            run.forget();
            runs.give(run);
        }
    }

    /** What the threads of a run are at. */
    private enum Phase {
        /** One sweep of all slabs. */
        SWEEP,
        /** The updates of one stage in all slabs. */
        UPDATE,
        /** Waves that leave triangles. */
        ROLL,
        /** The triangles. */
        FILL
    }

    /** Where a run is, for the threads that take part. */
    private final class Run implements Crew.Job {
        private static final MemorySegment[] NONE = {};

        private MemorySegment start = MemorySegment.NULL;
        private MemorySegment earlier = MemorySegment.NULL;
        private MemorySegment[] ring = NONE;
        private MemorySegment[] fixed = NONE;
        private int steps;
        private long done;
        private int high;
        private int chunks;
        private Phase phase = Phase.SWEEP;

        void all(
                MemorySegment now,
                MemorySegment before,
                MemorySegment[] states,
                MemorySegment[] others,
                int count,
                Crew crew,
                int threads) {
            start = now;
            earlier = before;
            ring = states;
            fixed = others;
            steps = count;
            int team = isShared() ? Math.min(threads, crew.size()) : 1;
            chunks = Math.clamp(slabs.count() / (2L * (depth + 1) * slabs.lag()), 1, team);
            long stages = (long) steps * recursion.stages().size();
            for (done = 0; done < stages; done += high) {
                high = (int) Math.min(depth, stages - done);
                Stage first = stage(1);
                if (depth == 1 || high == 1 && first.updates().isEmpty()) {
                    if (first.sweeps()) {
                        share(crew, Phase.SWEEP, team);
                    }
                    if (!first.updates().isEmpty()) {
                        share(crew, Phase.UPDATE, team);
                    }
                } else {
                    share(crew, Phase.ROLL, chunks);
                    if (chunks > 1 || slabs.periodic()) {
                        share(crew, Phase.FILL, chunks);
                    }
                }
            }
        }

        /** Whether other threads may touch all memory; a crew asks for what it is given alone. */
        private boolean isShared() {
            boolean shared = earlier.isAccessibleBy(ELSEWHERE);
            for (MemorySegment segment : ring) {
                shared &= segment.isAccessibleBy(ELSEWHERE);
            }
            for (MemorySegment segment : fixed) {
                shared &= segment.isAccessibleBy(ELSEWHERE);
            }
            return shared;
        }

        private void share(Crew crew, Phase next, int parts) {
            phase = next;
            crew.run(this, start, ring[0], parts);
        }

        void forget() {
            start = MemorySegment.NULL;
            earlier = MemorySegment.NULL;
            ring = NONE;
            fixed = NONE;
        }

        /** Stage t of this wave. */
        private Stage stage(int t) {
            return recursion.stages().get((int) ((done + t - 1) % recursion.stages().size()));
        }

        /** The step that stage t of this wave belongs to, from 1 on. */
        private int step(int t) {
            return (int) ((done + t - 1) / recursion.stages().size()) + 1;
        }

        /** The memory of a place during a step. */
        private MemorySegment at(int place, int step) {
            if (place >= Recursion.FIXED) {
                return fixed[place - Recursion.FIXED];
            }
            int state = step - place;
            return state == 0 ? start : state < 0 ? earlier : ring[(steps - state) % ring.length];
        }

        @Override
        public void run(MemorySegment in, MemorySegment out, int part, int parts) {
            switch (phase) {
                case SWEEP -> whole.run(at(stage(1).source(), step(1)), at(stage(1).target(), step(1)), part, parts);
                case UPDATE -> update(1, slabs.nodes() * part / parts, slabs.nodes() * (part + 1) / parts);
                case ROLL, FILL -> waves(part, parts);
            }
        }

        private void waves(int part, int parts) {
            SlabSweep[] wave = waves.take();
            for (int t = 0; t < high; t++) {
                wave[t].start();
            }
            // a caller that has to do without the team does all chunks itself
            for (int chunk = part; chunk < chunks; chunk += parts) {
                if (phase == Phase.FILL) {
                    fill(wave, chunk);
                } else {
                    roll(wave, chunk);
                }
            }
            waves.give(wave);
        }

        private int cut(int chunk) {
            return (int) ((long) slabs.count() * chunk / chunks);
        }

        private void roll(SlabSweep[] wave, int chunk) {
            int lag = slabs.lag();
            boolean periodic = slabs.periodic();
            int from = cut(chunk);
            int end = cut(chunk + 1);
            int afterCut = periodic || chunk > 0 ? lag : 0;
            int beforeCut = periodic || chunk + 1 < chunks ? lag : 0;
            for (int front = from; front < end + (high - 1) * lag; front++) {
                Interruption.check();
                for (int t = 1; t <= high; t++) {
                    int slab = front - (t - 1) * lag;
                    if (slab >= from + t * afterCut && slab < end - t * beforeCut) {
                        slab(wave[t - 1], t, slab);
                    }
                }
            }
        }

        /** Fills the triangle about the cut where a chunk begins. */
        private void fill(SlabSweep[] wave, int chunk) {
            if (chunk == 0 && !slabs.periodic()) {
                return;
            }
            int lag = slabs.lag();
            int cut = cut(chunk);
            for (int t = 1; t <= high; t++) {
                Interruption.check();
                for (int slab = cut - t * lag; slab < cut + t * lag; slab++) {
                    slab(wave[t - 1], t, Math.floorMod(slab, slabs.count()));
                }
            }
        }

        private void slab(SlabSweep sweep, int t, int slab) {
            Stage stage = stage(t);
            if (stage.sweeps()) {
                sweep.slab(at(stage.source(), step(t)), at(stage.target(), step(t)), slab);
            }
            if (!stage.updates().isEmpty()) {
                update(t, slabs.node(slab), slabs.node(slab + 1));
            }
        }

        /** The updates of stage t from one node to another. */
        private void update(int t, long from, long end) {
            List<Update> updates = stage(t).updates();
            int step = step(t);
            for (int r = 0; r < slabs.components(); r++) {
                for (long node = from; node < end; node += PIECE) {
                    long length = Math.min(PIECE, end - node) * precision.bytes();
                    for (int k = 0; k < updates.size(); k++) {
                        Update update = updates.get(k);
                        MemorySegment x = at(update.x(), step);
                        MemorySegment y = at(update.y(), step);
                        MemorySegment z = at(update.z(), step);
                        update.run(precision, x, first(x, r, node), y, first(y, r, node), z, first(z, r, node), length);
                    }
                }
            }
        }

        /** The byte of a node; a coefficient of one component serves them all. */
        private long first(MemorySegment segment, int component, long node) {
            boolean shared = segment.byteSize() == slabs.nodes() * precision.bytes();
            return ((shared ? 0 : component * slabs.nodes()) + node) * precision.bytes();
        }
    }
}
