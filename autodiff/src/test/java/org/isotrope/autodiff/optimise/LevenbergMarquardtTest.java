package org.isotrope.autodiff.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against certified values of the NIST Statistical Reference Datasets for nonlinear regression. */
class LevenbergMarquardtTest {

    private interface Model {
        /** The value at {@code t}, with the derivatives with respect to the parameters. */
        double value(double[] b, double t, double[] derivatives);
    }

    private static Residuals fit(Model model, double[] t, double[] y, int parameters) {
        return Residuals.of(t.length, (b, r) -> {
            for (int i = 0; i < t.length; i++) {
                r[i] = model.value(b, t[i], new double[parameters]) - y[i];
            }
        }, (b, rows) -> {
            for (int i = 0; i < t.length; i++) {
                model.value(b, t[i], rows[i]);
            }
        });
    }

    private static void assertCertified(Result result, double[] certified, double sumOfSquares, double tolerance) {
        assertThat(result.converged()).as(result.toString()).isTrue();
        assertThat(2 * result.value()).isCloseTo(sumOfSquares, within(1e-10 * sumOfSquares));
        for (int j = 0; j < certified.length; j++) {
            assertThat(result.parameters()[j]).as("b%d", j + 1)
                .isCloseTo(certified[j], within(tolerance * Math.abs(certified[j])));
        }
    }

    private static final double[] MISRA1A_T = {77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3,
        536.8, 593.1, 689.1, 760.0};
    private static final double[] MISRA1A_Y = {10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05,
        61.01, 66.40, 75.47, 81.78};

    private static double misra1a(double[] b, double t, double[] derivatives) {
        double decay = Math.exp(-b[1] * t);
        derivatives[0] = 1 - decay;
        derivatives[1] = b[0] * t * decay;
        return b[0] * (1 - decay);
    }

    @Test
    void misra1aFromBothStarts() {
        Residuals residuals = fit(LevenbergMarquardtTest::misra1a, MISRA1A_T, MISRA1A_Y, 2);
        for (double[] start : new double[][] {{500, 0.0001}, {250, 0.0005}}) {
            for (var method : new LevenbergMarquardt[] {
                LevenbergMarquardt.defaults(), LevenbergMarquardt.gaussNewton(),
                LevenbergMarquardt.defaults().damping(10)}) {
                assertCertified(method.minimise(residuals, start),
                    new double[] {2.3894212918E+02, 5.5015643181E-04}, 1.2455138894E-01, 1e-9);
            }
        }
    }

    private static final double[] THURBER_T = {-3.067, -2.981, -2.921, -2.912, -2.840, -2.797, -2.702, -2.699, -2.633,
        -2.481, -2.363, -2.322, -1.501, -1.460, -1.274, -1.212, -1.100, -1.046, -0.915, -0.714, -0.566, -0.545, -0.400,
        -0.309, -0.109, -0.103, 0.010, 0.119, 0.377, 0.790, 0.963, 1.006, 1.115, 1.572, 1.841, 2.047, 2.200};
    private static final double[] THURBER_Y = {80.574, 84.248, 87.264, 87.195, 89.076, 89.608, 89.868, 90.101, 92.405,
        95.854, 100.696, 101.060, 401.672, 390.724, 567.534, 635.316, 733.054, 759.087, 894.206, 990.785, 1090.109,
        1080.914, 1122.643, 1178.351, 1260.531, 1273.514, 1288.339, 1327.543, 1353.863, 1414.509, 1425.208, 1421.384,
        1442.962, 1464.350, 1468.705, 1447.894, 1457.628};

    private static double thurber(double[] b, double t, double[] derivatives) {
        double above = b[0] + t * (b[1] + t * (b[2] + t * b[3]));
        double below = 1 + t * (b[4] + t * (b[5] + t * b[6]));
        for (int j = 0; j < 4; j++) {
            derivatives[j] = Math.pow(t, j) / below;
        }
        for (int j = 1; j < 4; j++) {
            derivatives[j + 3] = -above * Math.pow(t, j) / (below * below);
        }
        return above / below;
    }

