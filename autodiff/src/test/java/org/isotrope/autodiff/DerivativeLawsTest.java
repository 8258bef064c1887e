package org.isotrope.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every kind of step that a tape knows, found by reflection, to the laws of differentiation. */
class DerivativeLawsTest {
    private static final Map<String, Function<Tape, Variable>> SAMPLES = DerivativeSamples.all();

    static Stream<String> samples() {
        return SAMPLES.keySet().stream();
    }

    /** A number that depends on the result of a sample linearly and quadratically, with random weights. */
    private static ArrayVariable loss(Tape tape, String sample) {
        Random random = new Random(5);
        return switch (SAMPLES.get(sample).apply(tape)) {
            case FieldVariable y -> {
                Field weights = DirectionalDerivatives.random(y.value(), random);
                yield tape.combine(new double[] {1, 0.1}, tape.dot(tape.constant(weights), y), tape.dot(y, y));
            }
            case ArrayVariable y -> {
                double[] weights = random.doubles(y.size(), -1, 1).toArray();
                ArrayVariable terms = tape.combine(new double[] {1, 0.1},
                        tape.multiply(tape.constant(weights), y), tape.multiply(y, y));
                yield tape.map(ArrayFunction.of(1, x -> new Dual[] {Arrays.stream(x).reduce(Dual::plus).orElseThrow()}),
                        terms);
            }
        };
    }

    @Test
    void everyKindOfStepHasASample() {
        Set<Class<?>> seen = new HashSet<>();
        for (String sample : SAMPLES.keySet()) {
            Tape tape = new Tape(Precision.DOUBLE);
            SAMPLES.get(sample).apply(tape);
            tape.nodes().forEach(node -> seen.add(node.getClass()));
        }
        Class<?>[] kinds = Node.class.getPermittedSubclasses();
        assertThat(kinds).hasSizeGreaterThan(10);
        assertThat(seen).contains(kinds);
    }

    private static void direct(Tape tape, Random random) {
        for (Variable input : tape.inputs()) {
            switch (input) {
                case FieldVariable field -> field.tangent().copyFrom(
                        DirectionalDerivatives.random(field.value(), random));
                case ArrayVariable array ->
                    array.setTangent(random.doubles(array.size(), -1, 1).toArray());
            }
        }
    }

