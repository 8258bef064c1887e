package org.isotrope.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.time.RungeKutta;
import org.isotrope.kernels.time.Tableau;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearStepsTest {
    private static final Tableau[] METHODS = {
        Tableau.euler(), Tableau.heun(), Tableau.ssprk3(), Tableau.rk4(), Tableau.tsitouras54()
    };
    private static final Boundaries CLOSED = Boundaries.all(Boundary.symmetric());

    private static LinearSteps plan(
            Tableau method, LinearOperator rate, double h, int steps, Precision precision, Execution how, int depth) {
        double[][] a = new double[method.stages()][];
        double[] b = new double[method.stages()];
        for (int i = 0; i < b.length; i++) {
            b[i] = method.b(i);
            a[i] = new double[i];
            for (int j = 0; j < i; j++) {
                a[i][j] = method.a(i, j);
            }
        }
        return LinearSteps.rungeKutta(rate, a, b, h, steps, precision, how, depth);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void wavesOfStagesGiveTheBitsOfRungeKutta(int threads) {
        Random random = new Random(threads);
        for (int trial = 0; trial < 10; trial++) {
            Tableau method = METHODS[trial % 5];
            Precision precision = Precision.values()[trial / 5];
            Axis first = random.nextBoolean() ? Axis.periodic(0, 1, 37 + random.nextInt(20)) : Axis.cells(0, 1, 41);
            Grid grid = Grid.of(first, Axis.cells(0, 1, 23), Axis.periodic(0, 1, 27));
            LinearOperator rate = Operators.laplacian(grid, CLOSED).plus(Operators.derivative(grid, 0, CLOSED));
            double h = 1e-5;
            int steps = 1 + random.nextInt(3);
            Field start = Samples.random(FieldType.SCALAR, grid, precision, random.nextLong());
            Field expected = Fields.automatic().copy(start);
            Plan plain = rate.plan(precision, Execution.serial());
            new RungeKutta(method, start).integrate((t, u, slope) -> plain.apply(u, slope), expected, 0, h * steps, steps,
                    (t, size, u) -> {});
            LinearSteps plan = plan(method, rate, h * steps / steps, steps, precision, Execution.threads(threads),
                    2 + random.nextInt(6));
            for (int time = 0; time < 2; time++) {
                Field out = Samples.poisoned(rate.domain(), precision);
                plan.apply(start, out);
                assertThat(out.segment().mismatch(expected.segment())).as(method + ", " + plan.explain()).isEqualTo(-1);
            }
        }
    }

    @Test
    void integrateTakesThem() {
        Grid grid = Grid.of(Axis.periodic(0, 1, 32));
        LinearOperator rate = Operators.derivative(grid, 0, CLOSED).times(-1);
        Field u = Fields.automatic().scalar(grid, x -> Math.sin(2 * Math.PI * x[0]));
        Field start = Fields.automatic().copy(u);
        Field expected = Fields.automatic().copy(u);
        new RungeKutta(Tableau.rk4(), u).integrate(rate, u, 0, 0.25, 40);
        new RungeKutta(Tableau.rk4(), u).integrate((t, x, slope) -> rate.apply(x, slope), expected, 0, 0.25, 40,
                (t, h, x) -> {});
        assertThat(Samples.bits(u)).isEqualTo(Samples.bits(expected));
        // the wave number that centred differences see
        double speed = Math.sin(2 * Math.PI / 32) * 32 / (2 * Math.PI);
        for (int i = 0; i < 32; i++) {
            double x = i / 32.0 - speed * 0.25;
            assertThat(u.get(0, i)).isCloseTo(Math.sin(2 * Math.PI * x), within(1e-6));
        }
        assertThat(Samples.distance(u, start)).isGreaterThan(0.5);
    }

    /** The polynomial in A that a step is has the transposed operator in its transpose. */
    @Test
    void stepsOfTheAdjointAreTheAdjoint() {
        Grid grid = Grid.of(Axis.cells(0, 1, 30), Axis.periodic(0, 1, 20));
        LinearOperator rate = Operators.derivative(grid, 0, Boundaries.all(Boundary.extrapolate(1)));
        for (Tableau method : METHODS) {
            Field x = Samples.random(rate.domain(), 1);
            Field y = Samples.random(rate.domain(), 2);
            Field forward = Fields.automatic().like(x);
            Field back = Fields.automatic().like(x);
            plan(method, rate, 1e-3, 5, Precision.DOUBLE, Execution.serial(), 4).apply(x, forward);
            plan(method, rate.adjoint(), 1e-3, 5, Precision.DOUBLE, Execution.serial(), 4).apply(y, back);
            assertThat(Samples.dot(x, back)).isCloseTo(Samples.dot(forward, y), within(1e-11));
        }
    }

    @Test
    void saysHowDeepWavesAreAndRefusesWhatDoesNotFit() {
        Grid large = Grid.of(Axis.periodic(0, 1, 64), Axis.periodic(0, 1, 256), Axis.periodic(0, 1, 256));
        LinearOperator rate = Operators.laplacian(large);
        assertThat(Tableau.heun().steps(rate, 1e-6, 3, Precision.FLOAT, Execution.serial()).explain())
                .startsWith("3 steps of 2 stages, in waves of 6 stages, each by ");
        assertThatThrownBy(() -> Tableau.rk4().steps(rate, 1e-6, 0, Precision.FLOAT, Execution.serial()))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("steps are 0; they had to be at least 1");
        assertThatThrownBy(() -> Tableau.rk4().steps(rate, Double.NaN, 1, Precision.FLOAT, Execution.serial()))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("h is NaN; it had to be finite");
        assertThatThrownBy(() -> LinearSteps.rungeKutta(rate, new double[][] {{}, {1, 2}}, new double[] {0.5, 0.5}, 1, 1,
                Precision.FLOAT, Execution.serial())).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 1 has 2 numbers; it had to have 1");
        Field u = Fields.automatic().scalar(Grid.of(Axis.periodic(0, 1, 9)));
        RungeKutta method = new RungeKutta(Tableau.rk4(), u);
        assertThatThrownBy(() -> method.integrate(rate, u, 0, 1, 3)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("in lives on another grid");
        assertThatThrownBy(() -> method.integrate(rate, u, 0, 1, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("steps are 0; they had to be at least 1");
    }
}