    @Test
    void thurberFromBothStarts() {
        Residuals residuals = fit(LevenbergMarquardtTest::thurber, THURBER_T, THURBER_Y, 7);
        double[] certified = {1.2881396800E+03, 1.4910792535E+03, 5.8323836877E+02, 7.5416644291E+01,
            9.6629502864E-01, 3.9797285797E-01, 4.9727297349E-02};
        for (double[] start : new double[][] {{1000, 1000, 400, 40, 0.7, 0.3, 0.03},
            {1300, 1500, 500, 75, 1, 0.4, 0.05}}) {
            Result result = LevenbergMarquardt.defaults().minimise(residuals, start);
            assertCertified(result, certified, 5.6427082397E+03, 1e-7);
        }
    }

    @Test
    void lbfgsAgreesOnThurberInScaledParameters() {
        // The same minimum by another method, with parameters in units of their starting values.
        double[] unit = {1300, 1500, 500, 75, 1, 0.4, 0.05};
        Objective objective = (p, g) -> {
            var b = new double[7];
            for (int j = 0; j < 7; j++) {
                b[j] = p[j] * unit[j];
                g[j] = 0;
            }
            double sum = 0;
            var derivatives = new double[7];
            for (int i = 0; i < THURBER_T.length; i++) {
                double r = thurber(b, THURBER_T[i], derivatives) - THURBER_Y[i];
                sum += 0.5 * r * r;
                for (int j = 0; j < 7; j++) {
                    g[j] += r * derivatives[j] * unit[j];
                }
            }
            return sum;
        };
        Result result = Lbfgs.defaults().minimise(objective, new double[] {1, 1, 1, 1, 1, 1, 1});
        assertThat(2 * result.value()).isCloseTo(5.6427082397E+03, within(1e-6));
        assertThat(result.parameters()[0] * unit[0]).isCloseTo(1.2881396800E+03, within(1e-2));
    }

    private static final Residuals ROSENBROCK = Residuals.of(2, (x, r) -> {
        r[0] = 10 * (x[1] - x[0] * x[0]);
        r[1] = 1 - x[0];
    }, (x, rows) -> {
        rows[0] = new double[] {-20 * x[0], 10};
        rows[1] = new double[] {-1, 0};
    });

    @Test
    void problemsWithoutResidualAreSolvedToRounding() {
        for (double[] start : new double[][] {{-1.2, 1}, {100, -50}, {0, 0}}) {
            Result result = LevenbergMarquardt.defaults().minimise(ROSENBROCK, start);
            assertThat(result.converged()).as(result.toString()).isTrue();
            assertThat(result.parameters()).containsExactly(new double[] {1, 1}, within(1e-11));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1, 1e6})
    void unitsOfTheParametersDoNotMatter(double unit) {
        // The damping is scaled with the columns, so that the iterates are the same up to rounding.
        Residuals residuals = Residuals.of(2,
            (x, r) -> ROSENBROCK.residuals(new double[] {x[0], x[1] / unit}, r),
            (x, rows) -> {
                ROSENBROCK.jacobian(new double[] {x[0], x[1] / unit}, rows);
                rows[0][1] /= unit;
                rows[1][1] /= unit;
            });
        var method = LevenbergMarquardt.defaults().stopping(new Stopping(0, 0, 0, 5, 1000));
        double[] expected = method.minimise(ROSENBROCK, new double[] {-1.2, 1}).parameters();
        double[] scaled = method.minimise(residuals, new double[] {-1.2, unit}).parameters();
        assertThat(scaled[0]).isCloseTo(expected[0], within(1e-9));
        assertThat(scaled[1] / unit).isCloseTo(expected[1], within(1e-9));
    }

    @Test
    void aParameterThatDoesNotOccurStaysWhereItIs() {
        Residuals residuals = Residuals.of(2, (x, r) -> {
            r[0] = x[0] - 3;
            r[1] = 2 * x[0] - 7;
        }, (x, rows) -> {
            rows[0] = new double[] {1, 0};
            rows[1] = new double[] {2, 0};
        });
        for (var method : new LevenbergMarquardt[] {
            LevenbergMarquardt.defaults(), LevenbergMarquardt.gaussNewton()}) {
            Result result = method.minimise(residuals, new double[] {0, 42});
            assertThat(result.converged()).isTrue();
            assertThat(result.parameters()[0]).isCloseTo(17.0 / 5, within(1e-10));
            assertThat(result.parameters()[1]).isEqualTo(42);
        }
    }

    @Test
    void stepsIntoUndefinedRegionsAreRefused() {
        // From far right the undamped step on log x = 1 lands at negative x.
        Residuals residuals = Residuals.of(1, (x, r) -> r[0] = Math.log(x[0]) - 1, (x, rows) -> rows[0][0] = 1 / x[0]);
        Result result = LevenbergMarquardt.gaussNewton().minimise(residuals, new double[] {100});
        assertThat(result.parameters()[0]).isCloseTo(Math.E, within(1e-10));
        assertThat(result.evaluations()).isGreaterThan(result.iterations() + 1);
    }

