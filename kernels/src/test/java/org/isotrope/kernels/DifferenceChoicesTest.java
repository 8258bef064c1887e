package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.stencil.Stencil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferenceChoicesTest {
    private static Grid ring(int n) {
        Axis axis = Axis.periodic(0, 2 * Math.PI, n);
        return Grid.of(axis, axis);
    }

    private static double largestError(LinearOperator operator, Grid grid, Field exact) {
        Field wave = Fields.automatic().scalar(grid, x -> Math.sin(2 * x[0] + x[1]));
        Field found = operator.apply(wave);
        double largest = 0;
        for (long i = 0; i < exact.count(); i++) {
            largest = Math.max(largest, Math.abs(found.getFlat(i) - exact.getFlat(i)));
        }
        return largest;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6, 8})
    void observedOrderIsTheOneAskedFor(int accuracy) {
        double[] laplacian = new double[2];
        double[] gradient = new double[2];
        double[] biharmonic = new double[2];
        for (int k = 0; k < 2; k++) {
            Grid grid = ring(16 << k);
            Differential differential = Differential.on(grid).accuracy(accuracy);
            laplacian[k] = largestError(differential.laplacian(), grid,
                    Fields.automatic().scalar(grid, x -> -5 * Math.sin(2 * x[0] + x[1])));
            gradient[k] = largestError(differential.gradient(), grid, Fields.automatic().vector(grid, (x, v) -> {
                v[0] = 2 * Math.cos(2 * x[0] + x[1]);
                v[1] = Math.cos(2 * x[0] + x[1]);
            }));
            biharmonic[k] = largestError(differential.biharmonic(), grid,
                    Fields.automatic().scalar(grid, x -> 25 * Math.sin(2 * x[0] + x[1])));
        }
        for (double[] errors : new double[][] {laplacian, gradient, biharmonic}) {
            assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).isCloseTo(accuracy, within(0.35));
        }
    }

    private static Stencil isotropicLaplacian(Grid grid) {
        return laplacian(grid, IsotropicStencil.NINETEEN_POINT);
    }

    private static Stencil laplacian(Grid grid, IsotropicStencil isotropic) {
        DifferentialForms forms = new DifferentialForms(grid, isotropic);
        return new DifferenceScheme(grid, 2, null).stencil(forms.single(forms.laplacian()));
    }

    private static Stencil isotropicGradient(Grid grid) {
        return new DifferenceScheme(grid, 2, null)
                .stencil(new DifferentialForms(grid, IsotropicStencil.NINETEEN_POINT).gradient());
    }

    @Test
    void isotropicLaplaciansHaveTheirPublishedWeights() {
        Axis unit = Axis.uniform(0, 9, 10);
        Stencil plane = isotropicLaplacian(Grid.of(unit, unit));
        assertThat(plane.size()).isEqualTo(9);
        assertThat(plane.weight(0, 0, 1, 0)).isCloseTo(4 / 6.0, within(1e-15));
        assertThat(plane.weight(0, 0, 1, -1)).isCloseTo(1 / 6.0, within(1e-15));
        assertThat(plane.weight(0, 0, 0, 0)).isCloseTo(-20 / 6.0, within(1e-15));
        Stencil space = isotropicLaplacian(Grid.of(unit, unit, unit));
        assertThat(space.size()).isEqualTo(19);
        assertThat(space.weight(0, 0, 0, 0, 1)).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(space.weight(0, 0, 0, -1, 1)).isCloseTo(1 / 6.0, within(1e-15));
        assertThat(space.weight(0, 0, 0, 0, 0)).isCloseTo(-4, within(1e-14));
        Stencil gradient = isotropicGradient(Grid.of(unit, unit));
        assertThat(gradient.weight(0, 0, 1, 0)).isCloseTo(0.5 * 4 / 6, within(1e-15));
        assertThat(gradient.weight(0, 0, -1, 1)).isCloseTo(-0.5 / 6, within(1e-15));
    }

    /** The symbol {@code Σ w cos(k·o)} of a symmetric stencil. */
    private static double symbol(Stencil stencil, double... k) {
        double sum = 0;
        for (int t = 0; t < stencil.size(); t++) {
            double phase = 0;
            for (int a = 0; a < k.length; a++) {
                phase += k[a] * stencil.offset(t, a);
            }
            sum += stencil.weight(t) * Math.cos(phase);
        }
        return sum;
    }

    @Test
    void symbolOfTheIsotropicLaplacianHardlyDependsOnDirection() {
        Axis unit = Axis.uniform(0, 9, 10);
        Stencil isotropic = isotropicLaplacian(Grid.of(unit, unit));
        Stencil classical = laplacian(Grid.of(unit, unit), null);
        assertThat(spread(isotropic)).isLessThan(2e-3);
        assertThat(spread(classical)).as("the control").isGreaterThan(2e-2);
        for (IsotropicStencil which : IsotropicStencil.values()) {
            assertThat(spreadInSpace(laplacian(Grid.of(unit, unit, unit), which))).as(which.toString())
                    .isLessThan(2e-3);
        }
        assertThat(spreadInSpace(laplacian(Grid.of(unit, unit, unit), null))).as("the control").isGreaterThan(2e-2);
    }

    /** Over a sphere of directions. */
    private static double spreadInSpace(Stencil stencil) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int polar = 0; polar <= 30; polar++) {
            for (int turn = 0; turn <= 60; turn++) {
                double theta = Math.PI * polar / 30;
                double phi = Math.PI * turn / 30;
                double value = symbol(stencil, Math.sin(theta) * Math.cos(phi), Math.sin(theta) * Math.sin(phi),
                        Math.cos(theta));
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        return high - low;
    }

    @Test
    void twentySevenPointsHaveTheirPublishedWeights() {
        Axis unit = Axis.uniform(0, 9, 10);
        Stencil space = laplacian(Grid.of(unit, unit, unit), IsotropicStencil.TWENTY_SEVEN_POINT);
        assertThat(space.size()).isEqualTo(27);
        assertThat(space.weight(0, 0, 0, 0, 1)).isCloseTo(14 / 30.0, within(1e-15));
        assertThat(space.weight(0, 0, 0, -1, 1)).isCloseTo(3 / 30.0, within(1e-15));
        assertThat(space.weight(0, 0, 1, -1, 1)).isCloseTo(1 / 30.0, within(1e-15));
        assertThat(space.weight(0, 0, 0, 0, 0)).isCloseTo(-128 / 30.0, within(1e-14));
    }

    private static double spread(Stencil stencil) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int k = 0; k <= 90; k++) {
            double angle = Math.PI * k / 180;
            double value = symbol(stencil, Math.cos(angle), Math.sin(angle));
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return high - low;
    }

    @Test
    void unequalSpacingsKeepQuadraticsAndQuarticErrorsIsotropic() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 9), Axis.uniform(0, 1.7, 8));
        LinearOperator laplacian = Differential.on(grid).isotropic().laplacian();
        Field quadratic = Fields.automatic().scalar(grid, x -> 3 * x[0] * x[0] - 2 * x[0] * x[1] + x[1] * x[1] + x[0]);
        Field image = laplacian.apply(quadratic);
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j < 8; j++) {
                assertThat(image.get(0, i, j)).as("node (%d, %d)", i, j).isCloseTo(8, within(1e-10));
            }
        }
        LinearOperator gradient = Differential.on(grid).isotropic().gradient();
        Field slope = gradient.apply(quadratic);
        assertThat(slope.get(0, 4, 4)).isCloseTo(6 * 0.5 - 2 * grid.position(4, 4)[1] + 1, within(1e-12));
    }

    @Test
    void equivariantDifferencesAreIsotropicWhereThereAreSuch() {
        Axis unit = Axis.uniform(0, 9, 10);
        Grid square = Grid.of(unit, unit);
        Field f = Samples.random(new Space(square, FieldType.SCALAR), 3);
        assertThat(Differential.equivariant(square).laplacian().apply(f).toArray())
                .isEqualTo(Operators.isotropicLaplacian(square).apply(f).toArray());
        for (Grid other : new Grid[] {Grid.of(new double[][] {{1, 0.2}, {0, 1}}, unit, unit),
            Grid.of(unit, Samples.jittered(10, 2))}) {
            Field g = Samples.random(new Space(other, FieldType.SCALAR), 3);
            assertThat(Differential.equivariant(other).laplacian().apply(g).toArray())
                    .isEqualTo(Operators.laplacian(other).apply(g).toArray());
        }
    }

    @Test
    void isotropicGradientIsSkewOnPeriodicGrids() {
        Grid grid = ring(8);
        Stencil gradient = isotropicGradient(grid);
        Stencil divergence = new DifferenceScheme(grid, 2, null)
                .stencil(new DifferentialForms(grid, IsotropicStencil.NINETEEN_POINT).divergence());
        assertThat(gradient.transpose()).isEqualTo(divergence.times(-1));
    }

    @Test
    void singleNodesGiveTheLowerDimension() {
        Axis axis = Axis.uniform(0, 1, 7);
        Grid line = Grid.of(axis);
        Grid plane = Grid.of(Axis.singleton(0), axis);
        Field u = Fields.automatic().scalar(line, x -> Math.exp(x[0]));
        Field v = Fields.automatic().scalar(plane, x -> Math.exp(x[1]));
        for (boolean isotropic : new boolean[] {false, true}) {
            Differential one = isotropic ? Differential.on(line).isotropic() : Differential.on(line);
            Differential two = isotropic ? Differential.on(plane).isotropic() : Differential.on(plane);
            assertThat(two.laplacian().apply(v).toArray()).containsExactly(one.laplacian().apply(u).toArray());
            assertThat(two.gradient().apply(v).component(1).toArray())
                    .containsExactly(one.gradient().apply(u).toArray());
            assertThat(two.gradient().apply(v).component(0).toArray()).containsOnly(0);
        }
    }

    @Test
    void wrongChoicesAreNamed() {
        Grid grid = ring(8);
        assertThatThrownBy(() -> Differential.on(grid).accuracy(0).laplacian()).hasMessageContaining("accuracy is 0");
        assertThatThrownBy(() -> Differential.on(grid).accuracy(18).laplacian()).hasMessageContaining("is 18");
        assertThatThrownBy(() -> Differential.on(grid).accuracy(4).isotropic().gradient())
                .hasMessageContaining("had to be 2 for isotropic");
        Grid sheared = Grid.of(new double[][] {{1, 0.2}, {0, 1}}, grid.axis(0), grid.axis(1));
        assertThatThrownBy(() -> Differential.on(sheared).isotropic().laplacian()).hasMessageContaining("sheared");
        assertThatThrownBy(() -> Differential.on(grid).curlOfPseudoscalar().apply(Fields.automatic().scalar(grid)))
                .hasMessageContaining("pseudoscalar");
        Boundaries onRing = Boundaries.all(Boundary.zero()).with(0, Boundaries.Side.LOW, Boundary.mirror());
        assertThatThrownBy(() -> Differential.on(grid).beyondWalls(onRing).laplacian(FieldType.VECTOR))
                .hasMessageContaining("periodic");
    }
}
