package org.isotrope.kernels.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.WallData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal names what was wrong. */
class PoissonBadInputTest {
    private static final Axis CLOSED = Axis.periodic(0, 1, 6);
    private static final Axis CELLS = Axis.cells(0, 1, 6);

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("had to");
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aRightHandSideWithoutBalanceIsRefusedWithTheImbalance(Precision precision) {
        for (Grid grid : new Grid[] {Grid.of(CLOSED, CLOSED), Grid.of(CELLS, CLOSED),
            Grid.of(Axis.uniform(0, 1, 5), CELLS)}) {
            Fields fields = Fields.automatic().precision(precision);
            PoissonProblem problem = PoissonProblem.on(grid).walls(Wall.NEUMANN);
            Field f = fields.scalar(grid, x -> Math.cos(2 * Math.PI * x[1]) + 0.25);
            Field u = fields.scalar(grid).fill(7.0);
            refused(() -> problem.solver().apply(f, u)).hasMessageContaining("integrates to 0.25");
            refused(() -> problem.solver().adjoint().apply(fields.scalar(grid).fill(1.0), u))
                    .hasMessageContaining("integrates to");
            assertThat(u.getFlat(0)).isEqualTo(7);
            assertThat(u.getFlat(29)).isEqualTo(7);
            Field projected = problem.projecting().solver().apply(f);
            Field balanced = fields.scalar(grid, x -> Math.cos(2 * Math.PI * x[1]));
            assertThat(Fits.error(problem.solver().apply(balanced), projected)).isLessThan(1e-5);
            // not where something fixes the level
            problem.shift(-1).solver().apply(f, u);
        }
    }

    @Test
    void aRightHandSideThatIsNotANumberIsRefusedWhereBalanceIsAsked() {
        Grid grid = Grid.of(CLOSED);
        Field f = Fields.automatic().scalar(grid).fill(Double.NaN);
        refused(() -> PoissonProblem.on(grid).solver().apply(f)).hasMessageContaining("NaN");
    }

    @Test
    void unequalSpacingsAreRefusedWithTheReason() {
        Grid grid = Grid.of(CELLS, Axis.nodes(0, 0.3, 1));
        refused(() -> PoissonProblem.on(grid)).hasMessageContaining("axis 1 is nonuniform").hasMessageContaining(
                "Fourier transforms diagonalise nothing on unequal spacings");
        refused(() -> GreensFunction.coulomb(grid)).hasMessageContaining("axis 1 is nonuniform");
        refused(() -> GreensFunction.stokeslet(grid, 1)).hasMessageContaining("axis 1 is nonuniform");
    }

    @Test
    void gridsThatAreTooLongToPadAreRefused() {
        refused(() -> Lengths.from(80_000_000, 0, false, 40_000_000)).hasMessageContaining("axis 0 has 40000000 nodes")
                .hasMessageContaining("at most 67108864");
        for (int nodes : new int[] {40_000_000, Integer.MAX_VALUE}) {
            refused(() -> WallAxis.of(0, nodes, Reflection.EVEN_HALF, Reflection.ODD_HALF))
                    .hasMessageContaining("axis 0 has " + nodes + " nodes");
        }
        // a short axis beside a long one is padded to the diameter
        Grid needle = Grid.of(Axis.cells(0, 1e6, 10), Axis.cells(0, 1, 1000));
        refused(() -> GreensFunction.coulomb(needle)).hasMessageContaining("axis 1 has 1000 nodes");
    }