    @Test
    void stepsAndDampingFollowThePublishedRule() {
        // One residual of one parameter, where J, D, δ and ϱ are plain numbers: r = x³ - 2.
        Residuals cube = Residuals.of(1, (x, r) -> r[0] = x[0] * x[0] * x[0] - 2,
            (x, rows) -> rows[0][0] = 3 * x[0] * x[0]);
        var seen = new ArrayList<Iteration>();
        LevenbergMarquardt.defaults().damping(0.3).stopping(new Stopping(0, 0, 0, 8, 1000))
            .minimise(cube, new double[] {0.5}, seen::add);
        double x = 0.5;
        double mu = 0.3;
        double growth = 2;
        double largest = 0;
        int refused = 0;
        for (int k = 1; k < seen.size();) {
            double r = x * x * x - 2;
            double jacobian = 3 * x * x;
            largest = Math.max(largest, Math.abs(jacobian));
            double step = -jacobian * r / (jacobian * jacobian + mu * largest * largest);
            double next = x + step;
            double actual = (r * r - Math.pow(next * next * next - 2, 2)) / 2;
            // Madsen, Nielsen and Tingleff, eq. 3.14 with the damping matrix μ D².
            double predicted = step * (mu * largest * largest * step - jacobian * r) / 2;
            double gain = actual / predicted;
            if (gain > 0) {
                assertThat(seen.get(k).parameters()[0]).as("step %d", k).isCloseTo(next, within(1e-12));
                x = next;
                mu *= Math.max(1.0 / 3, 1 - Math.pow(2 * gain - 1, 3));
                growth = 2;
                k++;
            } else {
                mu *= growth;
                growth *= 2;
                refused++;
            }
        }
        assertThat(seen).hasSize(9);
        assertThat(refused).isGreaterThan(1);
        assertThat(seen.getLast().evaluations()).isEqualTo(9 + refused);
    }

    @Test
    void everyAcceptedStepLowersTheSum() {
        var seen = new ArrayList<Iteration>();
        Result result = LevenbergMarquardt.defaults().minimise(ROSENBROCK, new double[] {-1.2, 1}, seen::add);
        assertThat(result.history()).isSortedAccordingTo((a, b) -> Double.compare(b, a)).hasSize(seen.size());
        Result stopped = LevenbergMarquardt.defaults()
            .minimise(ROSENBROCK, new double[] {-1.2, 1}, iteration -> iteration.number() < 2);
        assertThat(stopped.reason()).isEqualTo(StopReason.CALLBACK);
        assertThat(stopped.parameters()).containsExactly(seen.get(2).parameters());
    }

    @Test
    void aWrongJacobianIsNotTakenForConvergence() {
        Residuals wrong = Residuals.of(1, (x, r) -> r[0] = x[0] + 5, (x, rows) -> rows[0][0] = -1);
        Result result = LevenbergMarquardt.defaults().minimise(wrong, new double[] {1});
        assertThat(result.reason()).isEqualTo(StopReason.NO_DESCENT);
        assertThat(result.parameters()).containsExactly(1);
    }

    @Test
    void refusesBadInputInOneSentence() {
        var method = LevenbergMarquardt.defaults();
        Residuals nan = Residuals.of(2, (x, r) -> r[1] = Double.NaN, (x, rows) -> rows[0][0] = 1);
        Residuals nanRow = Residuals.of(1, (x, r) -> r[0] = 1, (x, rows) -> rows[0][0] = Double.NaN);
        assertThatIllegalArgumentException().isThrownBy(() -> method.minimise(nan, new double[1]))
            .withMessage("residual 1 at start was NaN but had to be finite.");
        assertThatIllegalArgumentException().isThrownBy(() -> method.minimise(nanRow, new double[1]))
            .withMessage("jacobian[0][0] at start was NaN but had to be finite.");
        assertThatIllegalArgumentException().isThrownBy(() -> method.damping(0))
            .withMessage("damping was 0.0 but had to be positive and finite.");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Residuals.of(0, (x, r) -> r[0] = 1, (x, rows) -> rows[0][0] = 1))
            .withMessage("count was 0 but had to be positive.");
    }
}
