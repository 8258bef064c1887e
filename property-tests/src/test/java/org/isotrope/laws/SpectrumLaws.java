package org.isotrope.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.SparseMatrix;
import org.isotrope.kernels.spectral.PoissonProblem;

/** Eigenvalues and solutions by EJML, of the matrices that operators export. */
class SpectrumLaws {
    private static DMatrixRMaj matrix(LinearOperator operator) {
        SparseMatrix sparse = SparseMatrix.of(operator);
        DMatrixRMaj dense = new DMatrixRMaj(sparse.rows(), sparse.columns());
        int[] starts = sparse.rowStarts();
        for (int row = 0; row < sparse.rows(); row++) {
            for (int e = starts[row]; e < starts[row + 1]; e++) {
                dense.add(row, sparse.columnIndices()[e], sparse.values()[e]);
            }
        }
        return dense;
    }

    private static double[] eigenvalues(DMatrixRMaj matrix) {
        for (int i = 0; i < matrix.numRows; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(matrix.get(i, j)).as("symmetric").isEqualTo(matrix.get(j, i));
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(matrix.numRows, false, true);
        assertThat(eigen.decompose(matrix.copy())).isTrue();
        double[] values = new double[matrix.numRows];
        Arrays.setAll(values, i -> eigen.getEigenvalue(i).getReal());
        Arrays.sort(values);
        return values;
    }

    /** {@code −Σ (2 sin(πk/n)/h)²} of every pair of wave numbers, and nothing else. */
    @Property(seed = "2108")
    void eigenvaluesOfPeriodicLaplaciansAreThoseOfWaves(
            @ForAll @IntRange(min = 3, max = 6) int n, @ForAll @IntRange(min = 3, max = 8) int m) {
        Grid grid = Grid.of(Axis.periodic(0, 1, n), Axis.periodic(0, 2, m));
        double[] found = eigenvalues(matrix(Operators.laplacian(grid)));
        double[] expected = new double[n * m];
        for (int i = 0; i < n * m; i++) {
            double x = 2 * n * Math.sin(Math.PI * (i / m) / n);
            double y = m * Math.sin(Math.PI * (i % m) / m);
            expected[i] = -x * x - y * y;
        }
        Arrays.sort(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-12 * (4 * n * n + m * m)));
        }
    }

    /** Under every condition whose operator is symmetric: no eigenvalue above 0, and 0 only where constants are free. */
    @Property(seed = "2108")
    void laplaciansBetweenWallsNeverGrow(
            @ForAll @IntRange(min = 3, max = 7) int n, @ForAll @IntRange(max = 3) int first,
            @ForAll @IntRange(max = 3) int second) {
        Boundary[] rules = {Boundary.symmetric(), Boundary.slope(), Boundary.zero(), Boundary.value()};
        Boundaries walls = Boundaries.all(rules[first]).with(1, Boundaries.Side.LOW, rules[second]);
        Grid grid = Grid.of(Axis.cells(0, 1, n), Axis.cells(0, 1, 4));
        double[] values = eigenvalues(matrix(Operators.laplacian(grid, walls)));
        double rounding = 1e-11 * n * n;
        assertThat(values[values.length - 1]).isLessThanOrEqualTo(rounding);
        boolean constantsAreFree = first < 2 && second < 2;
        assertThat(Math.abs(values[values.length - 1]) <= rounding).isEqualTo(constantsAreFree);
        assertThat(values[values.length - 2]).isLessThan(-0.1);
    }

    @Property(seed = "2108")
    void solutionsOfPoissonProblemsAreThoseOfDenseSystems(
            @ForAll @IntRange(min = 4, max = 7) int n, @ForAll @IntRange(max = 2) int rule, @ForAll long seed) {
        double shift = 0.5 + new Random(seed).nextDouble();
        Boundaries walls = Boundaries.all(
                new Boundary[] {Boundary.symmetric(), Boundary.zero(), Boundary.value()}[rule]);
        Grid grid = Grid.of(Axis.cells(0, 1, n), Axis.periodic(0, 1, 5));
        PoissonProblem problem = PoissonProblem.on(grid).beyondWalls(walls).shift(-shift);
        Field right = Samples.random(problem.solver().domain(), Precision.DOUBLE, seed);
        DMatrixRMaj dense = matrix(Differential.on(grid).beyondWalls(walls).laplacian());
        for (int i = 0; i < dense.numRows; i++) {
            dense.add(i, i, -shift);
        }
        LinearSolverDense<DMatrixRMaj> lu = LinearSolverFactory_DDRM.lu(dense.numRows);
        assertThat(lu.setA(dense)).isTrue();
        DMatrixRMaj expected = new DMatrixRMaj(dense.numRows, 1);
        lu.solve(DMatrixRMaj.wrap(dense.numRows, 1, right.toArray()), expected);
        Field found = problem.solver().apply(right);
        for (int i = 0; i < dense.numRows; i++) {
            assertThat(found.getFlat(i)).isCloseTo(expected.get(i), within(1e-11 * Samples.norm(right) / shift));
        }
    }
}
