package org.isotrope.autodiff.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.isotrope.autodiff.ArrayVariable;
import org.isotrope.autodiff.DirectionalDerivatives;
import org.isotrope.autodiff.FieldVariable;
import org.isotrope.autodiff.ParametricOperator;
import org.isotrope.autodiff.PointwiseFunction;
import org.isotrope.autodiff.Tape;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.solve.LinearSolver;
import org.isotrope.kernels.time.Tableau;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedStepsTest {
    private static final Grid GRID = Grid.of(Axis.periodic(0, 1, 8), Axis.periodic(0, 1, 6));
    private static final LinearOperator LAPLACIAN = Operators.laplacian(GRID);

    private static Field random(long seed) {
        return DirectionalDerivatives.random(Fields.automatic().scalar(GRID), new Random(seed));
    }

    static List<Tableau> methods() {
        return List.of(Tableau.euler(), Tableau.heun(), Tableau.ssprk3(), Tableau.rk4(), Tableau.tsitouras54(),
                Tableau.dormandPrince54());
    }

    private static FieldVariable rate(Tape tape, ArrayVariable a, ArrayVariable time, FieldVariable u) {
        FieldVariable spread = tape.scale(a, tape.apply(LAPLACIAN, u));
        return tape.add(spread, tape.scale(time, tape.map(PointwiseFunction.SIN, u)));
    }

    /** States and gradients are those of a trajectory. */
    @ParameterizedTest
    @MethodSource("methods")
    void explicitStepsAreThoseOfATrajectory(Tableau method) {
        Field initial = random(1);
        Field adjoint = random(2);
        Tape tape = new Tape(Precision.DOUBLE);
        FieldVariable u = tape.input(initial);
        ArrayVariable a = tape.input(0.01);
        FieldVariable end = RecordedSteps.explicit(
                tape, (same, time, state) -> rate(tape, a, time, state), method, u, 0.3, 0.05, 4);
        tape.backward(end, adjoint);
        TapedSystem system = new TapedSystem(new Space(GRID, FieldType.SCALAR), Precision.DOUBLE,
                (inner, time, state) -> rate(inner, inner.input(0.01), time, state));
        Trajectory run = Trajectory.fixed(system, method, initial, new double[] {0.3, 0.5}, 4);
        assertThat(end.value().toArray()).containsExactly(run.frame(1).toArray(), within(1e-13));
        Trajectory.Gradient gradient = run.backward(Arrays.asList(null, adjoint));
        assertThat(u.gradient().toArray()).containsExactly(gradient.initial().toArray(), within(1e-12));
        double byA = gradient.array(0)[0];
        assertThat(a.gradient(0)).isCloseTo(byA, within(1e-12 * Math.abs(byA)));
    }

    /** A wave on the grid decays by {@code ((1 − z)/(1 + z))} a step, {@code z = a h λ/2}. */
    @Test
    void implicitStepsHaveTheirFactorAndItsDerivative() {
        double h = 0.7;
        double a = 0.02;
        int steps = 3;
        Tape tape = new Tape(Precision.DOUBLE);
        Field wave = Fields.automatic().scalar(GRID).fill(x -> Math.cos(2 * Math.PI * x[0]));
        FieldVariable u = tape.input(Fields.automatic().copy(wave));
        ArrayVariable diffusivity = tape.input(a);
        ParametricOperator.Recording spread = (inner, x, parameters) ->
                inner.scale((ArrayVariable) parameters.getFirst(), inner.apply(LAPLACIAN, x));
        FieldVariable end = RecordedSteps.crankNicolson(tape,
                LinearSolver.conjugateGradients().withRelative(1e-14).withAbsolute(1e-14), spread, u, h, steps,
                diffusivity);
        double lambda = 2 * (1 - Math.cos(2 * Math.PI / 8)) * 64;
        double z = a * h * lambda / 2;
        double factor = Math.pow((1 - z) / (1 + z), steps);
        for (long i = 0; i < wave.count(); i++) {
            assertThat(end.value().getFlat(i)).isCloseTo(factor * wave.getFlat(i), within(1e-13));
        }
        ArrayVariable loss = tape.dot(end, tape.constant(wave));
        tape.backward(loss);
        double slope = steps * Math.pow((1 - z) / (1 + z), steps - 1) * -2 / ((1 + z) * (1 + z)) * h * lambda / 2;
        double square = Arithmetic.dot(wave, wave);
        assertThat(diffusivity.gradient(0)).isCloseTo(slope * square, within(1e-11 * square));
        assertThat(u.gradient().getFlat(0)).isCloseTo(factor, within(1e-12));
        DirectionalDerivatives.require(tape, loss);
    }

    @Test
    void wrongUseIsNamed() {
        Tape tape = new Tape(Precision.DOUBLE);
        FieldVariable u = tape.input(random(1));
        assertThatThrownBy(() -> RecordedSteps.explicit(
                tape, (same, time, x) -> tape.apply(LAPLACIAN, x), Tableau.rk4(), u, 0, 0.1, 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("number of steps is 0");
    }
}
