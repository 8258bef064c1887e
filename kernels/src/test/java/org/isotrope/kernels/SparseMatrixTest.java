package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparseMatrixTest {
    private static final List<Grid> GRIDS = List.of(
            Grid.of(Axis.uniform(0, 1, 9)),
            Grid.of(Axis.cells(0, 1, 7), Axis.periodic(0, 1, 6)),
            Grid.of(new double[][] {{1, 0.3}, {0, 0.9}}, Axis.periodic(0, 1, 6), Axis.uniform(0, 1, 7)),
            Grid.of(Axis.nodes(0, 0.1, 0.35, 0.4, 0.62, 0.8, 1.1), Axis.cells(0, 1, 6)),
            Grid.of(Axis.periodic(0, 1, 5), Axis.cells(0, 1, 6), Axis.uniform(0, 1, 5)));

    /** Every operator of the registry, whatever it is made of. */
    @Test
    void multipliesAsTheOperatorDoes() {
        int compared = 0;
        for (Grid grid : GRIDS) {
            for (Boundaries boundaries : List.of(Boundaries.all(Boundary.extrapolate(1)), Boundaries.all(Boundary.value()))) {
                for (Registry.Entry entry : Registry.operators(grid, boundaries)) {
                    LinearOperator operator = entry.operator();
                    SparseMatrix matrix = SparseMatrix.of(operator);
                    Field x = Samples.random(operator.domain(), compared);
                    double[] y = new double[matrix.rows()];
                    matrix.multiply(x.toArray(), y);
                    Field expected = operator.apply(x);
                    double scale = Samples.largest(expected) + 1e-300;
                    for (int i = 0; i < y.length; i++) {
                        assertThat(y[i]).as("%s, value %d, on\n%s", entry, i, grid)
                                .isCloseTo(expected.getFlat(i), within(1e-12 * scale));
                    }
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(200);
    }

    @Test
    void theTransposeIsTheMatrixOfTheAdjoint() {
        for (Grid grid : GRIDS) {
            LinearOperator gradient = Operators.gradient(grid, Boundaries.all(Boundary.extrapolate(2)));
            SparseMatrix matrix = SparseMatrix.of(gradient).transpose();
            SparseMatrix adjoint = SparseMatrix.of(gradient.adjoint());
            assertThat(matrix.rowStarts()).isEqualTo(adjoint.rowStarts());
            assertThat(matrix.columnIndices()).isEqualTo(adjoint.columnIndices());
            assertThat(matrix.values()).containsExactly(adjoint.values(), within(1e-13));
        }
    }

    @Test
    void theLaplacianOfThreeNodes() {
        SparseMatrix matrix = SparseMatrix.of(
                Operators.laplacian(Grid.of(Axis.cells(0, 3, 3)), Boundaries.all(Boundary.value())));
        assertThat(matrix.rowStarts()).containsExactly(0, 2, 5, 7);
        assertThat(matrix.columnIndices()).containsExactly(0, 1, 0, 1, 2, 1, 2);
        assertThat(matrix.values()).containsExactly(-3, 1, 1, -2, 1, 1, -3);
        assertThat(matrix.get(0, 2)).isZero();
        assertThat(matrix.get(2, 2)).isEqualTo(-3);
        assertThat(matrix).hasToString("3 x 3 matrix of 7 entries");
        assertThatThrownBy(() -> matrix.get(3, 0)).hasMessage("entry is 3, 0; it had to be within 3 x 3");
        assertThatThrownBy(() -> matrix.multiply(new double[2], new double[3]))
                .hasMessage("x has 2 values; it had to have 3");
    }

    @Test
    void wholeFilesForOtherLibraries(@TempDir Path folder) throws IOException {
        SparseMatrix matrix = SparseMatrix.of(
                Operators.laplacian(Grid.of(Axis.cells(0, 2, 2)), Boundaries.all(Boundary.value())));
        Path file = folder.resolve("laplacian.mtx");
        matrix.write(file);
        assertThat(Files.readAllLines(file)).containsExactly("%%MatrixMarket matrix coordinate real general", "2 2 4",
                "1 1 -3.0", "1 2 1.0", "2 1 1.0", "2 2 -3.0");
        assertThat(folder.toFile().list()).containsExactly("laplacian.mtx");
    }

    @Test
    void largeOperatorsAreReadOff() {
        Grid grid = Grid.of(Axis.periodic(0, 1, 40), Axis.cells(0, 1, 40), Axis.uniform(0, 1, 40));
        LinearOperator heat = Operators.identity(grid, FieldType.SCALAR).minus(
                Operators.laplacian(grid, Boundaries.all(Boundary.symmetric())).times(1e-3));
        assertThat(SparseMatrix.of(heat).size()).isGreaterThan(6 * 64000 - 10000).isLessThan(7 * 64000);
    }
}
