package org.isotrope.kernels.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Symmetry;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.verify.Verify;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against spectral derivatives and projections, which are functions of the wave number too, and against differences. */
class SpectralRadialOperatorTest {
    private static final double[] KNOTS = {0, 3, 8, 20, 60};

    record Sample(Grid grid, FieldType in, FieldType out) {}

    static Stream<Sample> samples() {
        Grid plane = Grid.of(Axis.periodic(0, 1, 12), Axis.periodic(0, 1, 12));
        Grid sheared = Grid.of(new double[][] {{1, 0.4}, {0, 1.2}}, Axis.periodic(0, 1, 9), Axis.periodic(0, 1, 10));
        Grid box = Grid.of(Axis.periodic(0, 1, 6), Axis.periodic(0, 1, 6), Axis.periodic(0, 1, 6));
        return Stream.of(plane, sheared, box).flatMap(grid -> Stream.of(
                new Sample(grid, FieldType.SCALAR, FieldType.SCALAR),
                new Sample(grid, FieldType.PSEUDOVECTOR, FieldType.PSEUDOVECTOR),
                new Sample(grid, FieldType.SCALAR, FieldType.VECTOR),
                new Sample(grid, FieldType.VECTOR, FieldType.SCALAR),
                new Sample(grid, FieldType.VECTOR, FieldType.VECTOR)))
                .filter(sample -> sample.grid.dimension() == 3 || !sample.in.equals(FieldType.PSEUDOVECTOR));
    }

    private static SpectralRadialOperator operator(Sample sample, Random random) {
        boolean vectors = sample.in.equals(FieldType.VECTOR) && sample.out.equals(FieldType.VECTOR);
        double[] values = random.doubles(vectors ? 2 * KNOTS.length : KNOTS.length, -1, 1).toArray();
        return SpectralRadialOperator.of(sample.grid, KNOTS, sample.in, sample.out, values);
    }

    private static Field random(FieldType type, Grid grid, Random random) {
        Field field = Fields.automatic().of(type, grid);
        for (long i = 0; i < field.count(); i++) {
            field.setFlat(i, random.nextGaussian());
        }
        return field;
    }

    private static double distance(Field a, Field b) {
        Field difference = Fields.automatic().copy(a);
        Arithmetic.addScaled(-1, b, difference);
        return Math.sqrt(Arithmetic.dot(difference, difference) / Arithmetic.dot(b, b));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void lawsHold(Sample sample) {
        SpectralRadialOperator operator = operator(sample, new Random(1));
        Verify.that(operator).linear().orThrow();
        Verify.that(operator).adjoint().orThrow();
        Verify.that(operator).translationEquivariant().orThrow();
        Random random = new Random(2);
        for (Symmetry symmetry : Symmetry.all(sample.grid.dimension())) {
            if (!symmetry.fixes(sample.grid)) {
                continue;
            }
            Field f = random(sample.in, sample.grid, random);
            Field turned = Fields.automatic().like(f);
            symmetry.apply(f, turned);
            Field then = Fields.automatic().of(sample.out, sample.grid);
            symmetry.apply(operator.apply(f), then);
            assertThat(distance(then, operator.apply(turned))).isLessThan(1e-13);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void gradientsAreDerivativesInTheValues(Sample sample) {
        Random random = new Random(3);
        SpectralRadialOperator operator = operator(sample, random);
        Field f = random(sample.in, sample.grid, random);
        Field y = random(sample.out, sample.grid, random);
        double[] gradient = operator.gradient(f, y);
        double[] values = operator.values();
        double scale = Math.sqrt(Arithmetic.dot(f, f) * Arithmetic.dot(y, y));
        // linear in the values: the difference of any step is the derivative
        for (int j = 0; j < values.length; j++) {
            double[] moved = values.clone();
            moved[j] += 1;
            double difference = Arithmetic.dot(operator.withValues(moved).apply(f), y) - Arithmetic.dot(operator.apply(f), y);
            assertThat(gradient[j]).as("value " + j).isCloseTo(difference, within(1e-13 * scale));
        }
    }

    @Test
    void itIsWhatItsFunctionsSay() {
        Grid grid = Grid.of(new double[][] {{1, 0.3}, {0, 1}}, Axis.periodic(0, 1, 15), Axis.periodic(0, 2, 13));
        Random random = new Random(5);
        Field u = random(FieldType.SCALAR, grid, random);
        double[] line = {0, 1000};
        // i k m with m = 1 is the gradient of the inverse square root of the Laplacian: i k̂ |k| is the gradient
        SpectralRadialOperator slope = SpectralRadialOperator.of(grid, line, FieldType.SCALAR, FieldType.VECTOR, 0, 1000);
        assertThat(distance(slope.apply(u), SpectralDerivatives.on(grid).gradient().apply(u))).isLessThan(1e-13);
        SpectralRadialOperator number = SpectralRadialOperator.of(grid, line, FieldType.SCALAR, FieldType.SCALAR, 0, 1000);
        assertThat(distance(number.apply(u), SpectralDerivatives.on(grid).fractionalLaplacian(0.5).apply(u)))
                .isLessThan(1e-13);
        Field v = random(FieldType.VECTOR, grid, random);
        SpectralRadialOperator across = SpectralRadialOperator.of(
                grid, line, FieldType.VECTOR, FieldType.VECTOR, 0, 0, 1, 1);
        Field flow = HelmholtzDecomposition.spectral(grid).leray().apply(v);
        Field found = across.apply(v);
        // the mean, which has no direction, is shared out by the one and kept by the other
        assertThat(distance(SpectralDerivatives.on(grid).laplacian(FieldType.VECTOR).apply(found),
                SpectralDerivatives.on(grid).laplacian(FieldType.VECTOR).apply(flow))).isLessThan(1e-12);
    }

    @Test
    void wrongArgumentsAreNamed() {
        Grid grid = Grid.of(Axis.periodic(0, 1, 8), Axis.periodic(0, 1, 8));
        assertThatThrownBy(() -> SpectralRadialOperator.of(grid, new double[] {1, 2}, FieldType.SCALAR, FieldType.SCALAR))
                .hasMessage("knots are 2 from 1.0; they had to be at least 2, the first of them 0");
        assertThatThrownBy(() -> SpectralRadialOperator.of(
                grid, new double[] {0, 2, 2}, FieldType.SCALAR, FieldType.SCALAR))
                .hasMessage("knot 2 is 2.0; it had to be above 2.0 and finite");
        assertThatThrownBy(() -> SpectralRadialOperator.of(
                grid, KNOTS, FieldType.SCALAR, FieldType.PSEUDOSCALAR, 1, 2, 3, 4, 5))
                .hasMessageContaining("they had to be the same, or a scalar and a vector");
        assertThatThrownBy(() -> SpectralRadialOperator.of(grid, KNOTS, FieldType.VECTOR, FieldType.VECTOR, 1, 2))
                .hasMessage("values are 2; there had to be 10, one for each knot of each function");
        assertThatThrownBy(() -> SpectralRadialOperator.of(
                grid, KNOTS, FieldType.SCALAR, FieldType.SCALAR, 1, 2, Double.NaN, 4, 5))
                .hasMessage("value 2 is NaN; it had to be finite");
        assertThatThrownBy(() -> SpectralRadialOperator.of(
                Grid.of(Axis.cells(0, 1, 8)), KNOTS, FieldType.SCALAR, FieldType.SCALAR, 1, 2, 3, 4, 5))
                .hasMessageContaining("it had to be periodic for functions of the wave number");
    }
}
