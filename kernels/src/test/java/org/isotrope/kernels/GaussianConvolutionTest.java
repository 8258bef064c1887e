package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.isotrope.grids.FieldType.SCALAR;
import static org.isotrope.grids.FieldType.VECTOR;

import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.grids.Stretching;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.verify.Verify;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GaussianConvolutionTest {
    private static final Axis STRETCHED = Stretching.geometric(1.12).nodes(-1, 1, 18);
    private static final Axis CELLS = Stretching.tanh(1.5).cells(-1, 1, 15);
    private static final Axis RING = Axis.periodicNodes(2, -0.9, -0.5, -0.2, 0.1, 0.4, 0.6);
    private static final List<Grid> GRIDS = List.of(
            Grid.of(STRETCHED), Grid.of(RING), Grid.of(CELLS, RING), Grid.of(Axis.periodic(0, 1, 9), STRETCHED),
            Grid.of(new double[][] {{0.6, -0.8}, {0.8, 0.6}}, CELLS, STRETCHED),
            Grid.of(new double[][] {{2, 0, 0}, {0, 0.5, 0}, {0, 0, 1}}, RING, CELLS, Axis.uniform(0, 1, 5)));

    private static double integral(Field field) {
        double sum = 0;
        for (long i = 0; i < field.grid().size(); i++) {
            sum += field.getFlat(i) * field.grid().weight(field.grid().index(i));
        }
        return sum;
    }

    /** Quantiles of the normal distribution, of which both tails count. */
    @Test
    void theRadiusHoldsTheTails() {
        assertThat(GaussianConvolution.radius(0.1)).isCloseTo(1.6448536269514722, within(1e-12));
        assertThat(GaussianConvolution.radius(0.05)).isCloseTo(1.959963984540054, within(1e-12));
        assertThat(GaussianConvolution.radius(0.0026997960632601866)).isCloseTo(3, within(1e-12));
        assertThat(GaussianConvolution.radius(1.2441921148543568e-15)).isCloseTo(8, within(1e-12));
    }

    /** Without tails to speak of it is the radial kernel, over the square instead of the disk. */
    @Test
    void theProductIsTheRadialGaussian() {
        double sigma = 0.17;
        for (Grid grid : GRIDS) {
            int d = grid.dimension();
            LinearOperator product = GaussianConvolution.density(grid, sigma, 1e-15, SCALAR);
            LinearOperator radial = QuadratureConvolution.radial(grid, Radial.gaussian(d, sigma).within(8.5 * sigma));
            Field f = Samples.random(product.domain(), 3);
            Field expected = radial.apply(f);
            assertThat(Samples.distance(product.apply(f), expected)).as("%s", grid)
                    .isLessThan(1e-12 * Samples.largest(expected));
        }
    }

    @Test
    void massIsOneAndTheTailsAreCutWhereTheToleranceSays() {
        double sigma = 1;
        Grid line = Grid.of(Axis.uniform(-12, 12, 2401));
        Field point = Fields.automatic().scalar(line);
        point.set(100, 0, 1200);
        for (double tolerance : new double[] {1e-1, 1e-3, 1e-9}) {
            Field density = GaussianConvolution.density(line, sigma, tolerance, SCALAR).apply(point);
            // the sum misses the integral by the jump at the cut times the spacing
            double radius = GaussianConvolution.radius(tolerance);
            double jump = 0.4 * Math.exp(-radius * radius / 2) * 0.01;
            assertThat(integral(density)).isCloseTo(1, within(jump + 1e-13));
            assertThat(density.get(0, 1200)).isCloseTo(1 / Math.sqrt(2 * Math.PI) / (1 - tolerance), within(1e-12));
            for (int i = 0; i <= 2400; i++) {
                boolean inside = Math.abs(line.axis(0).node(i)) <= radius;
                assertThat(density.get(0, i) > 0).isEqualTo(inside);
            }
        }
    }

    @Test
    void smoothingKeepsConstantsAndIntegralsUpToTheWalls() {
        for (Grid grid : GRIDS) {
            for (double sigma : new double[] {0.02, 0.2, 1.5}) {
                LinearOperator smoothing = GaussianConvolution.smoothing(grid, sigma, 1e-6, SCALAR);
                Field constant = smoothing.apply(Fields.automatic().scalar(grid).fill(3));
                for (double value : constant.toArray()) {
                    assertThat(value).as("σ = %s on\n%s", sigma, grid).isCloseTo(3, within(1e-13));
                }
                Field f = Samples.random(smoothing.domain(), 5).fill(x -> 1 + Math.sin(3 * x[0]));
                assertThat(integral(smoothing.apply(f))).isCloseTo(integral(f), within(1e-13 * integral(f)));
                Field noise = Samples.random(smoothing.domain(), 6);
                assertThat(Samples.largest(smoothing.apply(noise))).as("averages lie within the range of the values")
                        .isLessThanOrEqualTo(Samples.largest(noise));
            }
        }
    }

    @Test
    void awayFromWallsSmoothingIsTheConvolution() {
        Grid grid = Grid.of(Axis.uniform(-3, 3, 121));
        Field f = Fields.automatic().scalar(grid, x -> Math.exp(-20 * x[0] * x[0]));
        Field smooth = GaussianConvolution.smoothing(grid, 0.2, 1e-12, SCALAR).apply(f);
        double variance = 0.2 * 0.2 + 1 / 40.0;
        for (int i = 40; i <= 80; i++) {
            double x = grid.axis(0).node(i);
            double exact = Math.sqrt(1 / 40.0 / variance) * Math.exp(-x * x / (2 * variance));
            assertThat(smooth.get(0, i)).isCloseTo(exact, within(1e-10));
        }
    }

    @Test
    void theLawsHold() {
        for (Grid grid : GRIDS) {
            for (FieldType type : List.of(SCALAR, VECTOR)) {
                for (LinearOperator operator : List.of(
                        GaussianConvolution.density(grid, 0.2, 1e-4, type),
                        GaussianConvolution.smoothing(grid, 0.2, 1e-4, type))) {
                    Verify laws = Verify.that(operator);
                    laws.linear().orThrow();
                    laws.adjoint().orThrow();
                    laws.deterministic().orThrow();
                    if (grid.symmetries().size() > 1) {
                        laws.rotationEquivariant().orThrow();
                    }
                }
            }
        }
        Grid even = Grid.of(Axis.periodic(0, 1, 8), Axis.periodic(0, 1, 6));
        Verify.that(GaussianConvolution.smoothing(even, 0.2, 1e-4, VECTOR)).translationEquivariant().orThrow();
    }

    @Test
    @Tag("alone")
    void allocatesNothing() {
        Verify.that(GaussianConvolution.density(GRIDS.get(2), 0.2, 1e-4, SCALAR)).allocationFree().orThrow();
    }

    @Test
    void floatsAreTheSameUpToRounding() {
        Grid grid = GRIDS.get(5);
        LinearOperator operator = GaussianConvolution.smoothing(grid, 0.3, 1e-4, VECTOR);
        Field x = Samples.random(operator.domain(), 8);
        Field single = Fields.automatic().precision(Precision.FLOAT).vector(grid).copyFrom(x);
        assertThat(Samples.distance(operator.apply(single), operator.apply(x))).isLessThan(2e-6);
    }

    @Test
    void aGridOfOneNodeIsLeftAlone() {
        Grid node = Grid.of(Axis.singleton(1), Axis.singleton(2));
        Field f = Fields.automatic().scalar(node).fill(2.5);
        assertThat(GaussianConvolution.density(node, 0.3, 1e-3, SCALAR).apply(f).getFlat(0)).isCloseTo(2.5, within(1e-15));
    }

    @Test
    void badInputIsNamed() {
        Grid grid = GRIDS.get(2);
        assertThatThrownBy(() -> GaussianConvolution.density(grid, 0, 1e-3, SCALAR))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("sigma is 0.0; it had to be positive and finite");
        assertThatThrownBy(() -> GaussianConvolution.smoothing(grid, Double.NaN, 1e-3, SCALAR)).hasMessageContaining("NaN");
        for (double bad : new double[] {0, 0.2, -1, Double.NaN}) {
            assertThatThrownBy(() -> GaussianConvolution.density(grid, 1, bad, SCALAR))
                    .hasMessage("tolerance is " + bad + "; it had to be above 0 and at most 0.1");
        }
        Grid sheared = Grid.of(new double[][] {{1, 0.4}, {0, 1}}, CELLS, RING);
        assertThatThrownBy(() -> GaussianConvolution.density(sheared, 1, 1e-3, SCALAR))
                .hasMessageContaining("axes 0 and 1 meet at a slant").hasMessageContaining("had to be orthogonal");
    }
}
