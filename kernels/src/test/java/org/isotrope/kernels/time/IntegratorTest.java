package org.isotrope.kernels.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.Arithmetic;
import org.isotrope.kernels.LinearOperator;
import org.isotrope.kernels.Operators;
import org.isotrope.kernels.Space;
import org.isotrope.kernels.solve.LinearSolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IntegratorTest {
    private static final Grid POINT = Grid.of(Axis.singleton(0));
    private static final Space NUMBERS = new Space(POINT, FieldType.SCALAR);
    private static final LinearSolver EXACT = LinearSolver.gmres(4).withRelative(1e-15);

    /** A method, its order, its growth factor on {@code u' = λ u}, and where its order shows. */
    private record Method(int order, Growth growth, Maker maker) {}

    private interface Growth {
        double at(double z);
    }

    /** Makes a stepper for {@code u' = λ u + n(t, u)}. */
    private interface Maker {
        Stepper make(double lambda, OdeSystem nonlinear);
    }

    private static LinearOperator multiply(double lambda) {
        return LinearOperator.of(NUMBERS, NUMBERS, (in, out) -> Arithmetic.scale(lambda, in, out),
                (in, out) -> Arithmetic.scale(lambda, in, out));
    }

    private static Field number(double value) {
        return Fields.automatic().scalar(POINT).fill(value);
    }

    private static Maker explicit(Tableau tableau) {
        return (lambda, n) -> new RungeKutta(tableau, number(0)).of((t, u, rate) -> {
            n.rate(t, u, rate);
            rate.setFlat(0, rate.getFlat(0) + lambda * u.getFlat(0));
        });
    }

    private static double taylor(double z, int terms) {
        double sum = 1;
        double term = 1;
        for (int k = 1; k <= terms; k++) {
            term *= z / k;
            sum += term;
        }
        return sum;
    }

    private static Map<String, Method> methods() {
        Map<String, Method> methods = new LinkedHashMap<>();
        methods.put("Euler", new Method(1, z -> 1 + z, explicit(Tableau.euler())));
        methods.put("Heun", new Method(2, z -> taylor(z, 2), explicit(Tableau.heun())));
        methods.put("SSPRK3", new Method(3, z -> taylor(z, 3), explicit(Tableau.ssprk3())));
        methods.put("RK4", new Method(4, z -> taylor(z, 4), explicit(Tableau.rk4())));
        // the sixth order term is 1/600 (Hairer, Nørsett, Wanner II, IV.2)
        methods.put("Dormand-Prince", new Method(5, z -> taylor(z, 5) + Math.pow(z, 6) / 600,
                explicit(Tableau.dormandPrince54())));
        methods.put("Crank-Nicolson", new Method(2, z -> (1 + z / 2) / (1 - z / 2), (lambda, n) ->
                new CrankNicolson(multiply(lambda), (t, g) -> n.rate(t, number(0), g), EXACT, number(0))));
        methods.put("ETDRK4", new Method(4, Math::exp, (lambda, n) ->
                new Etdrk4(multiply(lambda), n, number(0), 2, 1e-16)));
        return methods;
    }

    static Stream<String> names() {
        return methods().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void oneStepMultipliesByTheKnownFactor(String name) {
        Method method = methods().get(name);
        for (double z : new double[] {-1.9, -0.7, -1e-3, 0.3, 1.1}) {
            Stepper stepper = method.maker.make(2 * z, (t, u, rate) -> rate.fill(0));
            Field result = number(0);
            stepper.step(0.3, 0.5, number(3), result);
            assertThat(result.getFlat(0)).as("z = %s", z)
                    .isCloseTo(3 * method.growth.at(z), within(1e-14 * Math.max(1, 3 * Math.exp(Math.abs(z)))));
        }
    }

    /** {@code 1 + z bᵀ (1 − z A)⁻¹ e} for the method whose sixth order has no simple fraction. */
    @Test
    void oneStepOfTsitourasMultipliesByTheFactorOfItsTableau() {
        Tableau tableau = Tableau.tsitouras54();
        for (double z : new double[] {-1.9, -0.7, -1e-3, 0.3, 1.1}) {
            double[] stages = new double[tableau.stages()];
            double factor = 1;
            for (int i = 0; i < stages.length; i++) {
                stages[i] = 1;
                for (int j = 0; j < i; j++) {
                    stages[i] += z * tableau.a(i, j) * stages[j];
                }
                factor += z * tableau.b(i) * stages[i];
            }
            assertThat(factor).isCloseTo(taylor(z, 5), within(2e-3 * Math.pow(Math.abs(z), 6) + 1e-14));
            Field result = number(0);
            explicit(tableau).make(2 * z, (t, u, rate) -> rate.fill(0)).step(0.3, 0.5, number(3), result);
            assertThat(result.getFlat(0)).as("z = %s", z)
                    .isCloseTo(3 * factor, within(1e-14 * Math.max(1, 3 * Math.exp(Math.abs(z)))));
        }
    }

    /**
     * {@code u' = −3 u + cos t} for those whose source depends on time alone, else {@code u' = −u + (1 − t) u² + sin
     * 9t}.
     */
    @ParameterizedTest
    @MethodSource("names")
    void errorsFallWithTheOrder(String name) {
        Method method = methods().get(name);
        boolean linear = name.equals("Crank-Nicolson");
        OdeSystem rest = linear
                ? (t, u, rate) -> rate.fill(Math.cos(t))
                : (t, u, rate) -> rate.setFlat(0, (1 - t) * u.getFlat(0) * u.getFlat(0) + Math.sin(9 * t));
        double lambda = linear ? -3 : -1;
        double exact;
        if (linear) {
            // u = (3 cos t + sin t)/10 + c e^(−3t)
            exact = (3 * Math.cos(1) + Math.sin(1)) / 10 + (0.5 - 0.3) * Math.exp(-3);
        } else {
            exact = integrate(methods().get("RK4").maker.make(lambda, rest), 1 << 12);
        }
        int coarse = method.order >= 4 ? 64 : 128;
        double first = Math.abs(integrate(method.maker.make(lambda, rest), coarse) - exact);
        double second = Math.abs(integrate(method.maker.make(lambda, rest), 2 * coarse) - exact);
        assertThat(Math.log(first / second) / Math.log(2)).isCloseTo(method.order, within(0.1));
    }

    private static double integrate(Stepper stepper, int steps) {
        Simulation run = new Simulation(stepper, "u", number(0.5));
        assertThat(run.run(0, 1, steps)).isTrue();
        return run.state().getFlat(0);
    }

    /** The order conditions of Hairer, Nørsett, Wanner I, Table II.2.1, for order 5, and the embedded order 4. */
    @Test
    void dormandPrinceMeetsItsOrderConditions() {
        Tableau m = Tableau.dormandPrince54();
        int s = m.stages();
        double[] ac = new double[s];
        double[] ac2 = new double[s];
        double[] ac3 = new double[s];
        double[] aac = new double[s];
        double[] aac2 = new double[s];
        double[] acac = new double[s];
        double[] aaac = new double[s];
        for (int i = 0; i < s; i++) {
            double row = 0;
            for (int j = 0; j < i; j++) {
                double a = m.a(i, j);
                double c = m.c(j);
                row += a;
                ac[i] += a * c;
                ac2[i] += a * c * c;
                ac3[i] += a * c * c * c;
                aac[i] += a * ac[j];
                aac2[i] += a * ac2[j];
                acac[i] += a * c * ac[j];
                aaac[i] += a * aac[j];
            }
            assertThat(row).isCloseTo(m.c(i), within(1e-14));
        }
        double[] exact = {1, 1 / 2.0, 1 / 3.0, 1 / 6.0, 1 / 4.0, 1 / 8.0, 1 / 12.0, 1 / 24.0, 1 / 5.0, 1 / 10.0,
            1 / 20.0, 1 / 15.0, 1 / 30.0, 1 / 20.0, 1 / 40.0, 1 / 60.0, 1 / 120.0};
        double[] main = new double[17];
        double[] estimate = new double[8];
        for (int i = 0; i < s; i++) {
            double c = m.c(i);
            double[] terms = {1, c, c * c, ac[i], c * c * c, c * ac[i], ac2[i], aac[i], c * c * c * c, c * c * ac[i],
                ac[i] * ac[i], c * ac2[i], c * aac[i], ac3[i], acac[i], aac2[i], aaac[i]};
            for (int k = 0; k < terms.length; k++) {
                main[k] += m.b(i) * terms[k];
                if (k < estimate.length) {
                    estimate[k] += m.e(i) * terms[k];
                }
            }
        }
        assertThat(main).containsExactly(exact, within(1e-13));
        assertThat(estimate).containsExactly(new double[8], within(1e-13));
    }

    /** Leapfrog on {@code u' = λ u} follows {@code ζ² − 2 z ζ − 1 = 0} from its Heun step. */
    @Test
    void leapfrogFollowsItsCharacteristicRoots() {
        for (double z : new double[] {-0.2, 0.05, 0.4}) {
            Field u = number(1);
            Stepper leapfrog = new Leapfrog((t, x, rate) -> Arithmetic.scale(4 * z, x, rate), u);
            double first = 1 + z + z * z / 2;
            double plus = z + Math.sqrt(1 + z * z);
            double minus = z - Math.sqrt(1 + z * z);
            double a = (first - minus) / (plus - minus);
            Simulation run = new Simulation(leapfrog, "u", u);
            run.run(0, 2.5, 10);
            double exact = a * Math.pow(plus, 10) + (1 - a) * Math.pow(minus, 10);
            assertThat(run.state().getFlat(0)).isCloseTo(exact, within(1e-14 * Math.abs(exact) * 10));
        }
    }

    @Test
    void leapfrogKeepsOscillationsAndHasOrderTwo() {
        // two components turning into each other: u' = (−v, u)
        Grid pair = Grid.of(Axis.uniform(0, 1, 2));
        OdeSystem turn = (t, u, rate) -> {
            rate.setFlat(0, -u.getFlat(1));
            rate.setFlat(1, u.getFlat(0));
        };
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            Field start = Fields.automatic().scalar(pair);
            start.setFlat(0, 1);
            Simulation run = new Simulation(new Leapfrog(turn, start), "u", start);
            run.run(0, 10, 400 << k);
            errors[k] = Math.hypot(run.state().getFlat(0) - Math.cos(10), run.state().getFlat(1) - Math.sin(10));
        }
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).isCloseTo(2, within(0.1));
        Field start = Fields.automatic().scalar(pair);
        start.setFlat(0, 1);
        Simulation run = new Simulation(new Leapfrog(turn, start), "u", start);
        run.run(0, 1000, 4000);
        assertThat(Math.hypot(run.state().getFlat(0), run.state().getFlat(1))).isCloseTo(1, within(0.01));
    }

    /** Implicit and exponential steps on heat, far beyond the explicit limit, against the discrete eigenvalues. */
    @Test
    void stiffMethodsTakeLongSteps() {
        Grid rod = Grid.of(Axis.uniform(0, 1, 63));
        LinearOperator laplacian = Operators.laplacian(rod, Boundaries.all(Boundary.zero()));
        double h = 1.0 / 62;
        Field start = Fields.automatic().scalar(rod);
        double[] value = new double[2];
        int[] modes = {1, 20};
        for (int i = 0; i < 63; i++) {
            for (int mode : modes) {
                start.setFlat(i, start.getFlat(i) + Math.sin(mode * Math.PI * (i + 1) / 64));
            }
        }
        double step = 0.01;
        for (int k = 0; k < 2; k++) {
            double s = Math.sin(modes[k] * Math.PI / 128);
            value[k] = -4 * s * s / (h * h) * step;
        }
        Stepper implicit = new CrankNicolson(
                laplacian, LinearSolver.conjugateGradients().withRelative(1e-13), start);
        Stepper exponential = new Etdrk4(laplacian, (t, u, rate) -> rate.fill(0), start, 60, 1e-13);
        for (Stepper stepper : new Stepper[] {implicit, exponential}) {
            Field result = Fields.automatic().like(start);
            stepper.step(0, step, start, result);
            for (int i = 0; i < 63; i++) {
                double exact = 0;
                for (int k = 0; k < 2; k++) {
                    double factor = stepper == implicit ? (1 + value[k] / 2) / (1 - value[k] / 2) : Math.exp(value[k]);
                    exact += factor * Math.sin(modes[k] * Math.PI * (i + 1) / 64);
                }
                assertThat(result.getFlat(i)).isCloseTo(exact, within(1e-10));
            }
        }
    }

    @Test
    void phiFunctionsOfAMatrixThatIsNotSymmetric() {
        Grid ring = Grid.of(Axis.periodic(0, 1, 24));
        LinearOperator advection = Operators.derivative(ring, 0, Boundaries.all(Boundary.zero()));
        Field v = Fields.automatic().scalar(ring, x -> Math.exp(Math.sin(2 * Math.PI * x[0])));
        double step = 0.3;
        PhiFunctions phi = new PhiFunctions(advection, v, 24, 1e-14);
        // φ_k(z) z + 1/k! = φ_{k−1}(z) … with φ_0 by a Taylor series of its own
        Field series = Fields.automatic().copy(v);
        Field term = Fields.automatic().copy(v);
        for (int k = 1; k < 60; k++) {
            term = advection.apply(term);
            Arithmetic.scale(step / k, term, term);
            Arithmetic.addScaled(1, term, series);
        }
        double factorial = 1;
        Field before = series;
        for (int k = 0; k <= 3; k++) {
            Field result = Fields.automatic().scalar(ring);
            phi.add(k, step, v, 1, result);
            if (k == 0) {
                assertThat(result.toArray()).containsExactly(series.toArray(), within(1e-11));
            } else {
                Field image = advection.apply(result);
                Arithmetic.scale(step, image, image);
                Arithmetic.addScaled(1 / factorial, v, image);
                assertThat(image.toArray()).containsExactly(before.toArray(), within(1e-11));
                factorial *= k;
            }
            before = result;
        }
        PhiFunctions small = new PhiFunctions(advection, v, 3, 1e-14);
        assertThatThrownBy(() -> small.add(1, step, v, 1, Fields.automatic().like(v)))
                .isInstanceOf(ArithmeticException.class).hasMessageContaining("dimension 3");
    }

    @Test
    void dormandPrinceAdapts() {
        Field u = number(1);
        new RungeKutta(Tableau.dormandPrince54(), u).integrate(
                (t, x, rate) -> rate.setFlat(0, Math.cos(t) * x.getFlat(0)), u, 0, 10, 1e-8, 1e-8, (t, h, x) -> {});
        assertThat(u.getFlat(0)).isCloseTo(Math.exp(Math.sin(10)), within(2e-7));
    }
}
