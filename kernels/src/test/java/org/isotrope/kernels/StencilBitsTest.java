package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The Vector API gives the bits of the scalar reference, whatever grid, stencil, walls, precision and threads. */
@Tag("bits")
class StencilBitsTest {
    /** From below one vector to above two of them, so that every remainder occurs at every vector length. */
    static IntStream rowLengths() {
        return IntStream.rangeClosed(1, 36);
    }

    @ParameterizedTest
    @MethodSource("rowLengths")
    void sweepsGiveTheBitsOfTheReferenceUnderEveryBoundary(int n) {
        Random random = new Random(1000 + n);
        for (Boundary boundary : Samples.BOUNDARIES) {
            // reflections and extrapolations need a few nodes to read
            int reach = n < 4 && !boundary.equals(Boundary.zero()) ? 0 : 2;
            check(random, Samples.boundedGrid(n), Boundaries.all(boundary), reach);
            check(random, Samples.boundedGrid(4 + n % 3, n), Boundaries.all(boundary), reach);
            // at reach 3, products of a weight and coefficients of two axes round differently in another order
            check(random, Samples.boundedGrid(5, 4, n), Boundaries.all(boundary), n < 4 ? reach : 3);
        }
    }

    @ParameterizedTest
    @MethodSource("rowLengths")
    void sweepsGiveTheBitsOfTheReferenceOnMixesOfPeriodicAndBoundedAxes(int n) {
        Random random = new Random(2000 + n);
        for (int repeat = 0; repeat < 3; repeat++) {
            for (int[] shape : new int[][] {{n}, {5, n}, {4, 6, n}}) {
                Grid grid = Samples.mixedGrid(random, shape);
                int reach = n < 4 && !grid.axis(shape.length - 1).isPeriodic() ? 0 : 2;
                check(random, grid, Samples.mixedBoundaries(random, grid), reach);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rowLengths")
    void kernelsWiderThanTheGridGiveTheBitsOfTheReference(int n) {
        Random random = new Random(3000 + n);
        int shorter = 1 + n / 3;
        check(random, Samples.boundedGrid(shorter, n), Boundaries.all(Boundary.zero()), n + 1);
        check(random, Grid.of(Axis.periodic(0, 1, shorter), Axis.periodic(0, 1, n)), Boundaries.all(Boundary.zero()),
                n + 1);
        check(random, Grid.of(Axis.periodic(0, 1, n), Axis.cells(0, 1, n)), Boundaries.all(Boundary.extrapolate(0)), n);
    }

    private static void check(Random random, Grid grid, Boundaries boundaries, int reach) {
        int d = grid.dimension();
        // more than one pass of eight taps, exactly one, and less; one and several components
        check(Samples.stencil(random, d, 1, 1, 1 + random.nextInt(30), reach), FieldType.SCALAR, FieldType.SCALAR, grid,
                boundaries, random.nextLong());
        check(Samples.stencil(random, d, d, d, 1 + random.nextInt(40), reach), FieldType.VECTOR, FieldType.VECTOR, grid,
                boundaries, random.nextLong());
    }

    private static void check(
            Stencil stencil, FieldType in, FieldType out, Grid grid, Boundaries boundaries, long seed) {
        LinearOperator operator = Operators.stencil(stencil, grid, in, out, boundaries);
        checkAllExecutions(operator, seed);
        checkAllExecutions(operator.adjoint(), seed);
    }

    private static void checkAllExecutions(LinearOperator operator, long seed) {
        for (Precision precision : Precision.values()) {
            Field in = Samples.random(operator.domain().type(), operator.domain().grid(), precision, seed);
            long[] expected = run(operator, precision, Execution.scalarReference(), in);
            assertThat(run(operator, precision, Execution.serial(), in))
                    .as("serial %s %s", precision, operator.domain()).isEqualTo(expected);
            if (operator.range().grid().size() * operator.range().components() >= Execution.SHARING_THRESHOLD) {
                assertThat(run(operator, precision, Execution.threads(2), in))
                        .as("two threads %s %s", precision, operator.domain()).isEqualTo(expected);
                assertThat(run(operator, precision, Execution.standard(), in))
                        .as("standard %s %s", precision, operator.domain()).isEqualTo(expected);
            }
        }
    }

    private static long[] run(LinearOperator operator, Precision precision, Execution execution, Field in) {
        Field out = Samples.poisoned(operator.range(), precision);
        operator.plan(precision, execution).apply(in, out);
        return Samples.bits(out);
    }

    @ParameterizedTest
    @MethodSource("rowLengths")
    void threadsGiveTheBitsOfTheReferenceAboveTheSharingThreshold(int n) {
        Random random = new Random(4000 + n);
        int[] shape = switch (n % 4) {
            case 0 -> new int[] {20_000 + n};
            case 1 -> new int[] {1 + n / 12, 20_000 / (1 + n / 12) + n};
            case 2 -> new int[] {20_100 / (100 + n) + 1, 100 + n};
            default -> new int[] {2 + n / 8, 20_100 / ((2 + n / 8) * (30 + n)) + 1, 30 + n};
        };
        Grid grid = Samples.mixedGrid(random, shape);
        int shortest = IntStream.of(shape).min().orElseThrow();
        Boundaries boundaries = shortest < 4 ? Boundaries.all(Boundary.zero()) : Samples.mixedBoundaries(random, grid);
        Stencil stencil = Samples.stencil(random, shape.length, 1, 1, 1 + n % 19, 2);
        check(stencil, FieldType.SCALAR, FieldType.SCALAR, grid, boundaries, n);
    }

    static Stream<Registry.Entry> operators() {
        Grid plane = Grid.of(Axis.uniform(0, 1, 19), Axis.uniform(0, 2, 23));
        Grid sheared = Grid.of(new double[][] {{1, 0.5}, {0, 0.9}}, Axis.periodic(0, 1, 11), Axis.uniform(0, 1, 21));
        Grid space = Grid.of(Axis.cells(0, 1, 7), Axis.periodic(0, 1, 6), Axis.uniform(0, 2, 18));
        return Stream.of(Registry.operators(plane, Boundaries.all(Boundary.extrapolate(1))),
                Registry.operators(sheared, Boundaries.all(Boundary.symmetric())),
                Registry.operators(space, Boundaries.all(Boundary.mirror()))).flatMap(java.util.List::stream);
    }

    @ParameterizedTest
    @MethodSource("operators")
    void everyOperatorGivesTheBitsOfItsReference(Registry.Entry entry) {
        checkAllExecutions(entry.operator(), 5);
        checkAllExecutions(entry.operator().adjoint(), 6);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void outputsWithoutTapsAreZero(Precision precision) {
        Stencil stencil = Stencil.builder(2, 2, 2).tap(1, 0, 2, 0, 0).build();
        LinearOperator operator = Operators.stencil(stencil, Samples.boundedGrid(3, 40), FieldType.VECTOR,
                FieldType.VECTOR, Boundaries.all(Boundary.zero()));
        Field in = Samples.random(FieldType.VECTOR, operator.domain().grid(), precision, 8);
        Field out = Samples.poisoned(operator.range(), precision);
        operator.apply(in, out);
        for (int i = 0; i < 120; i++) {
            assertThat(out.getFlat(i)).isEqualTo(0.0);
            assertThat(out.getFlat(120 + i)).isEqualTo(2 * in.getFlat(i));
        }
        checkAllExecutions(operator, 8);
        checkAllExecutions(operator.adjoint(), 8);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void infinitiesSubnormalsAndZerosOfBothSignsGiveTheBitsOfTheReference(Precision precision) {
        double tiny = precision == Precision.FLOAT ? Float.MIN_VALUE : Double.MIN_VALUE;
        double[] special = {0.0, -0.0, tiny, -tiny, 3 * tiny, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
            Double.NaN, 1, -1, 1e30, -1e30};
        Random random = new Random(77);
        for (int n = 16; n < 40; n++) {
            Grid grid = Samples.mixedGrid(random, 7, n);
            Stencil stencil = Samples.stencil(random, 2, 1, 1, 12, 2);
            LinearOperator operator = Operators.stencil(stencil, grid, FieldType.SCALAR, FieldType.SCALAR,
                    Boundaries.all(Boundary.symmetric()));
            Field in = Samples.random(FieldType.SCALAR, grid, precision, n);
            for (int k = 0; k < n; k++) {
                in.setFlat(random.nextInt(7 * n), special[random.nextInt(special.length)]);
            }
            assertThat(run(operator, precision, Execution.serial(), in))
                    .isEqualTo(run(operator, precision, Execution.scalarReference(), in));
            assertThat(run(operator.adjoint(), precision, Execution.serial(), in))
                    .isEqualTo(run(operator.adjoint(), precision, Execution.scalarReference(), in));
        }
    }

    @Test
    void sumsEndAtPlusZero() {
        Grid grid = Samples.boundedGrid(40);
        Stencil stencil = Stencil.builder(1, 1, 1).tap(0, 0, -1, 0).build();
        Field zeros = Samples.random(FieldType.SCALAR, grid, Precision.DOUBLE, 1).fill(0.0);
        LinearOperator operator = Operators.stencil(stencil, grid, FieldType.SCALAR, FieldType.SCALAR,
                Boundaries.all(Boundary.zero()));
        assertThat(run(operator, Precision.DOUBLE, Execution.serial(), zeros)).containsOnly(0L);
        assertThat(run(operator, Precision.DOUBLE, Execution.scalarReference(), zeros)).containsOnly(0L);
    }
}
