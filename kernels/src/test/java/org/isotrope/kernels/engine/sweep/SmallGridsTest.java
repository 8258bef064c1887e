package org.isotrope.kernels.engine.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.isotrope.grids.Axis;
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
import org.junit.jupiter.params.provider.MethodSource;

/** Stars on grids of few rows give the bits of the reference, whatever lies beyond their walls. */
@Tag("bits")
class SmallGridsTest {
    private static final Boundary[] WALLS = {
        Boundary.zero(), Boundary.mirror(), Boundary.extrapolate(0), Boundary.extrapolate(1), Boundary.value()
    };

    static IntStream sizes() {
        return IntStream.rangeClosed(1, 20);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void starsInSpace(int n) {
        Random random = new Random(n);
        for (int row : new int[] {1 + random.nextInt(20), 8, 16}) {
            check(random, n, 1 + random.nextInt(20), row);
            check(random, 1 + random.nextInt(20), n, row);
        }
        check(random, 1 + random.nextInt(20), 1 + random.nextInt(20), n);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void starsInThePlane(int n) {
        Random random = new Random(n);
        for (int row : new int[] {1 + random.nextInt(20), 8, 16}) {
            check(random, n, row);
        }
        check(random, 1 + random.nextInt(20), n);
    }

    private static void check(Random random, int... shape) {
        Grid periodic = Grid.of(IntStream.of(shape).mapToObj(n -> Axis.periodic(0, 1, n)).toArray(Axis[]::new));
        check(random, periodic, Boundaries.all(Boundary.zero()));
        Grid bounded = Samples.boundedGrid(shape);
        int least = IntStream.of(shape).min().orElseThrow();
        for (Boundary wall : WALLS) {
            if (least > 3) {
                check(random, bounded, Boundaries.all(wall));
            }
        }
        check(random, bounded, Boundaries.all(Boundary.zero()));
    }

    private static void check(Random random, Grid grid, Boundaries boundaries) {
        StencilProgram program = StencilProgram.of(star(random, grid.dimension()), grid, boundaries);
        for (Precision precision : Precision.values()) {
            check(program, grid, precision);
            check(program.transpose(), grid, precision);
        }
    }

    private static void check(StencilProgram program, Grid grid, Precision precision) {
        Field input = Samples.random(FieldType.SCALAR, grid, precision, 3);
        input.setFlat(grid.size() / 3, Double.POSITIVE_INFINITY);
        Field expected = Fields.automatic().like(input).fill(Double.NaN);
        reference(program, precision).run(input.segment(), expected.segment(), 0, 1);
        long[] bits = Samples.bits(expected);
        StencilExecutor sweeps = precision == Precision.FLOAT ? new FloatSweeps(program) : new DoubleSweeps(program);
        // the first calls go without vectors
        for (int call = 0; call < 3; call++) {
            for (int parts = 1; parts <= 3; parts += 2) {
                Field output = Fields.automatic().like(input).fill(Double.NaN);
                for (int part = parts - 1; part >= 0; part--) {
                    sweeps.run(input.segment(), output.segment(), part, parts);
                }
                assertThat(Samples.bits(output)).as("%s, %d parts", grid, parts).isEqualTo(bits);
            }
        }
    }

    private static StencilExecutor reference(StencilProgram program, Precision precision) {
        return precision == Precision.FLOAT ? new FloatReference(program) : new DoubleReference(program);
    }

    /** A node and its neighbours along all axes. */
    private static Stencil star(Random random, int dimension) {
        Stencil.Builder star = Stencil.builder(dimension, 1, 1);
        star.tap(0, 0, random.nextGaussian(), new int[dimension]);
        for (int axis = 0; axis < dimension; axis++) {
            for (int side = -1; side <= 1; side += 2) {
                int[] offset = new int[dimension];
                offset[axis] = side;
                star.tap(0, 0, random.nextGaussian(), offset);
            }
        }
        return star.build();
    }
}