    /** Tangents of the inputs, {their gradients, the tangents of those}, each as one flat array. */
    private static double[] flat(Tape tape, Function<Variable, double[]> part) {
        return tape.inputs().stream().map(part).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[] tangents(Tape tape) {
        return flat(tape, v -> v instanceof FieldVariable f ? f.tangent().toArray() : ((ArrayVariable) v).tangent());
    }

    private static double[] gradients(Tape tape) {
        return flat(tape, v -> v instanceof FieldVariable f ? f.gradient().toArray() : ((ArrayVariable) v).gradient());
    }

    private static double[] gradientTangents(Tape tape) {
        return flat(tape, v -> v instanceof FieldVariable f
                ? f.gradientTangent().toArray() : ((ArrayVariable) v).gradientTangent());
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static double norm(double[] x) {
        return Math.sqrt(dot(x, x));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void forwardAndReverseModeAreTransposed(String sample) {
        Tape tape = new Tape(Precision.DOUBLE);
        ArrayVariable loss = loss(tape, sample);
        Random random = new Random(6);
        for (int round = 0; round < 3; round++) {
            direct(tape, random);
            tape.tangent();
            double forward = loss.tangent()[0];
            tape.backward(loss);
            double reverse = dot(tangents(tape), gradients(tape));
            assertThat(norm(gradients(tape))).isPositive();
            assertThat(Math.abs(forward - reverse)).isLessThanOrEqualTo(1e-12 * norm(gradients(tape)));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void gradientsAreThoseOfCentralDifferences(String sample) {
        Tape tape = new Tape(Precision.DOUBLE);
        DirectionalDerivatives.require(tape, loss(tape, sample));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void hessiansAreSymmetric(String sample) {
        Tape tape = new Tape(Precision.DOUBLE);
        ArrayVariable loss = loss(tape, sample);
        Random random = new Random(8);
        direct(tape, random);
        tape.hessianProduct(loss);
        double[] v = tangents(tape);
        double[] hv = gradientTangents(tape);
        direct(tape, random);
        double curvature = tape.hessianProduct(loss);
        double[] w = tangents(tape);
        double[] hw = gradientTangents(tape);
        assertThat(norm(hv)).isPositive();
        assertThat(Math.abs(dot(w, hv) - dot(v, hw))).isLessThanOrEqualTo(1e-11 * (norm(hv) + norm(hw)));
        assertThat(Math.abs(curvature - dot(w, hw))).isLessThanOrEqualTo(1e-12 * norm(hw) * norm(w));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void hessianProductsAreDifferencesOfGradients(String sample) {
        Tape tape = new Tape(Precision.DOUBLE);
        ArrayVariable loss = loss(tape, sample);
        direct(tape, new Random(9));
        tape.hessianProduct(loss);
        double[] product = gradientTangents(tape);
        double step = 1e-5;
        move(tape, step);
        tape.forward();
        tape.backward(loss);
        double[] above = gradients(tape);
        move(tape, -2 * step);
        tape.forward();
        tape.backward(loss);
        double[] below = gradients(tape);
        double[] error = new double[product.length];
        for (int i = 0; i < error.length; i++) {
            error[i] = (above[i] - below[i]) / (2 * step) - product[i];
        }
        assertThat(norm(error)).isLessThanOrEqualTo(1e-6 * norm(product));
    }

    private static void move(Tape tape, double step) {
        for (Variable input : tape.inputs()) {
            switch (input) {
                case FieldVariable field -> Arithmetic.addScaled(step, field.tangent(), field.value());
                case ArrayVariable array -> {
                    double[] moved = array.values();
                    for (int i = 0; i < moved.length; i++) {
                        moved[i] += step * array.tangent()[i];
                    }
                    array.set(moved);
                }
            }
        }
    }

    /** The laws must be able to fail: a function whose transpose is off by one part in a million. */
    @Test
    void aWrongTransposeIsFound() {
        Tape tape = new Tape(Precision.DOUBLE);
        ArrayVariable x = tape.input(0.5, 2);
        ArrayVariable y = tape.map(new ArrayFunction() {
            @Override
            public int results() {
                return 1;
            }

            @Override
            public void value(double[] in, double[] out) {
                out[0] = in[0] * in[1];
            }

            @Override
            public void pushforward(double[] in, double[] inTangent, double[] outTangent) {
                outTangent[0] = in[0] * inTangent[1] + in[1] * inTangent[0];
            }

            @Override
            public void pullback(double[] in, double[] outAdjoint, double[] inAdjoint) {
                inAdjoint[0] += outAdjoint[0] * in[1] * (1 + 1e-6);
                inAdjoint[1] += outAdjoint[0] * in[0];
            }
        }, x);
        x.setTangent(1, 1);
        tape.tangent();
        tape.backward(y);
        assertThat(Math.abs(y.tangent()[0] - dot(x.tangent(), x.gradient()))).isGreaterThan(1e-9);
    }

    @Test
    void floatsCarryTangentsToo() {
        Tape tape = new Tape(Precision.FLOAT);
        FieldVariable x = tape.input(
                Fields.automatic().precision(Precision.FLOAT).scalar(DerivativeSamples.PLANE).fill(2));
        x.tangent().fill(3);
        ArrayVariable loss = tape.sum(tape.multiply(x, x));
        assertThat(tape.hessianProduct(loss)).isEqualTo(18.0 * x.value().count());
        assertThat(loss.tangent()).containsExactly(12.0 * x.value().count());
    }
}
