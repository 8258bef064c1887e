package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Identities of vector calculus that hold to rounding because differences along different axes commute. */
class IdentitiesTest {
    static List<Grid> spaces() {
        return List.of(
                Grid.of(Axis.uniform(0, 1, 6), Axis.uniform(0, 2, 7), Axis.cells(0, 1, 8)),
                Grid.of(Axis.periodic(0, 1, 6), Axis.uniform(0, 2, 7), Axis.periodic(0, 1, 18)),
                Grid.of(new double[][] {{1, 0.3, 0.1}, {0, 0.9, 0.2}, {-0.2, 0, 1.1}}, Axis.uniform(0, 1, 6),
                        Axis.periodic(0, 1, 5), Axis.uniform(0, 1, 7)));
    }

    static List<Grid> planes() {
        return List.of(
                Grid.of(Axis.uniform(0, 1, 6), Axis.cells(0, 2, 19)),
                Grid.of(new double[][] {{1, 0.6}, {-0.2, 0.8}}, Axis.periodic(0, 1, 8), Axis.uniform(0, 1, 9)));
    }

    private static void assertVanishes(LinearOperator first, LinearOperator second) {
        Field in = Samples.random(first.domain(), 31);
        Field middle = first.apply(in);
        Field out = first.then(second).apply(in);
        double steepest = 0;
        for (double[] row : first.domain().grid().inverseCell()) {
            for (double entry : row) {
                steepest = Math.max(steepest, Math.abs(entry));
            }
        }
        // rounding of differences of numbers as large as the first derivatives over the finest spacing
        assertThat(Samples.largest(middle)).isPositive();
        assertThat(Samples.largest(out)).isLessThan(1e-13 * steepest * 40 * Samples.largest(middle));
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void divergencesOfCurlsAndCurlsOfGradientsVanish(Grid grid) {
        for (Boundary boundary : Samples.BOUNDARIES) {
            Boundaries boundaries = Boundaries.all(boundary);
            // the curl is a pseudovector, whose divergence is taken component by component like that of a vector
            LinearOperator curl = Operators.curl(grid, boundaries);
            LinearOperator relabelled = LinearOperator.of(curl.range(), new Space(grid, FieldType.VECTOR),
                    (in, out) -> out.segment().copyFrom(in.segment()),
                    (in, out) -> out.segment().copyFrom(in.segment()));
            assertVanishes(curl.then(relabelled), Operators.divergence(grid, boundaries));
            assertVanishes(Operators.gradient(grid, boundaries), curl);
        }
    }

    @ParameterizedTest
    @MethodSource("planes")
    void theyVanishInThePlaneToo(Grid grid) {
        for (Boundary boundary : Samples.BOUNDARIES) {
            Boundaries boundaries = Boundaries.all(boundary);
            assertVanishes(Operators.gradient(grid, boundaries), Operators.curl(grid, boundaries));
            assertVanishes(Operators.curlOfPseudoscalar(grid, boundaries), Operators.divergence(grid, boundaries));
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void gradientsAreMadeOfDerivatives(Grid grid) {
        Boundaries boundaries = Boundaries.all(Boundary.symmetric());
        Field f = Samples.random(new Space(grid, FieldType.SCALAR), 2);
        Field gradient = Operators.gradient(grid, boundaries).apply(f);
        Field v = Samples.random(new Space(grid, FieldType.VECTOR), 3);
        Field divergence = Fields.automatic().scalar(grid);
        for (int i = 0; i < 3; i++) {
            LinearOperator derivative = Operators.derivative(grid, i, boundaries);
            // a plan may sum one component in another order than several
            assertThat(Samples.distance(derivative.apply(f), gradient.component(i)))
                    .isLessThan(1e-14 * Samples.largest(gradient));
            Arithmetic.addScaled(1, derivative.apply(v.component(i)), divergence);
        }
        assertThat(Samples.distance(Operators.divergence(grid, boundaries).apply(v), divergence))
                .isLessThan(1e-13 * Samples.largest(divergence));
    }
}
