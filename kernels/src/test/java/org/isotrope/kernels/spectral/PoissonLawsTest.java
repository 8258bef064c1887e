package org.isotrope.kernels.spectral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.verify.Verify;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The laws of operators for everything that this package makes. */
class PoissonLawsTest {
    private static final Axis WALLED = Axis.cells(0, 1, 6);
    private static final Axis NODES = Axis.uniform(0, 1, 7);
    private static final Axis CLOSED = Axis.periodic(0, 1, 6);
    private static final double[][] SHEAR = {{1, 0.3}, {0, 0.9}};

    private static final List<Grid> GRIDS = List.of(
            Grid.of(NODES), Grid.of(CLOSED),
            Grid.of(WALLED, WALLED), Grid.of(CLOSED, CLOSED), Grid.of(CLOSED, NODES),
            Grid.of(SHEAR, CLOSED, NODES), Grid.of(SHEAR, NODES, NODES), Grid.of(SHEAR, CLOSED, CLOSED),
            Grid.of(NODES, NODES, NODES), Grid.of(CLOSED, WALLED, CLOSED),
            Grid.of(Axis.periodic(0, 1, 5), Axis.periodic(0, 2, 4), Axis.periodic(0, 1, 3)));

    /** Everything that can be made on a grid, by name; what a grid does not allow is left out. */
    private static Map<String, LinearOperator> operators(Grid grid) {
        Map<String, LinearOperator> made = new TreeMap<>();
        int d = grid.dimension();
        made.put("coulomb", GreensFunction.coulomb(grid));
        made.put("gauss", GreensFunction.gauss(grid));
        made.put("yukawa", GreensFunction.yukawa(grid, 1.5));
        made.put("κ derivative", GreensFunction.yukawa(grid, 1.5).parameterDerivative());
        made.put("yukawa field", GreensFunction.yukawaField(grid, 1.5));
        made.put("κ derivative of the field", GreensFunction.yukawaField(grid, 1.5).parameterDerivative());
        long periodic = grid.axes().stream().filter(Axis::isPeriodic).count();
        if (d > 1) {
            made.put("stokeslet", GreensFunction.stokeslet(grid, 0.7));
            made.put("μ derivative", GreensFunction.stokeslet(grid, 0.7).parameterDerivative());
        }
        if (grid.isRectangular() || periodic == d) {
            PoissonProblem problem = PoissonProblem.on(grid).projecting();
            made.put("solver", problem.solver());
            made.put("solver for vectors", problem.solver(FieldType.VECTOR));
            made.put("solver without flux", problem.walls(Wall.NEUMANN).accuracy(4).solver());
            made.put("spectral solver", problem.walls(Wall.NEUMANN).spectral().shift(-1.3).solver());
            made.put("solver beyond boundaries", problem.beyondWalls(Boundaries.all(Boundary.mirror())).solver());
            made.put("its adjoint",
                    problem.beyondWalls(Boundaries.all(Boundary.mirror())).solver().adjoint());
            if (grid.isRectangular()) {
                made.put("isotropic solver", problem.isotropic().solver());
            }
        }
        if (periodic == d) {
            for (HelmholtzDecomposition parts : List.of(HelmholtzDecomposition.spectral(grid),
                    HelmholtzDecomposition.discrete(grid), HelmholtzDecomposition.discrete(grid, 6))) {
                String name = parts.toString() + " ";
                made.put(name + "leray", parts.leray());
                made.put(name + "gradient part", parts.gradientPart());
                made.put(name + "potential", parts.potential());
                if (d == 2) {
                    made.put(name + "stream function", parts.streamFunction());
                } else if (d == 3) {
                    made.put(name + "vector potential", parts.vectorPotential());
                }
            }
        }
        return made;
    }

    @TestFactory
    List<DynamicTest> everythingObeysTheLaws() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Grid grid : GRIDS) {
            operators(grid).forEach((name, operator) -> tests.add(
                    DynamicTest.dynamicTest(name + " on " + grid, () -> obey(operator))));
        }
        assertThat(tests).hasSizeGreaterThan(110);
        return tests;
    }

    private static void obey(LinearOperator operator) {
        Verify laws = Verify.that(operator);
        laws.linear().orThrow();
        laws.adjoint().orThrow();
        laws.gradient().orThrow();
        laws.deterministic().orThrow();
        Verify.that(operator.adjoint()).adjoint().orThrow();
        Grid grid = operator.domain().grid();
        if (grid.axes().stream().anyMatch(Axis::isPeriodic)) {
            laws.translationEquivariant().orThrow();
        }
        if (grid.symmetries().size() > 1) {
            laws.rotationEquivariant().orThrow();
        }
        assertThat(operator.explain()).contains("on\n").contains(operator.domain().type() + " → ");
    }

    @Test
    void whatIsSymmetricIsItsOwnAdjoint() {
        for (Grid grid : GRIDS) {
            operators(grid).forEach((name, operator) -> {
                boolean symmetric = operator.domain().equals(operator.range())
                        && !name.equals("its adjoint") && !name.equals("solver beyond boundaries")
                        && !(name.contains("solver") && grid.axes().contains(NODES));
                if (symmetric) {
                    Field x = Fits.random(operator.domain(), Precision.DOUBLE, 3);
                    assertThat(Fits.error(operator.adjoint().apply(x), operator.apply(x))).as(name)
                            .isLessThan(1e-13);
                }
            });
        }
    }
}
