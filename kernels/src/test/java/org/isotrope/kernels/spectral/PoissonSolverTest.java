package org.isotrope.kernels.spectral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Differential;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.verify.Verify;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Direct solvers against the difference operators that they invert. */
class PoissonSolverTest {
    private static final List<Boundary> REFLECTING =
            List.of(Boundary.zero(), Boundary.symmetric(), Boundary.mirror(), Boundary.extrapolate(0));

    private record Case(Grid grid, Boundaries boundaries, String name) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Every pair of reflections on a line, and mixtures with periodic axes in every position. */
    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Boundary low : REFLECTING) {
            for (Boundary high : REFLECTING) {
                for (int n : new int[] {2, 3, 8, 13}) {
                    Boundaries both = Boundaries.all(low).with(0, Side.HIGH, high);
                    cases.add(new Case(Grid.of(Axis.uniform(0, 1.5, n)), both, low + "/" + high + " " + n));
                }
            }
        }
        Random random = new Random(5);
        for (int d = 2; d <= 3; d++) {
            for (int periodic = 0; periodic < 1 << d; periodic++) {
                Axis[] axes = new Axis[d];
                Boundaries boundaries = Boundaries.all(Boundary.zero());
                for (int a = 0; a < d; a++) {
                    int n = 4 + random.nextInt(8);
                    boolean closed = (periodic >> a & 1) != 0;
                    axes[a] = closed ? Axis.periodic(0, 1 + a, n) : Axis.cells(0, 2 + a, n);
                    if (!closed) {
                        for (Side side : Side.values()) {
                            boundaries = boundaries.with(a, side, REFLECTING.get(random.nextInt(4)));
                        }
                    }
                }
                cases.add(new Case(Grid.of(axes), boundaries, d + "D, periodic " + periodic));
            }
        }
        cases.add(new Case(Grid.of(new double[][] {{1, 0.4}, {-0.2, 0.8}}, Axis.periodic(0, 1, 8),
                Axis.periodic(0, 1, 6)), Boundaries.all(Boundary.zero()), "sheared 2D"));
        cases.add(new Case(Grid.of(new double[][] {{1, 0.4, 0}, {-0.2, 0.8, 0}, {0, 0, 1}}, Axis.periodic(0, 1, 8),
                Axis.periodic(0, 1, 7), Axis.uniform(0, 1, 6)), Boundaries.all(Boundary.mirror()), "sheared 3D"));
        return cases;
    }

    private static double residual(LinearOperator laplacian, double shift, PoissonSolver solver, Field f) {
        Field u = solver.apply(f);
        Field image = laplacian.apply(u);
        Arithmetic.addScaled(shift, u, image);
        return Fits.error(image, f);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void invertsTheLaplacianOfDifferences(Case problem) {
        LinearOperator laplacian = Operators.laplacian(problem.grid, problem.boundaries);
        for (double shift : new double[] {0, -2.5, 3.3}) {
            PoissonSolver solver = PoissonProblem.on(problem.grid).beyondWalls(problem.boundaries).shift(shift)
                    .projecting().solver();
            Field f = Fits.random(laplacian.domain(), Precision.DOUBLE, 1);
            if (solver.isSingular()) {
                // the range of the Laplacian
                f = laplacian.apply(f);
            }
            double residual = residual(laplacian, shift, solver, f);
            assertThat(residual).isLessThan(1e-12);
            Verify.that(solver).adjoint().orThrow();
            Verify.that(solver.adjoint()).adjoint().orThrow();
        }
    }

    @Test
    void invertsWiderAndIsotropicDifferences() {
        Boundaries walls = Boundaries.all(Boundary.symmetric()).with(1, Side.HIGH, Boundary.mirror());
        Grid grid = Grid.of(Axis.cells(0, 1, 12), Axis.cells(0, 2, 13), Axis.periodic(0, 1, 10));
        Field f = Fits.random(new Space(grid, FieldType.SCALAR), Precision.DOUBLE, 6);
        for (int accuracy : new int[] {2, 4, 8}) {
            LinearOperator laplacian = Differential.on(grid).accuracy(accuracy).beyondWalls(walls).laplacian();
            PoissonProblem problem = PoissonProblem.on(grid).accuracy(accuracy).beyondWalls(walls);
            assertThat(residual(laplacian, -3, problem.shift(-3).solver(), f)).isLessThan(1e-12);
            assertThat(residual(laplacian, 0, problem.solver(), laplacian.apply(f))).isLessThan(1e-12);
        }
        Boundaries mixed = walls.with(0, Side.LOW, Boundary.zero());
        LinearOperator isotropic = Differential.on(grid).isotropic().beyondWalls(mixed).laplacian();
        assertThat(residual(isotropic, 0, PoissonProblem.on(grid).isotropic().beyondWalls(mixed).solver(), f))
                .isLessThan(1e-12);
    }

    @Test
    void solvesEachComponent() {
        Grid grid = Grid.of(Axis.periodic(0, 1, 7), Axis.cells(0, 2, 9));
        Field f = Fits.random(new Space(grid, FieldType.VECTOR), Precision.DOUBLE, 7);
        Field u = PoissonProblem.on(grid).solver(FieldType.VECTOR).apply(f);
        for (int c = 0; c < 2; c++) {
            Field one = Fields.automatic().scalar(grid).copyFrom(f.component(c));
            assertThat(PoissonProblem.on(grid).solver().apply(one).toArray()).isEqualTo(u.component(c).toArray());
        }
    }

    @Test
    void floatsAreSolvedToTheirRounding() {
        for (Case problem : cases()) {
            PoissonSolver solver = PoissonProblem.on(problem.grid).beyondWalls(problem.boundaries).projecting()
                    .solver();
            Field f = Fits.random(solver.domain(), Precision.DOUBLE, 2);
            Field rounded = Fields.automatic().precision(Precision.FLOAT).scalar(problem.grid).copyFrom(f);
            assertThat(Fits.error(solver.apply(rounded), solver.apply(f))).as(problem.name).isLessThan(2e-6);
        }
    }

    @Test
    void givesTheGreensFunctionOfAPeriodicBox() {
        Grid grid = Grid.of(new double[][] {{1, 0.5}, {0, 0.9}}, Axis.periodic(0, 1, 7), Axis.periodic(0, 2, 9));
        // odd sizes: on sheared cells waves at the Nyquist index are a matter of convention
        Field f = Fits.random(new Space(grid, FieldType.SCALAR), Precision.DOUBLE, 8);
        Field minus = PoissonProblem.on(grid).spectral().projecting().solver().apply(f);
        Arithmetic.scale(-1, minus, minus);
        assertThat(Fits.error(GreensFunction.coulomb(grid).apply(f), minus)).isLessThan(1e-13);
        Field screened = PoissonProblem.on(grid).spectral().shift(-4).solver().apply(f);
        Arithmetic.scale(-1, screened, screened);
        assertThat(Fits.error(GreensFunction.yukawa(grid, 2).apply(f), screened)).isLessThan(1e-13);
    }

    @Test
    void explainsItself() {
        Grid grid = Grid.of(Axis.periodic(0, 1, 8), Axis.cells(0, 1, 6));
        assertThat(PoissonProblem.on(grid).wall(1, Side.LOW, Wall.NEUMANN).shift(-2).solver().explain())
                .contains("Δ of order 2 + -2.0").contains("axis 1 LOW NEUMANN").contains("axis 0: FOURIER")
                .contains("axis 1: COSINE_II of nodes reflected to 12");
    }
}
