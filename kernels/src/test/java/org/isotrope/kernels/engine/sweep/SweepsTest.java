package org.isotrope.kernels.engine.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** However the work of sweeps or their reference is cut into parts, together they write every value, to the same bits. */
@Tag("bits")
class SweepsTest {
    static IntStream rowLengths() {
        return IntStream.of(1, 5, 8, 16, 17, 23, 31, 32, 33, 40);
    }

    @ParameterizedTest
    @MethodSource("rowLengths")
    void partsTogetherGiveTheWhole(int n) {
        Random random = new Random(n);
        for (int[] shape : new int[][] {{n}, {1, n}, {7, n}, {2, 9, n}, {11, 3, n}, {6, 5, n}}) {
            Grid grid = Samples.mixedGrid(random, shape);
            for (int components = 1; components <= shape.length; components += Math.max(1, shape.length - 1)) {
                Stencil stencil = Samples.stencil(random, shape.length, components, 1, 20, 2);
                var boundaries = IntStream.of(shape).min().orElseThrow() < 4
                        ? Boundaries.all(Boundary.zero())
                        : Samples.mixedBoundaries(random, grid);
                StencilProgram program = StencilProgram.of(stencil, grid, boundaries);
                check(program, grid, FieldType.SCALAR, components == 1 ? FieldType.SCALAR : FieldType.VECTOR);
                check(program.transpose(), grid, components == 1 ? FieldType.SCALAR : FieldType.VECTOR,
                        FieldType.SCALAR);
            }
        }
    }

    /** Stars along some of the axes, with and without their middle, one and all first differences at once. */
    @ParameterizedTest
    @MethodSource("rowLengths")
    void starsReachTheEndsOfRows(int n) {
        Random random = new Random(n);
        for (int[] shape : new int[][] {{9, n}, {3, 7, n}, {6, 4, n}, {7, 9, n}}) {
            Grid[] grids = {Samples.boundedGrid(shape), Samples.mixedGrid(random, shape)};
            int last = shape.length - 1;
            for (int axes = 1; axes < 1 << shape.length; axes++) {
                Stencil.Builder star = Stencil.builder(shape.length, 1, 1);
                Stencil.Builder differences = Stencil.builder(shape.length, shape.length, 1);
                for (int axis = 0; axis <= last; axis++) {
                    for (int side = -1; side <= 1; side += 2) {
                        int[] offset = new int[shape.length];
                        offset[axis] = side;
                        if ((axes >> axis & 1) != 0) {
                            star.tap(0, 0, random.nextGaussian(), offset);
                        }
                        differences.tap(axis, 0, random.nextGaussian(), offset);
                    }
                }
                if ((axes & 1) == 0) {
                    star.tap(0, 0, random.nextGaussian(), new int[shape.length]);
                }
                for (Grid grid : grids) {
                    Boundary boundary = axes % 2 == 0 || n == 1 ? Boundary.zero() : Boundary.mirror();
                    check(StencilProgram.of(star.build(), grid, Boundaries.all(boundary)), grid, FieldType.SCALAR,
                            FieldType.SCALAR);
                    if (axes == 1) {
                        check(StencilProgram.of(differences.build(), grid, Boundaries.all(boundary)), grid,
                                FieldType.SCALAR, FieldType.VECTOR);
                    }
                }
            }
        }
    }

    /** Transposed walls give some rows many taps behind those along the row. */
    @ParameterizedTest
    @MethodSource("rowLengths")
    void rowsAtTransposedWallsAreOnesOfManyTaps(int n) {
        Grid grid = Samples.boundedGrid(7, 6, n);
        for (int reach = 1; reach <= 2; reach++) {
            Stencil.Builder ball = Stencil.builder(3, 1, 1);
            for (int i = -reach; i <= reach; i++) {
                for (int j = -reach; j <= reach; j++) {
                    if (Math.abs(i) + Math.abs(j) <= reach) {
                        ball.tap(0, 0, 1 + i + 0.1 * j, i, j, 0);
                    }
                }
            }
            ball.tap(0, 0, 0.3, 0, 0, -1).tap(0, 0, 0.7, 0, 0, 1);
            for (int order = 0; order <= 2; order++) {
                if (n > order) {
                    StencilProgram program =
                            StencilProgram.of(ball.build(), grid, Boundaries.all(Boundary.extrapolate(order)));
                    check(program.transpose(), grid, FieldType.SCALAR, FieldType.SCALAR);
                }
            }
        }
    }

