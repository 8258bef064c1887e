package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stencil operators and their adjoints against a dense matrix and its transpose, by explicit indices. */
class DenseStencilTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomStencilsActAsTheirMatrices(long seed) {
        Random random = new Random(seed);
        List<int[]> shapes = List.of(new int[] {9}, new int[] {6, 5}, new int[] {4, 17}, new int[] {4, 5, 6});
        for (int[] shape : shapes) {
            Grid grid = Samples.mixedGrid(random, shape);
            compare(random, grid, Samples.mixedBoundaries(random, grid), 3, 1, 1);
            compare(random, grid, Samples.mixedBoundaries(random, grid), 2, shape.length, 1);
            compare(random, grid, Samples.mixedBoundaries(random, grid), 2, 1, shape.length);
        }
    }

    @Test
    void everyBoundaryActsAsItsMatrix() {
        for (Boundary boundary : Samples.BOUNDARIES) {
            compare(new Random(5), Samples.boundedGrid(5, 7), Boundaries.all(boundary), 3, 2, 2);
            compare(new Random(6), Samples.boundedGrid(5, 4, 5), Boundaries.all(boundary), 3, 1, 3);
        }
    }

    @Test
    void stencilsWiderThanTheGridActAsTheirMatrices() {
        Boundaries zero = Boundaries.all(Boundary.zero());
        compare(new Random(7), Samples.boundedGrid(3, 4), zero, 9, 1, 1);
        compare(new Random(8), Grid.of(Axis.periodic(0, 1, 1), Axis.periodic(0, 1, 3)), zero, 7, 1, 2);
        compare(new Random(9), Grid.of(Axis.singleton(0), Axis.cells(0, 1, 5)), zero, 6, 2, 1);
    }

    private static void compare(Random random, Grid grid, Boundaries boundaries, int reach, int outputs, int inputs) {
        int d = grid.dimension();
        Stencil stencil = Samples.stencil(random, d, outputs, inputs, 20, reach);
        double[][] matrix = DenseStencil.matrix(stencil, grid, boundaries);
        double[][] transposed = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[i].length; j++) {
                transposed[j][i] = matrix[i][j];
            }
        }
        LinearOperator operator = Operators.stencil(stencil, grid, type(inputs), type(outputs), boundaries);
        for (Execution execution : List.of(Execution.scalarReference(), Execution.serial())) {
            compare(operator, matrix, execution, random.nextLong());
            compare(operator.adjoint(), transposed, execution, random.nextLong());
            compare(operator.adjoint().adjoint(), matrix, execution, random.nextLong());
        }
    }

    private static FieldType type(int components) {
        return components == 1 ? FieldType.SCALAR : FieldType.VECTOR;
    }

    private static void compare(LinearOperator operator, double[][] matrix, Execution execution, long seed) {
        for (Precision precision : Precision.values()) {
            Field in = Samples.random(operator.domain().type(), operator.domain().grid(), precision, seed);
            Field out = Samples.poisoned(operator.range(), precision);
            operator.plan(precision, execution).apply(in, out);
            for (int i = 0; i < matrix.length; i++) {
                double expected = 0;
                double scale = 0;
                for (int j = 0; j < matrix[i].length; j++) {
                    expected += matrix[i][j] * in.getFlat(j);
                    scale += Math.abs(matrix[i][j]);
                }
                // extrapolated ghosts cancel, so rounding is relative to weights that are larger than their sum
                assertThat(out.getFlat(i)).as("row %d", i)
                        .isCloseTo(expected, within(500 * precision.unitRoundoff() * (scale + 10)));
            }
        }
    }
}
