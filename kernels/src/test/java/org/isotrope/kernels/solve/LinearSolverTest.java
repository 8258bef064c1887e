package org.isotrope.kernels.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinearSolverTest {
    private static final Grid GRID = Grid.of(Axis.uniform(0, 1, 12), Axis.uniform(0, 1, 9));
    private static final Space SPACE = new Space(GRID, FieldType.SCALAR);
    /** Interior of a Dirichlet problem: zeros beyond the walls. */
    private static final LinearOperator POISSON =
            Operators.laplacian(GRID, Boundaries.all(Boundary.zero())).times(-1);
    private static final LinearOperator ADVECTION = POISSON.plus(
            Operators.derivative(GRID, 0, Boundaries.all(Boundary.zero())).times(25));

    static List<LinearSolver> solvers() {
        return List.of(LinearSolver.conjugateGradients(), LinearSolver.biCgStab(), LinearSolver.gmres(150),
                LinearSolver.gmres(12).withMaxIterations(5000));
    }

    static List<LinearSolver> general() {
        return solvers().subList(1, 4);
    }

    private static Field random(long seed) {
        Field field = Fields.automatic().scalar(GRID);
        Random random = new Random(seed);
        for (long i = 0; i < field.count(); i++) {
            field.setFlat(i, random.nextGaussian());
        }
        return field;
    }

    private static double distance(Field x, Field y) {
        Field error = Fields.automatic().copy(x);
        Arithmetic.addScaled(-1, y, error);
        return Math.sqrt(Arithmetic.dot(error, error) / Arithmetic.dot(y, y));
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void findTheFieldBehindARightHandSide(LinearSolver solver) {
        Field exact = random(1);
        Field b = POISSON.apply(exact);
        Field x = random(2);
        SolveReport report = solver.withRelative(1e-12).solve(POISSON, b, x);
        assertThat(report.converged()).as(report.toString()).isTrue();
        assertThat(distance(x, exact)).isLessThan(1e-10);
        assertThat(report.history()).hasSize(report.iterations() + 1);
        Field residual = POISSON.apply(x);
        Arithmetic.combine(-1, residual, b, residual);
        assertThat(report.residual()).isEqualTo(Math.sqrt(Arithmetic.dot(residual, residual)));
        assertThat(report.residual()).isLessThanOrEqualTo(report.target());
    }

    @ParameterizedTest
    @MethodSource("general")
    void solveWhatIsNotSymmetric(LinearSolver solver) {
        Field exact = random(3);
        Field x = Fields.automatic().scalar(GRID);
        SolveReport report = solver.withRelative(1e-11).solve(ADVECTION, ADVECTION.apply(exact), x);
        assertThat(report.converged()).as(report.toString()).isTrue();
        assertThat(distance(x, exact)).isLessThan(1e-9);
    }

    /** In exact arithmetic the error after k steps is below 2 ((√κ − 1)/(√κ + 1))ᵏ in the norm of A. */
    @Test
    void conjugateGradientsKeepTheirBound() {
        double h0 = 1.0 / 11;
        double h1 = 1.0 / 8;
        double s0 = Math.sin(Math.PI / 26);
        double c0 = Math.cos(Math.PI / 26);
        double s1 = Math.sin(Math.PI / 20);
        double c1 = Math.cos(Math.PI / 20);
        double smallest = 4 * s0 * s0 / (h0 * h0) + 4 * s1 * s1 / (h1 * h1);
        double largest = 4 * c0 * c0 / (h0 * h0) + 4 * c1 * c1 / (h1 * h1);
        double root = Math.sqrt(largest / smallest);
        Field exact = random(4);
        Field b = POISSON.apply(exact);
        double start = Math.sqrt(Arithmetic.dot(exact, b));
        for (int k : new int[] {5, 10, 20}) {
            Field x = Fields.automatic().scalar(GRID);
            SolveReport report =
                    LinearSolver.conjugateGradients().withRelative(0).withMaxIterations(k).solve(POISSON, b, x);
            assertThat(report.outcome()).isEqualTo(SolveReport.Outcome.ITERATIONS);
            Arithmetic.addScaled(-1, exact, x);
            double error = Math.sqrt(Arithmetic.dot(x, POISSON.apply(x)));
            assertThat(error / start).isLessThan(2 * Math.pow((root - 1) / (root + 1), k));
        }
    }

    @Test
    void gmresNeverGrowsAndEndsWithinTheDimension() {
        Field x = Fields.automatic().scalar(GRID);
        SolveReport report = LinearSolver.gmres(108).withRelative(1e-10).solve(ADVECTION, random(5), x);
        assertThat(report.converged()).isTrue();
        assertThat(report.iterations()).isLessThanOrEqualTo(108);
        double[] history = report.history();
        for (int k = 1; k < history.length; k++) {
            assertThat(history[k]).isLessThanOrEqualTo(history[k - 1] * (1 + 1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void anExactPreconditionerTakesAtMostTwoIterations(LinearSolver solver) {
        Field scale = Fields.automatic().scalar(GRID, p -> 1 + 100 * p[0] + p[1]);
        Field inverse = Fields.automatic().scalar(GRID).fill(1);
        Arithmetic.divide(inverse, scale, inverse);
        LinearOperator diagonal = pointwise(scale);
        Field exact = random(6);
        Field b = diagonal.apply(exact);
        Field x = Fields.automatic().scalar(GRID);
        SolveReport plain = solver.solve(diagonal, b, x);
        x.fill(0);
        SolveReport report = solver.withPreconditioner(pointwise(inverse)).solve(diagonal, b, x);
        assertThat(report.converged()).isTrue();
        assertThat(report.iterations()).isLessThanOrEqualTo(2).isLessThan(plain.iterations());
        assertThat(distance(x, exact)).isLessThan(1e-9);
    }

    private static LinearOperator pointwise(Field factor) {
        return LinearOperator.of(SPACE, SPACE, (in, out) -> Arithmetic.multiply(factor, in, out),
                (in, out) -> Arithmetic.multiply(factor, in, out));
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void zeroHasTheSolutionZero(LinearSolver solver) {
        Field x = random(7);
        assertThat(solver.solve(POISSON, Fields.automatic().scalar(GRID), x).converged()).isTrue();
        assertThat(x.toArray()).containsOnly(0);
    }

    @Test
    void whatConjugateGradientsCannotDoIsSaid() {
        Field x = Fields.automatic().scalar(GRID);
        SolveReport report = LinearSolver.conjugateGradients().solve(POISSON.times(-1), random(8), x);
        assertThat(report.outcome()).isEqualTo(SolveReport.Outcome.BREAKDOWN);
        assertThat(report).hasToString(report.toString()).asString().contains("broke down after 0");
    }

    @Test
    void aSingularSystemWithoutSolutionIsNotCalledSolved() {
        Grid ring = Grid.of(Axis.periodic(0, 1, 16));
        LinearOperator laplacian = Operators.laplacian(ring);
        Field b = Fields.automatic().scalar(ring).fill(1);
        for (LinearSolver solver : general()) {
            Field x = Fields.automatic().scalar(ring);
            assertThat(solver.solve(laplacian, b, x).converged()).isFalse();
        }
    }

    @Test
    void floatsReachWhatTheirRoundingAllows() {
        Field b = Fields.automatic().precision(Precision.FLOAT).scalar(GRID).copyFrom(random(9));
        Field x = Fields.automatic().like(b);
        assertThat(LinearSolver.conjugateGradients().withRelative(1e-5).solve(POISSON, b, x).converged()).isTrue();
        SolveReport tooMuch = LinearSolver.conjugateGradients().withRelative(1e-14).solve(POISSON, b, x);
        assertThat(tooMuch.converged()).isFalse();
    }

    @Test
    void nanIsSaid() {
        Field b = random(10);
        b.setFlat(3, Double.NaN);
        for (LinearSolver solver : solvers()) {
            assertThat(solver.solve(POISSON, b, Fields.automatic().scalar(GRID)).outcome())
                    .isEqualTo(SolveReport.Outcome.NOT_FINITE);
        }
    }

    @Test
    void wrongUseIsNamed() {
        LinearSolver solver = LinearSolver.gmres(3);
        assertThatThrownBy(() -> LinearSolver.gmres(0)).hasMessageContaining("restart is 0");
        assertThatThrownBy(() -> solver.withRelative(-1)).hasMessageContaining("relative tolerance is -1.0");
        assertThatThrownBy(() -> solver.withAbsolute(Double.NaN)).hasMessageContaining("absolute tolerance is NaN");
        assertThatThrownBy(() -> solver.withMaxIterations(0)).hasMessageContaining("iterations is 0");
        assertThatThrownBy(() -> solver.prepare(Operators.gradient(GRID), Precision.DOUBLE))
                .hasMessageContaining("map a space to itself");
        PreparedSolver prepared = solver.prepare(POISSON, Precision.DOUBLE);
        Field b = random(1);
        assertThatThrownBy(() -> prepared.solve(b, b)).hasMessageContaining("overlaps");
        Field floats = Fields.automatic().precision(Precision.FLOAT).scalar(GRID);
        assertThatThrownBy(() -> prepared.solve(b, floats)).hasMessageContaining("precision FLOAT");
        assertThatThrownBy(() -> prepared.solve(Fields.automatic().vector(GRID), b)).hasMessageContaining("vector");
        assertThat(solver.withPreconditioner(POISSON)).asString().contains("GMRES(3)").contains("preconditioned");
    }

    @Test
    void identityTakesOneIteration() {
        Stencil one = Stencil.builder(2, 1, 1).tap(0, 0, 1, 0, 0).build();
        LinearOperator identity =
                Operators.stencil(one, GRID, FieldType.SCALAR, FieldType.SCALAR, Boundaries.all(Boundary.zero()));
        for (LinearSolver solver : solvers()) {
            Field x = Fields.automatic().scalar(GRID);
            SolveReport report = solver.solve(identity, random(11), x);
            assertThat(report.iterations()).isEqualTo(1);
            assertThat(x.toArray()).containsExactly(random(11).toArray(), within(1e-13));
        }
    }
}