    /** Planes of many rows, of whole vectors and others, an even and an odd number of them. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void starsOfBigPlanesGoTwoPlanesAtATime(Precision precision) {
        Random random = new Random(5);
        for (int[] shape : new int[][] {{5, 190, 183}, {6, 160, 208}}) {
            Stencil.Builder star = Stencil.builder(3, 1, 1).tap(0, 0, random.nextGaussian(), 0, 0, 0);
            for (int axis = 0; axis < 3; axis++) {
                for (int side = -1; side <= 1; side += 2) {
                    int[] offset = new int[3];
                    offset[axis] = side;
                    star.tap(0, 0, random.nextGaussian(), offset);
                }
            }
            for (Boundary wall : new Boundary[] {Boundary.zero(), Boundary.mirror(), Boundary.extrapolate(1)}) {
                Grid grid = wall.equals(Boundary.zero()) ? Samples.mixedGrid(random, shape) : Samples.boundedGrid(shape);
                StencilProgram program = StencilProgram.of(star.build(), grid, Boundaries.all(wall));
                FloatRowTaps[] taps = new FloatRowKinds(program, FloatRowEnds.of(program), false).interior(2);
                assertThat(FloatPlanePairs.of(program, taps)).isNotNull();
                Field input = Samples.random(FieldType.SCALAR, grid, precision, 3);
                Field expected = Fields.automatic().like(input).fill(Double.NaN);
                reference(program, precision).run(input.segment(), expected.segment(), 0, 1);
                for (int parts = 1; parts <= 2; parts++) {
                    StencilExecutor sweeps = sweeps(program, precision, false);
                    checkParts(sweeps, input, expected, parts);
                    switch (sweeps) {
                        case FloatSweeps floats -> floats.endRunUp();
                        case DoubleSweeps doubles -> doubles.endRunUp();
                        default -> throw new AssertionError(sweeps);
                    }
                    checkParts(sweeps, input, expected, parts);
                }
            }
        }
    }

    /** With the passes that stars have on machines that select from two vectors at once, and without. */
    private static StencilExecutor sweeps(StencilProgram program, Precision precision, boolean stars) {
        return precision == Precision.FLOAT ? new FloatSweeps(program, stars) : new DoubleSweeps(program, stars);
    }

    private static StencilExecutor reference(StencilProgram program, Precision precision) {
        return precision == Precision.FLOAT ? new FloatReference(program) : new DoubleReference(program);
    }

    private static void check(StencilProgram program, Grid grid, FieldType in, FieldType out) {
        for (Precision precision : Precision.values()) {
            Field input = Samples.random(in, grid, precision, 3);
            Field expected = Fields.automatic().precision(precision).of(out, grid).fill(Double.NaN);
            reference(program, precision).run(input.segment(), expected.segment(), 0, 1);
            for (int parts = 1; parts <= 5; parts++) {
                checkParts(sweeps(program, precision, true), input, expected, parts);
                checkParts(sweeps(program, precision, false), input, expected, parts);
                checkParts(reference(program, precision), input, expected, parts);
            }
        }
    }

    private static void checkParts(StencilExecutor executor, Field input, Field expected, int parts) {
        Field output = Fields.automatic().like(expected).fill(Double.NaN);
        // backwards, so that a part that leans on an earlier one shows
        for (int part = parts - 1; part >= 0; part--) {
            executor.run(input.segment(), output.segment(), part, parts);
        }
        assertThat(Samples.bits(output)).as("%d parts", parts).isEqualTo(Samples.bits(expected));
    }

    @ParameterizedTest
    @MethodSource("rowLengths")
    void partsDoNotTouchEachOthersOutput(int n) {
        Random random = new Random(n);
        Grid grid = Samples.boundedGrid(6, 7, n);
        Stencil stencil = Samples.stencil(random, 3, 1, 1, 12, 2);
        StencilProgram program = StencilProgram.of(stencil, grid,
                Boundaries.all(Boundary.zero()));
        Field input = Samples.random(FieldType.SCALAR, grid, Precision.FLOAT, 3);
        for (int parts = 2; parts <= 4; parts++) {
            int[] writers = new int[Math.toIntExact(grid.size())];
            for (int part = 0; part < parts; part++) {
                Field output = Fields.automatic().precision(Precision.FLOAT).scalar(grid).fill(Double.NaN);
                new FloatSweeps(program).run(input.segment(), output.segment(), part, parts);
                for (int i = 0; i < writers.length; i++) {
                    writers[i] += Double.isNaN(output.getFlat(i)) ? 0 : 1;
                }
            }
            assertThat(writers).containsOnly(1);
        }
    }
}
