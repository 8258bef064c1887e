package org.isotrope.kernels.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.Operators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RungeKuttaTest {
    private static final Grid POINT = Grid.of(Axis.singleton(0));
    private static final RungeKutta.Observer NOBODY = (t, h, u) -> {};

    static List<Tableau> methods() {
        return List.of(Tableau.rk4(), Tableau.tsitouras54());
    }

    private static Field number(double value) {
        return Fields.automatic().scalar(POINT).fill(value);
    }

    /** All rooted-tree conditions up to order 4, and two of order 5, of Hairer, Nørsett, Wanner I, Table II.2.1. */
    @ParameterizedTest
    @MethodSource("methods")
    void tableauMeetsTheOrderConditions(Tableau m) {
        int s = m.stages();
        double[] ac = new double[s];
        double[] acc = new double[s];
        double[] aac = new double[s];
        for (int i = 0; i < s; i++) {
            double row = 0;
            for (int j = 0; j < i; j++) {
                row += m.a(i, j);
                ac[i] += m.a(i, j) * m.c(j);
                acc[i] += m.a(i, j) * m.c(j) * m.c(j);
                aac[i] += m.a(i, j) * ac[j];
            }
            assertThat(row).isCloseTo(m.c(i), within(1e-13));
        }
        double[] sums = new double[10];
        for (int i = 0; i < s; i++) {
            double c = m.c(i);
            sums[0] += m.b(i);
            sums[1] += m.b(i) * c;
            sums[2] += m.b(i) * c * c;
            sums[3] += m.b(i) * ac[i];
            sums[4] += m.b(i) * c * c * c;
            sums[5] += m.b(i) * c * ac[i];
            sums[6] += m.b(i) * acc[i];
            sums[7] += m.b(i) * aac[i];
            sums[8] += m.b(i) * c * c * c * c;
            sums[9] += m.b(i) * ac[i] * ac[i];
        }
        double[] exact = {1, 1 / 2.0, 1 / 3.0, 1 / 6.0, 1 / 4.0, 1 / 8.0, 1 / 12.0, 1 / 24.0, 1 / 5.0, 1 / 20.0};
        for (int k = 0; k < (m.order() == 4 ? 8 : 10); k++) {
            assertThat(sums[k]).as("condition " + k).isCloseTo(exact[k], within(1e-13));
        }
    }

    @Test
    void embeddedEstimateVanishesToOrderFour() {
        Tableau m = Tableau.tsitouras54();
        double[] sums = new double[4];
        for (int i = 0; i < m.stages(); i++) {
            double c = m.c(i);
            sums[0] += m.e(i);
            sums[1] += m.e(i) * c;
            sums[2] += m.e(i) * c * c;
            sums[3] += m.e(i) * c * c * c;
        }
        assertThat(sums).containsExactly(new double[4], within(1e-13));
    }

    /** One step of {@code u' = λu} multiplies by the Taylor polynomial of the exponential. */
    @Test
    void amplificationFactorOfRk4() {
        double z = -0.7;
        Field u = number(1);
        Field next = number(0);
        new RungeKutta(Tableau.rk4(), u)
                .step((t, x, rate) -> Arithmetic.scale(z, x, rate), 0, 1, u, next);
        double factor = 1 + z + z * z / 2 + z * z * z / 6 + z * z * z * z / 24;
        assertThat(next.get(0, 0)).isCloseTo(factor, within(1e-14));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void observedOrderOnANonlinearNonautonomousProblem(Tableau method) {
        // u' = −2 t u², u(0) = 1 has u = 1/(1 + t²)
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            Field u = number(1);
            new RungeKutta(method, u).integrate(
                    (t, x, rate) -> rate.setFlat(0, -2 * t * x.getFlat(0) * x.getFlat(0)), u, 0, 1, 16 << k, NOBODY);
            errors[k] = Math.abs(u.get(0, 0) - 0.5);
        }
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).isBetween(method.order() - 0.3, method.order() + 0.9);
    }

    @Test
    void adaptiveStepsKeepTheErrorBelowTheTolerance() {
        for (double tolerance : new double[] {1e-4, 1e-6, 1e-8}) {
            Field u = number(1);
            double[] last = new double[1];
            int[] steps = new int[1];
            new RungeKutta(Tableau.tsitouras54(), u).integrate(
                    (t, x, rate) -> rate.setFlat(0, Math.cos(t) * x.getFlat(0)), u, 0, 10, tolerance, tolerance,
                    (t, h, x) -> {
                        last[0] = t;
                        steps[0]++;
                    });
            assertThat(last[0]).isEqualTo(10);
            assertThat(u.get(0, 0)).isCloseTo(Math.exp(Math.sin(10)), within(20 * tolerance));
            assertThat(steps[0]).isBetween(10, 400);
        }
    }

    @Test
    void heatDecaysAsTheDiscreteLaplacianSays() {
        int n = 32;
        Grid ring = Grid.of(Axis.periodic(0, 2 * Math.PI, n));
        Field u = Fields.automatic().scalar(ring, x -> Math.sin(3 * x[0]));
        double h = 2 * Math.PI / n;
        double eigenvalue = -(2 - 2 * Math.cos(3 * h)) / (h * h);
        var laplacian = Operators.laplacian(ring);
        new RungeKutta(Tableau.tsitouras54(), u)
                .integrate((t, x, rate) -> laplacian.apply(x, rate), u, 0, 0.2, 1e-10, 1e-12, NOBODY);
        Field expected = Fields.automatic().scalar(ring, x -> Math.exp(0.2 * eigenvalue) * Math.sin(3 * x[0]));
        assertThat(u.toArray()).containsExactly(expected.toArray(), within(1e-9));
    }

    @Test
    void wrongUseIsNamed() {
        Field u = number(1);
        OdeSystem still = (t, x, rate) -> rate.fill(0);
        RungeKutta rk4 = new RungeKutta(Tableau.rk4(), u);
        assertThatThrownBy(() -> rk4.integrate(still, u, 0, 1, 0, NOBODY)).hasMessageContaining("steps are 0");
        assertThatThrownBy(() -> rk4.integrate(still, u, 0, 1, 1e-6, 1e-6, NOBODY)).hasMessageContaining("RK4");
        RungeKutta adaptive = new RungeKutta(Tableau.tsitouras54(), u);
        assertThatThrownBy(() -> adaptive.integrate(still, u, 1, 0, 1e-6, 1e-6, NOBODY))
                .hasMessageContaining("above 1.0");
        assertThatThrownBy(() -> adaptive.integrate(still, u, 0, 1, -1, 1e-6, NOBODY))
                .hasMessageContaining("positive");
        OdeSystem blowUp = (t, x, rate) -> rate.fill(Double.NaN);
        assertThatThrownBy(() -> adaptive.integrate(blowUp, u, 0, 1, 1e-6, 1e-6, NOBODY))
                .isInstanceOf(ArithmeticException.class).hasMessageContaining("step size fell");
    }
}
