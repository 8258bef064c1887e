package org.isotrope.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.RadialOperator;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.radial.Radial;
import org.isotrope.kernels.spectral.SpectralRadialOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TapeTest {
    private static final Grid PLANE = Grid.of(Axis.uniform(-1, 1, 9), Axis.periodic(0, 2, 7));
    private static final Grid SHEARED = Grid.of(
            new double[][] {{1, 0.3}, {0, 0.9}}, Axis.uniform(0, 1, 8), Axis.uniform(0, 1.2, 10));
    private static final Grid SPACE = Grid.of(Axis.uniform(0, 1, 5), Axis.periodic(0, 1, 6), Axis.uniform(0, 1, 7));

    private final Random random = new Random(3);

    private Field random(Space space) {
        return DirectionalDerivatives.random(Fields.automatic().of(space.type(), space.grid()), random);
    }

    static List<LinearOperator> operators() {
        Boundaries extrapolate = Boundaries.all(Boundary.extrapolate(1));
        return List.of(
                Operators.gradient(PLANE),
                Operators.divergence(SPACE),
                Operators.curl(SPACE, extrapolate),
                Operators.curl(PLANE),
                Operators.laplacian(SHEARED),
                Operators.laplacian(PLANE, FieldType.VECTOR, Boundaries.all(Boundary.mirror())),
                Operators.gradient(SHEARED).then(Operators.divergence(SHEARED, extrapolate)),
                Operators.laplacian(PLANE).plus(Operators.derivative(PLANE, 0, extrapolate).times(0.3)),
                Operators.laplacian(PLANE).adjoint());
    }

    @ParameterizedTest
    @MethodSource("operators")
    void gradientThroughAnOperator(LinearOperator operator) {
        Tape tape = new Tape(Precision.DOUBLE);
        FieldVariable x = tape.input(random(operator.domain()));
        FieldVariable y = tape.apply(operator, x);
        // quadratic, so that central differences have no truncation error even for large derivatives
        DirectionalDerivatives.require(tape, tape.dot(y, tape.add(y, tape.constant(random(operator.range())))));
    }

    static List<RadialOperator> kernels() {
        var radial = Radial.gaussian(2, 0.2).within(0.5);
        Boundaries mirror = Boundaries.all(Boundary.mirror());
        return List.of(
                Operators.radial(PLANE, radial),
                Operators.radial(PLANE, radial, FieldType.VECTOR),
                Operators.radial(SHEARED, radial, FieldType.VECTOR, FieldType.SCALAR),
                Operators.radial(SHEARED, radial, FieldType.VECTOR, FieldType.PSEUDOSCALAR),
                Operators.radial(PLANE, radial, FieldType.VECTOR, FieldType.VECTOR, mirror),
                Operators.radial(SPACE, radial, FieldType.VECTOR, FieldType.PSEUDOVECTOR));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void gradientThroughAConvolutionInFieldAndRadialValues(RadialOperator kernel) {
        Tape tape = new Tape(Precision.DOUBLE);
        ArrayVariable values = tape.input(kernel.values());
        FieldVariable x = tape.input(random(kernel.domain()));
        FieldVariable y = tape.convolve(kernel, values, x);
        FieldVariable target = tape.constant(random(kernel.range()));
        DirectionalDerivatives.require(tape, Losses.squaredError(y, target));
    }

    @Test
    void gradientThroughAFunctionOfTheWaveNumber() {
        Grid ring = Grid.of(new double[][] {{1, 0.2}, {0, 1}}, Axis.periodic(0, 1, 8), Axis.periodic(0, 1, 7));
        SpectralRadialOperator model = SpectralRadialOperator.of(ring, new double[] {0, 5, 30}, FieldType.VECTOR,
                FieldType.VECTOR, 1, -0.5, 0.2, 0.1, 0.7, -0.3);
        Tape tape = new Tape(Precision.DOUBLE);
        ArrayVariable values = tape.input(model.values());
        FieldVariable x = tape.input(random(model.domain()));
        FieldVariable y = tape.convolve(model, values, x);
        assertThat(y.value().toArray()).containsExactly(model.apply(x.value()).toArray());
        DirectionalDerivatives.require(tape, Losses.squaredError(y, tape.constant(random(model.range()))));
        assertThatThrownBy(() -> tape.convolve(model, tape.input(1, 2), x))
                .hasMessage("values are 2; there had to be 6, one a knot for each function");
    }

    @Test
    void convolutionOnTheTapeIsTheOperator() {
        RadialOperator kernel = kernels().getFirst();
        Field x = random(kernel.domain());
        Tape tape = new Tape(Precision.DOUBLE);
        FieldVariable y = tape.convolve(kernel, tape.constant(kernel.values()), tape.constant(x));
        assertThat(y.value().toArray()).containsExactly(kernel.apply(x).toArray());
    }

    private interface Binary extends BiFunction<Tape, FieldVariable[], FieldVariable> {}

    static List<Binary> pointwise() {
        return List.of(
                (tape, x) -> tape.add(x[0], x[1]),
                (tape, x) -> tape.subtract(x[0], x[1]),
                (tape, x) -> tape.multiply(x[0], x[1]),
                (tape, x) -> tape.divide(x[0], tape.map(PointwiseFunction.EXP, x[1])),
                (tape, x) -> tape.combine(tape.input(0.3, -1.7, 0.4), x[0], x[1], x[0]),
                (tape, x) -> tape.scale(tape.input(0.3), tape.multiply(x[0], x[0])),
                (tape, x) -> tape.scale(-2, tape.multiply(x[0], x[1])),
                (tape, x) -> tape.map(PointwiseFunction.TANH, tape.map(PointwiseFunction.SQUARE, x[1])));
    }

    @ParameterizedTest
    @MethodSource("pointwise")
    void gradientThroughPointwiseArithmetic(Binary operation) {
        Space space = new Space(PLANE, FieldType.VECTOR);
        Tape tape = new Tape(Precision.DOUBLE);
        FieldVariable a = tape.input(random(space));
        FieldVariable b = tape.input(random(space));
        FieldVariable y = operation.apply(tape, new FieldVariable[] {a, b});
        ArrayVariable both = tape.combine(new double[] {1, 0.1, 0.1}, tape.dot(y, y), tape.dot(a, a), tape.sum(b));
        DirectionalDerivatives.require(tape, both);
    }

    @Test
    void lossesAgainstPlainSums() {
        Space space = new Space(PLANE, FieldType.SCALAR);
        Field prediction = random(space);
        Field target = random(space);
        Tape tape = new Tape(Precision.DOUBLE);
        FieldVariable p = tape.input(prediction);
        FieldVariable t = tape.constant(target);
        double squares = 0;
        double difference = 0;
        double size = 0;
        for (long i = 0; i < target.count(); i++) {
            double error = prediction.getFlat(i) - target.getFlat(i);
            squares += error * error;
            difference += Math.abs(error);
            size += Math.abs(target.getFlat(i));
        }
        ArrayVariable absolute = Losses.normalisedAbsoluteError(p, t);
        assertThat(Losses.squaredError(p, t).value()).isCloseTo(squares, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(absolute.value()).isCloseTo(difference / size, org.assertj.core.data.Offset.offset(1e-14));
        DirectionalDerivatives.require(tape, absolute);
    }

    @Test
    void gradientThroughArrays() {
        Tape tape = new Tape(Precision.DOUBLE);
        ArrayVariable a = tape.input(0.5, -1.5, 2);
        ArrayVariable b = tape.input(1, 2, -0.5);
        ArrayVariable product = tape.multiply(a, tape.combine(new double[] {2, -3}, a, b));
        ArrayVariable total = tape.map(new Total(3), product);
        assertThat(total.value()).isEqualTo(0.5 * (1 - 3) - 1.5 * (-3 - 6) + 2 * (4 + 1.5));
        DirectionalDerivatives.require(tape, total);
    }

    private record Total(int count) implements ArrayFunction {
        @Override
        public int results() {
            return 1;
        }

        @Override
        public void value(double[] x, double[] y) {
            y[0] = 0;
            for (double entry : x) {
                y[0] += entry;
            }
        }

        @Override
        public void pullback(double[] x, double[] yAdjoint, double[] xAdjoint) {
            for (int i = 0; i < count; i++) {
                xAdjoint[i] += yAdjoint[0];
            }
        }
    }

    @Test
    void forwardRunsAgainFromChangedInputs() {
        Tape tape = new Tape(Precision.FLOAT);
        Field field = Fields.automatic().precision(Precision.FLOAT).scalar(PLANE).fill(2);
        FieldVariable x = tape.input(field);
        ArrayVariable c = tape.input(3.0);
        ArrayVariable sum = tape.sum(tape.scale(c, x));
        assertThat(sum.value()).isEqualTo(6 * 63);
        c.set(0.5);
        field.fill(4);
        tape.forward();
        assertThat(sum.value()).isEqualTo(2 * 63);
        tape.backward(sum);
        assertThat(c.gradient()).containsExactly(4 * 63);
        assertThat(x.gradient().getFlat(5)).isEqualTo(0.5);
        tape.backward(sum);
        assertThat(c.gradient()).as("gradients start anew").containsExactly(4 * 63);
    }

    @Test
    void constantsHaveNoGradient() {
        Tape tape = new Tape(Precision.DOUBLE);
        FieldVariable constant = tape.constant(Fields.automatic().scalar(PLANE));
        FieldVariable image = tape.apply(Operators.gradient(PLANE), constant);
        assertThat(image.isDifferentiable()).isFalse();
        assertThatThrownBy(image::gradient).isInstanceOf(IllegalStateException.class).hasMessageContaining("constant");
        ArrayVariable sum = tape.sum(image);
        assertThatThrownBy(() -> tape.backward(sum)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void wrongUseIsNamed() {
        Tape tape = new Tape(Precision.DOUBLE);
        Field floats = Fields.automatic().precision(Precision.FLOAT).scalar(PLANE);
        assertThatThrownBy(() -> tape.input(floats)).hasMessageContaining("precision FLOAT");
        FieldVariable x = tape.input(Fields.automatic().scalar(PLANE));
        FieldVariable v = tape.input(Fields.automatic().vector(PLANE));
        FieldVariable other = new Tape(Precision.DOUBLE).input(Fields.automatic().scalar(PLANE));
        assertThatThrownBy(() -> tape.add(x, v)).hasMessageContaining("vector");
        assertThatThrownBy(() -> tape.add(x, other)).hasMessageContaining("another tape");
        assertThatThrownBy(() -> tape.apply(Operators.divergence(PLANE), x)).hasMessageContaining("vector");
        assertThatThrownBy(() -> tape.combine(tape.constant(1, 2), x)).hasMessageContaining("2, one for each");
        ArrayVariable pair = tape.input(1, 2);
        assertThatThrownBy(() -> tape.backward(pair)).hasMessageContaining("2 entries");
        assertThatThrownBy(() -> pair.set(1)).hasMessageContaining("there had to be 2");
        assertThatThrownBy(() -> tape.sum(x).set(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Losses.normalisedAbsoluteError(x, tape.constant(Fields.automatic().scalar(PLANE))))
                .hasMessageContaining("positive");
    }
}
