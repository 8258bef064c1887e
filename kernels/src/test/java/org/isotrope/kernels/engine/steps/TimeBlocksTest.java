package org.isotrope.kernels.engine.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.engine.plan.Executors;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.engine.threads.Team;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waves of steps against the scalar reference, step after step, bit for bit. */
@Tag("bits")
class TimeBlocksTest {
    private static final Boundary[] RULES = {
        Boundary.zero(), Boundary.extrapolate(0), Boundary.extrapolate(2), Boundary.mirror(), Boundary.symmetric()
    };

    private final Random random = new Random(40);

    private Axis axis(boolean periodic, int n) {
        return periodic ? Axis.periodic(0, 1, n) : Axis.cells(0, 1, n);
    }

    private Stencil stencil(int dimension, int components) {
        Stencil.Builder builder = Stencil.builder(dimension, components, components);
        int[] centre = new int[dimension];
        for (int r = 0; r < components; r++) {
            for (int c = 0; c < components; c++) {
                builder.tap(r, c, random.nextDouble() - 0.5, centre);
                for (int a = 0; a < dimension; a++) {
                    for (int o = -2; o <= 2; o++) {
                        if (o != 0 && random.nextInt(3) > 0) {
                            int[] offset = new int[dimension];
                            offset[a] = o;
                            builder.tap(r, c, 0.2 * (random.nextDouble() - 0.5), offset);
                        }
                    }
                }
            }
        }
        return builder.build();
    }

    private void compare(StencilProgram program, boolean periodic, int components) {
        for (Precision precision : Precision.values()) {
            long bytes = program.nodes() * components * precision.bytes();
            StencilExecutor sweeps = Executors.sweeps(program, precision);
            try (Arena arena = Arena.ofShared()) {
                MemorySegment in = arena.allocate(bytes, 64);
                for (long i = 0; i < bytes / precision.bytes(); i++) {
                    if (precision == Precision.FLOAT) {
                        in.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat() - 0.5f);
                    } else {
                        in.setAtIndex(ValueLayout.JAVA_DOUBLE, i, random.nextDouble() - 0.5);
                    }
                }
                MemorySegment kept = arena.allocate(bytes, 64).copyFrom(in);
                // by number of steps; the reference takes longest, so waves of every depth are held to the same states
                List<MemorySegment> states = new ArrayList<>(List.of(kept));
                StencilExecutor reference = Executors.reference(program, precision);
                for (int depth = 2; depth <= 5; depth += 1 + random.nextInt(3)) {
                    TimeBlocks blocks = TimeBlocks.of(Recursion.SWEEP, Slabs.of(program, precision, periodic), precision,
                            sweeps, depth);
                    int steps = 1 + random.nextInt(2 * depth + 1);
                    while (states.size() <= steps) {
                        MemorySegment next = arena.allocate(bytes, 64);
                        reference.run(states.getLast(), next, 0, 1);
                        states.add(next);
                    }
                    for (int threads = 1; threads <= 3; threads++) {
                        MemorySegment out = arena.allocate(bytes, 64);
                        MemorySegment other = arena.allocate(bytes, 64);
                        // twice: the second time working memory holds what the first left
                        MemorySegment[] ring = {out, other};
                        blocks.run(in, MemorySegment.NULL, ring, new MemorySegment[0], steps, Team.common(), threads);
                        other.fill((byte) -1);
                        blocks.run(in, MemorySegment.NULL, ring, new MemorySegment[0], steps, Team.common(), threads);
                        assertThat(out.mismatch(states.get(steps)))
                                .as("first byte that differs, %d steps, depth %d of %d, %s, %d threads",
                                        steps, blocks.depth(), depth, precision, threads).isEqualTo(-1);
                        assertThat(in.mismatch(kept)).as("first byte of the input that was changed").isEqualTo(-1);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void givesTheBitsOfStepAfterStepIn3D(int trial) {
        random.setSeed(40_000_003L * trial);
        boolean periodic = trial % 2 == 0;
        int components = 1 + trial / 2;
        Grid grid = Grid.of(axis(periodic, 11 + random.nextInt(30)), axis(random.nextBoolean(), 18),
                axis(random.nextBoolean(), 17 + random.nextInt(9)));
        StencilProgram program = StencilProgram.of(stencil(3, components), grid,
                Boundaries.all(RULES[random.nextInt(RULES.length)]));
        compare(program, periodic, components);
        compare(program.transpose(), periodic, components);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void givesTheBitsOfStepAfterStepIn2D(int trial) {
        random.setSeed(40_000_003L * trial);
        boolean periodic = trial % 2 == 0;
        Grid grid = Grid.of(axis(periodic, 150 + random.nextInt(200)), axis(random.nextBoolean(), 20));
        StencilProgram program = StencilProgram.of(stencil(2, 1), grid,
                Boundaries.all(RULES[random.nextInt(RULES.length)]));
        compare(program, periodic, 1);
        compare(program.transpose(), periodic, 1);
    }

    @Test
    void wavesAreAsDeepAsTheGridHasRoomFor() {
        Grid grid = Grid.of(Axis.periodic(0, 1, 20), Axis.periodic(0, 1, 5), Axis.periodic(0, 1, 5));
        StencilProgram program = StencilProgram.of(stencil(3, 1), grid, Boundaries.all(Boundary.zero()));
        StencilExecutor sweeps = Executors.sweeps(program, Precision.FLOAT);
        Slabs slabs = Slabs.of(program, Precision.FLOAT, true);
        // triangles of two planes a step on both sides of the seam, and two planes between them
        assertThat(TimeBlocks.of(Recursion.SWEEP, slabs, Precision.FLOAT, sweeps, 32).depth()).isEqualTo(4);
        assertThat(TimeBlocks.of(Recursion.SWEEP, slabs, Precision.FLOAT, sweeps, true).depth())
                .as("small fields stay in cache without waves").isEqualTo(1);
    }
}
