package org.isotrope.autodiff.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.DirectionalDerivatives;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.PointwiseFunction;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.time.Tableau;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrajectoryTest {
    private static final Grid GRID = Grid.of(Axis.uniform(0, 1, 8), Axis.periodic(0, 1, 9));
    private static final Space SPACE = new Space(GRID, FieldType.SCALAR);
    private static final double[] TIMES = {0, 0.02, 0.05, 0.06};

    static List<Tableau> methods() {
        return List.of(Tableau.rk4(), Tableau.tsitouras54());
    }

    /** {@code du/dt = a Δu + b tanh(u) + cos(t)-free source s}: nonlinear, with array and field parameters. */
    private static TapedSystem system(double a, double b, Field source) {
        LinearOperator laplacian = Operators.laplacian(GRID, Boundaries.all(Boundary.mirror()));
        return new TapedSystem(SPACE, Precision.DOUBLE, (tape, time, u) -> {
            ArrayVariable coefficients = tape.input(a, b);
            FieldVariable s = tape.input(source);
            FieldVariable forced = tape.scale(time, s);
            return tape.add(forced,
                    tape.combine(coefficients, tape.apply(laplacian, u), tape.map(PointwiseFunction.TANH, u)));
        });
    }

    private static Field random(long seed) {
        return DirectionalDerivatives.random(Fields.automatic().scalar(GRID), new Random(seed));
    }

    private record Problem(double a, double b, Field source, Field initial) {}

    private static double loss(Tableau method, Problem p, List<Field> weights) {
        Trajectory trajectory = Trajectory.fixed(system(p.a, p.b, p.source), method, p.initial, TIMES, 7);
        double loss = 0;
        for (int f = 0; f < TIMES.length; f++) {
            if (weights.get(f) != null) {
                loss += Arithmetic.dot(weights.get(f), trajectory.frame(f));
            }
        }
        return loss;
    }

    @ParameterizedTest
    @MethodSource("methods")
    void gradientsAgainstCentralDifferences(Tableau method) {
        List<Field> weights = new ArrayList<>(Arrays.asList(random(1), null, random(2), random(3)));
        Field initial = random(4);
        Field source = random(5);
        Problem at = new Problem(0.02, 0.7, source, initial);
        Trajectory.Gradient gradient = Trajectory.fixed(system(0.02, 0.7, source), method, initial, TIMES, 7)
                .backward(weights);
        double e = 1e-5;
        double byA = (loss(method, new Problem(0.02 + e, 0.7, source, initial), weights)
                - loss(method, new Problem(0.02 - e, 0.7, source, initial), weights)) / (2 * e);
        double byB = (loss(method, new Problem(0.02, 0.7 + e, source, initial), weights)
                - loss(method, new Problem(0.02, 0.7 - e, source, initial), weights)) / (2 * e);
        assertThat(gradient.array(0)[0]).isCloseTo(byA, within(1e-7 * Math.abs(byA)));
        assertThat(gradient.array(0)[1]).isCloseTo(byB, within(1e-7 * Math.abs(byB)));
        Field direction = random(6);
        double bySource = (loss(method, new Problem(at.a, at.b, moved(source, e, direction), initial), weights)
                - loss(method, new Problem(at.a, at.b, moved(source, -e, direction), initial), weights)) / (2 * e);
        double byInitial = (loss(method, new Problem(at.a, at.b, source, moved(initial, e, direction)), weights)
                - loss(method, new Problem(at.a, at.b, source, moved(initial, -e, direction)), weights)) / (2 * e);
        Field slope = gradient.field(1);
        assertThat(Arithmetic.dot(slope, direction))
                .isCloseTo(bySource, within(1e-7 * Math.sqrt(Arithmetic.dot(slope, slope))));
        assertThat(Arithmetic.dot(gradient.initial(), direction))
                .isCloseTo(byInitial, within(1e-7 * Math.abs(byInitial)));
    }

    /** In the initial state and all parameters at once, for steps of either kind. */
    @ParameterizedTest
    @MethodSource("methods")
    void tangentsAreTransposedAndThoseOfCentralDifferences(Tableau method) {
        Field initial = random(4);
        Field source = random(5);
        Field direction = random(6);
        Field sourceDirection = random(7);
        TapedSystem system = system(0.02, 0.7, source);
        ((ArrayVariable) system.parameters().get(0)).setTangent(0.01, -0.4);
        ((FieldVariable) system.parameters().get(1)).tangent().copyFrom(sourceDirection);
        Trajectory fixed = Trajectory.fixed(system, method, initial, TIMES, 7);
        List<Field> tangents = fixed.tangent(direction);
        assertThat(tangents).hasSize(TIMES.length);
        assertThat(tangents.getFirst().toArray()).containsExactly(direction.toArray());
        List<Field> weights = new ArrayList<>(Arrays.asList(random(1), null, random(2), random(3)));
        double e = 1e-5;
        double above = loss(method, new Problem(0.02 + 0.01 * e, 0.7 - 0.4 * e, moved(source, e, sourceDirection),
                moved(initial, e, direction)), weights);
        double below = loss(method, new Problem(0.02 - 0.01 * e, 0.7 + 0.4 * e, moved(source, -e, sourceDirection),
                moved(initial, -e, direction)), weights);
        double forward = sum(weights, tangents);
        assertThat(forward).isCloseTo((above - below) / (2 * e), within(1e-7 * Math.abs(forward)));
        requireTransposed(fixed, weights, tangents, direction, sourceDirection);
        Trajectory adaptive = Trajectory.adaptive(
                system, Tableau.tsitouras54(), initial, TIMES, 1e-5, 1e-7, Checkpoints.slots(3));
        requireTransposed(adaptive, weights, adaptive.tangent(direction), direction, sourceDirection);
    }

    private static double sum(List<Field> weights, List<Field> fields) {
        double sum = 0;
        for (int f = 0; f < TIMES.length; f++) {
            sum += weights.get(f) == null ? 0 : Arithmetic.dot(weights.get(f), fields.get(f));
        }
        return sum;
    }

    private static void requireTransposed(
            Trajectory run, List<Field> weights, List<Field> tangents, Field direction, Field sourceDirection) {
        Trajectory.Gradient gradient = run.backward(weights);
        double reverse = Arithmetic.dot(gradient.initial(), direction)
                + 0.01 * gradient.array(0)[0] - 0.4 * gradient.array(0)[1]
                + Arithmetic.dot(gradient.field(1), sourceDirection);
        double size = Math.sqrt(Arithmetic.dot(gradient.initial(), gradient.initial())
                * Arithmetic.dot(direction, direction)) + Math.abs(gradient.array(0)[0]);
        assertThat(Math.abs(sum(weights, tangents) - reverse)).isLessThanOrEqualTo(1e-12 * size);
    }

    private static Field moved(Field field, double factor, Field direction) {
        Field moved = Fields.automatic().copy(field);
        Arithmetic.addScaled(factor, direction, moved);
        return moved;
    }

    @Test
    void adaptiveStepsKeepTheToleranceAndGoBackThroughTheStepsTaken() {
        Field source = random(5);
        Field initial = random(4);
        Trajectory fine = Trajectory.fixed(system(0.02, 0.7, source), Tableau.rk4(), initial, TIMES, 400);
        Trajectory adaptive = Trajectory.adaptive(
                system(0.02, 0.7, source), Tableau.tsitouras54(), initial, TIMES, 1e-8, 1e-10);
        for (int f = 1; f < TIMES.length; f++) {
            assertThat(adaptive.frame(f).toArray()).containsExactly(fine.frame(f).toArray(), within(1e-6));
        }
        List<Field> weights = new ArrayList<>(Arrays.asList(null, null, null, random(3)));
        double[] exact = fine.backward(weights).array(0);
        double[] taken = adaptive.backward(weights).array(0);
        assertThat(taken[0]).isCloseTo(exact[0], within(1e-5 * Math.abs(exact[0])));
        assertThat(adaptive.steps()).isLessThan(fine.steps());
    }

    @Test
    void wrongUseIsNamed() {
        TapedSystem system = system(1, 1, random(5));
        Field initial = random(4);
        assertThatThrownBy(() -> Trajectory.fixed(system, Tableau.rk4(), initial, new double[] {0, 0}, 1))
                .hasMessageContaining("frame time 1");
        assertThatThrownBy(() -> Trajectory.fixed(system, Tableau.rk4(), initial, TIMES, 0))
                .hasMessageContaining("steps are 0");
        assertThatThrownBy(() -> Trajectory.adaptive(system, Tableau.rk4(), initial, TIMES, 1e-6, 1e-6))
                .hasMessageContaining("no error estimate");
        Trajectory trajectory = Trajectory.fixed(system, Tableau.rk4(), initial, TIMES, 1);
        assertThatThrownBy(() -> trajectory.tangent(Fields.automatic().vector(GRID))).hasMessageContaining("vector");
        assertThatThrownBy(() -> trajectory.backward(List.of(initial))).hasMessageContaining("there had to be 4");
        assertThatThrownBy(() -> new TapedSystem(SPACE, Precision.DOUBLE, (tape, time, u) ->
                tape.apply(Operators.gradient(GRID), u))).hasMessageContaining("scalar");
    }
}
