package org.isotrope.kernels.engine.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Samples;
import org.isotrope.kernels.engine.program.DoubleReference;
import org.isotrope.kernels.engine.program.FloatReference;
import org.isotrope.kernels.engine.program.StencilExecutor;
import org.isotrope.kernels.engine.program.StencilProgram;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first sweeps of a plan: most rows without vectors, some by vectors, all to the bits of the reference. */
@Tag("bits")
class RunUpTest {
    private final Random random = new Random(11);

    @ParameterizedTest
    @EnumSource(Precision.class)
    void firstSweepsHaveTheBitsOfTheReference(Precision precision) {
        for (int[] shape : new int[][] {{5, 60, 33}, {70, 40}, {3, 90, 17}}) {
            for (int components = 1; components <= shape.length; components += shape.length - 1) {
                for (int reach = 1; reach <= 2; reach++) {
                    Grid grid = Samples.mixedGrid(random, shape);
                    Stencil stencil = Samples.stencil(random, shape.length, components, 1, 15, reach);
                    Boundaries walls = shape[0] < 4
                            ? Boundaries.all(Boundary.zero())
                            : Samples.mixedBoundaries(random, grid);
                    FieldType type = components == 1 ? FieldType.SCALAR : FieldType.VECTOR;
                    StencilProgram program = StencilProgram.of(stencil, grid, walls);
                    check(program, grid, precision, FieldType.SCALAR, type);
                    check(program.transpose(), grid, precision, type, FieldType.SCALAR);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void firstSweepsOfStarsHaveTheBitsOfTheReference(Precision precision) {
        for (int[] shape : new int[][] {{6, 60, 33}, {5, 64, 64}, {70, 40}}) {
            Stencil.Builder star = Stencil.builder(shape.length, 1, 1).tap(0, 0, -5.5, new int[shape.length]);
            for (int axis = 0; axis < shape.length; axis++) {
                for (int side = -1; side <= 1; side += 2) {
                    int[] offset = new int[shape.length];
                    offset[axis] = side;
                    star.tap(0, 0, random.nextGaussian(), offset);
                }
            }
            for (Boundary wall : new Boundary[] {Boundary.zero(), Boundary.mirror(), Boundary.extrapolate(1)}) {
                Grid grid = Samples.mixedGrid(random, shape);
                check(StencilProgram.of(star.build(), grid, Boundaries.all(wall)), grid, precision, FieldType.SCALAR,
                        FieldType.SCALAR);
            }
        }
    }

    private static void check(StencilProgram program, Grid grid, Precision precision, FieldType in, FieldType out) {
        boolean single = precision == Precision.FLOAT;
        StencilExecutor reference = single ? new FloatReference(program) : new DoubleReference(program);
        for (int parts = 1; parts <= 3; parts += 2) {
            StencilExecutor sweeps = single ? new FloatSweeps(program) : new DoubleSweeps(program);
            for (int time = 0; time < 3; time++) {
                Field input = Samples.random(in, grid, precision, 3 + time);
                Field expected = Fields.automatic().precision(precision).of(out, grid).fill(Double.NaN);
                reference.run(input.segment(), expected.segment(), 0, 1);
                Field output = Fields.automatic().like(expected).fill(Double.NaN);
                for (int part = parts - 1; part >= 0; part--) {
                    sweeps.run(input.segment(), output.segment(), part, parts);
                }
                assertThat(Samples.bits(output)).as("time %d, %d parts", time, parts).isEqualTo(Samples.bits(expected));
            }
        }
    }

    private static FloatRunUp runUp(int rows) {
        Stencil stencil = Stencil.builder(2, 1, 1).tap(0, 0, 1, 0, 0).tap(0, 0, 1, 0, 1).build();
        return new FloatRunUp(
                StencilProgram.of(stencil, Samples.boundedGrid(rows, 64), Boundaries.all(Boundary.zero())), false);
    }

    /** As for the first sweep of all rows. */
    private static FloatRunUp runUpAfterTheFirstSweep(int rows) {
        FloatRunUp runUp = runUp(rows);
        assertThat(runUp.isTrial()).isFalse();
        runUp.took(false, rows, 1_000_000);
        assertThat(runUp.isTrial()).isFalse();
        return runUp;
    }

    @Test
    void theFirstTrialFollowsTheFirstSweep() {
        FloatRunUp runUp = runUp(1000);
        for (int row = 0; row < 1000; row += 10) {
            assertThat(runUp.isTrial()).as("row %d", row).isFalse();
            runUp.took(false, 10, 1_000_000);
        }
        assertThat(runUp.isTrial()).isFalse();
        runUp.took(false, 10, 1000);
        assertThat(runUp.isTrial()).isTrue();
    }

    @Test
    void aLongFirstSweepHasTrials() {
        FloatRunUp runUp = runUp(100_000);
        runUp.took(false, 50_000, 1_000_000);
        runUp.took(false, 10, 1000);
        assertThat(runUp.isTrial()).isTrue();
    }

    @Test
    void trialsTakeTwiceTheTimeOfOtherRows() {
        FloatRunUp runUp = runUpAfterTheFirstSweep(1000);
        long[] spent = new long[2];
        for (int k = 0; k < 1000 && !runUp.isOver(); k++) {
            boolean trial = runUp.isTrial();
            long time = trial ? 1_000_000 : 150_000;
            spent[trial ? 1 : 0] += time;
            runUp.took(trial, runUp.rows(trial), time);
            assertThat((double) spent[1]).isBetween(2 * spent[0] - 1e6, 2 * spent[0] + 1e6);
        }
        assertThat(runUp.isOver()).isFalse();
    }

    @Test
    void theRunUpEndsWithTheFirstTrialThatIsFast() {
        FloatRunUp runUp = runUp(1000);
        runUp.took(false, 10, 1000);
        int rows = runUp.rows(true);
        runUp.took(true, rows, 20L * rows * 64 * 2);
        assertThat(runUp.isOver()).isFalse();
        runUp.took(true, rows, rows * 64L / 4);
        assertThat(runUp.isOver()).isTrue();
    }

    @Test
    void theRunUpEndsWhereVectorsAreNeverFast() {
        FloatRunUp runUp = runUp(1000);
        int trials = 0;
        while (!runUp.isOver()) {
            runUp.took(true, 1, Long.MAX_VALUE / 10_000);
            assertThat(++trials).isLessThan(10_000);
        }
    }

    @Test
    void oneRowTakesNoRunUp() {
        assertThat(runUp(1).isOver()).isTrue();
    }

    @Test
    void longRowsTakeNoRunUp() {
        Stencil stencil = Stencil.builder(2, 1, 1).tap(0, 0, 1, 0, 0).build();
        Grid grid = Samples.boundedGrid(100, 1 << 17);
        assertThat(new FloatRunUp(StencilProgram.of(stencil, grid, Boundaries.all(Boundary.zero())), false).isOver())
                .isTrue();
    }
}
