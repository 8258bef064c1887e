package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.radial.Radial;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans that take new values do what operators with these values do. */
class ShellPlanTest {
    private static final Random RANDOM = new Random(8);

    private record Sample(ShellConvolution operator, Precision precision, Algorithm algorithm) {
        @Override
        public String toString() {
            return operator.domain() + " -> " + operator.range() + ", " + precision + ", " + algorithm;
        }
    }

    private static Field random(Space space, Precision precision) {
        Field field = Fields.automatic().precision(precision).of(space.type(), space.grid());
        for (long i = 0; i < field.count(); i++) {
            field.setFlat(i, RANDOM.nextGaussian());
        }
        return field;
    }

    static Stream<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        Grid plane = Grid.of(Axis.uniform(-1, 1, 21), Axis.periodic(-1, 1, 18));
        Grid box = Grid.of(Axis.uniform(0, 1, 9), Axis.periodic(0, 1, 8), Axis.uniform(0, 2, 17));
        Grid line = Grid.of(Axis.uniform(0, 1, 30));
        Radial radial = Radial.gaussian(3, 0.2);
        for (Precision precision : Precision.values()) {
            for (FieldType[] types : new FieldType[][] {{FieldType.SCALAR, FieldType.SCALAR},
                {FieldType.SCALAR, FieldType.VECTOR}, {FieldType.VECTOR, FieldType.SCALAR}}) {
                for (Grid grid : new Grid[] {plane, box}) {
                    RadialOperator operator = Operators.radial(grid, radial.within(0.4), types[0], types[1]);
                    for (Algorithm algorithm : new Algorithm[] {
                        Algorithm.AUTOMATIC, Algorithm.SWEEPS, Algorithm.BLOCKS, Algorithm.FOLDED, Algorithm.FOURIER}) {
                        samples.add(new Sample(operator, precision, algorithm));
                    }
                }
                samples.add(new Sample(Operators.radial(plane, radial.within(0.4), types[0], types[1],
                        Boundaries.all(Boundary.mirror())), precision, Algorithm.AUTOMATIC));
                samples.add(new Sample(Operators.radial(plane, radial.within(0.4), types[0], types[1],
                        Boundaries.all(Boundary.extrapolate(2))), precision, Algorithm.AUTOMATIC));
            }
            samples.add(new Sample(Operators.radial(line, radial.within(0.2)), precision, Algorithm.AUTOMATIC));
            samples.add(new Sample(Operators.convolution(box, radial.within(0.4), FieldType.VECTOR, FieldType.VECTOR),
                    precision, Algorithm.AUTOMATIC));
        }
        return samples.stream();
    }

    private static void requireNear(Field actual, Field expected, Precision precision) {
        Field difference = Fields.automatic().copy(actual);
        Arithmetic.addScaled(-1, expected, difference);
        double size = Math.sqrt(Arithmetic.dot(expected, expected));
        double bar = (precision == Precision.DOUBLE ? 1e-14 : 2e-6) * Math.max(size, 1e-30);
        assertThat(Math.sqrt(Arithmetic.dot(difference, difference))).isLessThanOrEqualTo(bar);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void newValuesGiveTheResultsOfTheirOperator(Sample sample) {
        ShellConvolution model = sample.operator;
        Execution execution = Execution.standard().with(sample.algorithm);
        ShellPlan plan = model.shellPlan(sample.precision, execution);
        Field in = random(model.domain(), sample.precision);
        Field outAdjoint = random(model.range(), sample.precision);
        Field out = random(model.range(), sample.precision);
        Field back = random(model.domain(), sample.precision);
        double[] values = model.values();
        for (int round = 0; round < 4; round++) {
            ShellConvolution operator = model.withValues(values);
            plan.apply(in, out);
            Field expected = operator.apply(in);
            requireNear(out, expected, sample.precision);
            if (sample.algorithm != Algorithm.AUTOMATIC && round < 3) {
                operator.plan(sample.precision, execution).apply(in, expected);
                assertThat(out.segment().mismatch(expected.segment())).isEqualTo(-1);
            }
            plan.applyAdjoint(outAdjoint, back);
            requireNear(back, operator.adjoint().apply(outAdjoint), sample.precision);
            double[] gradient = new double[values.length];
            gradient[0] = 1;
            plan.addShellGradient(in, outAdjoint, gradient);
            double[] shells = operator.shellGradient(in, outAdjoint);
            shells[0] += 1;
            requireNear(gradient, shells, sample.precision);
            for (int p = 0; p < values.length; p++) {
                values[p] = round == 2 ? 0 : RANDOM.nextGaussian();
            }
            plan.setValues(values);
        }
    }

    static Stream<Sample> samplesOfSums() {
        return samples().filter(sample -> sample.algorithm != Algorithm.FOURIER);
    }

    /** Slabs with such values go another way, which has to know the weights as they are. */
    @ParameterizedTest
    @MethodSource("samplesOfSums")
    void infinitiesGoWhereTheOperatorPutsThem(Sample sample) {
        ShellConvolution model = sample.operator;
        Execution execution = Execution.standard().with(sample.algorithm);
        ShellPlan plan = model.shellPlan(sample.precision, execution);
        double[] values = model.values();
        Field out = random(model.range(), sample.precision);
        for (int round = 0; round < 3; round++) {
            for (int p = 0; p < values.length; p++) {
                values[p] = RANDOM.nextDouble(1, 2);
            }
            plan.setValues(values);
            Field in = random(model.domain(), sample.precision);
            in.setFlat(in.count() / 2, Double.POSITIVE_INFINITY);
            plan.apply(in, out);
            Field expected = Fields.automatic().like(out);
            model.withValues(values).plan(sample.precision, execution).apply(in, expected);
            for (long i = 0; i < out.count(); i++) {
                double e = expected.getFlat(i);
                double bar = sample.precision == Precision.DOUBLE ? 1e-12 : 1e-4;
                assertThat(out.getFlat(i)).satisfiesAnyOf(
                        v -> assertThat(Double.compare(v, e)).isZero(), v -> assertThat(v).isCloseTo(e, within(bar)));
            }
        }
    }

    @Test
    @Tag("alone")
    void nothingIsAllocated() {
        Grid grid = Grid.of(Axis.uniform(-1, 1, 24), Axis.periodic(-1, 1, 24));
        RadialOperator model = Operators.radial(
                grid, Radial.gaussian(2, 0.2).within(0.5), FieldType.SCALAR, FieldType.VECTOR);
        ShellPlan plan = model.shellPlan(Precision.FLOAT, Execution.serial());
        Field in = random(model.domain(), Precision.FLOAT);
        Field back = random(model.domain(), Precision.FLOAT);
        Field out = random(model.range(), Precision.FLOAT);
        double[] values = model.values();
        double[] gradient = new double[values.length];
        assertThat(Garbage.ofCheapestRound(1, () -> {
            for (int call = 0; call < 40; call++) {
                values[call % values.length] += 0.01;
                plan.setValues(values);
                plan.apply(in, out);
                plan.applyAdjoint(out, back);
                plan.addShellGradient(in, out, gradient);
            }
        })).isZero();
    }

    @Test
    void wrongUseIsNamed() {
        Grid grid = Grid.of(Axis.uniform(-1, 1, 9), Axis.uniform(-1, 1, 9));
        RadialOperator model = Operators.radial(grid, Radial.gaussian(2, 0.2).within(0.5));
        ShellPlan plan = model.shellPlan(Precision.DOUBLE, Execution.standard());
        double[] values = model.values();
        assertThatThrownBy(() -> plan.setValues(1, 2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("values are 2").hasMessageContaining("" + values.length);
        values[3] = Double.NaN;
        assertThatThrownBy(() -> plan.setValues(values)).hasMessageContaining("value 3 is NaN");
        Field x = Fields.automatic().scalar(grid);
        assertThatThrownBy(() -> plan.apply(x, x)).isInstanceOf(IllegalArgumentException.class);
        Field vector = Fields.automatic().vector(grid);
        assertThatThrownBy(() -> plan.apply(vector, x)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan.addShellGradient(x, x, new double[1]))
                .hasMessageContaining("sum has 1 entries");
        Field single = Fields.automatic().precision(Precision.FLOAT).scalar(grid);
        assertThatThrownBy(() -> plan.apply(single, single)).hasMessageContaining("precision FLOAT");
        assertThat(plan.explain()).contains("taps");
    }

    /** Sums of as many products in another order. */
    private static void requireNear(double[] gradient, double[] expected, Precision precision) {
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        double bar = precision == Precision.DOUBLE ? 1e-13 : 2e-6;
        for (int p = 0; p < gradient.length; p++) {
            assertThat(gradient[p]).as("value " + p).isCloseTo(expected[p], within(bar * scale));
        }
    }
}