    @Test
    void singleNodesWithoutExtentAreRefused() {
        refused(() -> GreensFunction.coulomb(Grid.of(CELLS, Axis.singleton(0))))
                .hasMessageContaining("axis 1 is singleton");
        // nothing varies along it for a solver
        Grid flat = Grid.of(CELLS, Axis.singleton(0));
        Field f = Fields.automatic().scalar(flat, x -> x[0]);
        Field line = Fields.automatic().scalar(Grid.of(CELLS), x -> x[0]);
        assertThat(PoissonProblem.on(flat).solver().apply(f).toArray())
                .isEqualTo(PoissonProblem.on(line.grid()).solver().apply(line).toArray());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void parametersHaveToBePositive(double value) {
        Grid grid = Grid.of(CELLS, CELLS);
        refused(() -> GreensFunction.yukawa(grid, value)).hasMessageContaining("kappa is " + value);
        refused(() -> GreensFunction.yukawaField(grid, value)).hasMessageContaining("kappa is " + value);
        refused(() -> GreensFunction.stokeslet(grid, value)).hasMessageContaining("viscosity is " + value);
    }

    @Test
    void stokesletsNeedSpace() {
        refused(() -> GreensFunction.stokeslet(Grid.of(CELLS), 1)).hasMessageContaining("dimension 1");
    }

    @Test
    void kernelsWithoutParameterSaySo() {
        assertThatThrownBy(() -> GreensFunction.coulomb(Grid.of(CELLS)).parameterDerivative())
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("Coulomb potential has no parameter");
    }

    @Test
    void boundariesThatNoTransformFitsAreRefused() {
        Grid grid = Grid.of(CELLS, CLOSED);
        refused(() -> PoissonProblem.on(grid).beyondWalls(Boundaries.all(Boundary.extrapolate(2))).solver())
                .hasMessageContaining("boundary on the LOW side of axis 0 is extrapolate(2)");
        Boundaries zero = Boundaries.all(Boundary.symmetric()).with(0, Side.HIGH, Boundary.zero());
        refused(() -> PoissonProblem.on(grid).accuracy(4).beyondWalls(zero).solver())
                .hasMessageContaining("HIGH side of axis 0 is zero").hasMessageContaining("2 nodes");
        refused(() -> PoissonProblem.on(grid).spectral().beyondWalls(zero).solver()).hasMessageContaining("everywhere");
        refused(() -> PoissonProblem.on(grid).beyondWalls(zero.with(1, Side.LOW, Boundary.zero())))
                .hasMessageContaining("periodic");
        refused(() -> PoissonProblem.on(grid).wall(1, Side.LOW, Wall.NEUMANN)).hasMessageContaining("periodic");
        refused(() -> PoissonProblem.on(grid).wall(2, Side.LOW, Wall.NEUMANN)).hasMessageContaining("axis is 2");
    }

    @Test
    void cellsThatCoupleWallsAreRefused() {
        double[][] shear = {{1, 0.3}, {0, 1}};
        refused(() -> PoissonProblem.on(Grid.of(shear, CLOSED, CELLS)).solver())
                .hasMessageContaining("cell couples axes 0 and 1 and axis 1 has walls");
        refused(() -> PoissonProblem.on(Grid.of(shear, CLOSED, CLOSED)).isotropic().solver())
                .hasMessageContaining("had to be rectangular");
    }

    @Test
    void shiftsAtAnEigenvalueAreRefused() {
        Grid grid = Grid.of(Axis.periodic(0, 1, 16));
        double eigenvalue = 4 * Math.PI * Math.PI;
        refused(() -> PoissonProblem.on(grid).spectral().shift(eigenvalue).solver())
                .hasMessageContaining("shift is " + eigenvalue).hasMessageContaining("mode [1]");
        refused(() -> PoissonProblem.on(grid).shift(1e-300).solver()).hasMessageContaining("mode [0]");
        refused(() -> PoissonProblem.on(grid).shift(Double.NaN)).hasMessageContaining("shift is NaN");
        PoissonProblem.on(grid).spectral().shift(eigenvalue * (1 + 1e-9)).solver();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 18, -2})
    void accuraciesThatThereAreNotAreRefused(int accuracy) {
        refused(() -> PoissonProblem.on(Grid.of(CELLS)).accuracy(accuracy))
                .hasMessageContaining("accuracy is " + accuracy);
    }

    @Test
    void nodesThatAreAllOnWallsAreRefused() {
        refused(() -> PoissonProblem.on(Grid.of(Axis.uniform(0, 1, 2))).solver())
                .hasMessageContaining("axis 0 has 2 nodes");
    }

    @Test
    void dataThatDoNotFitAreRefused() {
        Grid grid = Grid.of(CELLS, CLOSED);
        Field f = Fields.automatic().scalar(grid);
        Field u = Fields.automatic().scalar(grid);
        PoissonSolver solver = PoissonProblem.on(grid).solver();
        refused(() -> solver.solve(f, WallData.zero().with(1, Side.LOW, x -> 1), u)).hasMessageContaining("periodic");
        refused(() -> WallData.zero().with(3, Side.LOW, x -> 1)).hasMessageContaining("axis is 3");
        WallData data = WallData.zero().with(0, Side.LOW, x -> 1);
        refused(() -> PoissonProblem.on(grid).spectral().solver().solve(f, data, u))
                .hasMessageContaining("had to be differences along each axis");
        refused(() -> PoissonProblem.on(grid).beyondWalls(Boundaries.all(Boundary.zero())).solver()
                .solve(f, data, u)).hasMessageContaining("given by walls");
        refused(() -> solver.solve(f, data, f)).hasMessageContaining("overlaps");
    }

    @Test
    void fieldsOfAnotherKindAreRefused() {
        Grid grid = Grid.of(CELLS, CLOSED);
        PoissonSolver solver = PoissonProblem.on(grid).solver();
        Field f = Fields.automatic().scalar(grid);
        refused(() -> solver.apply(f, f)).hasMessageContaining("overlaps");
        refused(() -> solver.apply(Fields.automatic().vector(grid))).hasMessageContaining("vector");
        refused(() -> solver.apply(f, Fields.automatic().precision(Precision.FLOAT).scalar(grid)))
                .hasMessageContaining("out has precision FLOAT");
        refused(() -> solver.apply(Fields.automatic().scalar(Grid.of(CLOSED, CELLS)))).hasMessageContaining("grid");
        Fields closed = Fields.confined();
        Field gone = closed.scalar(grid);
        closed.close();
        assertThatThrownBy(() -> solver.apply(gone, f)).isInstanceOf(IllegalStateException.class);
    }
}
