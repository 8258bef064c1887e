package org.isotrope.autodiff.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LbfgsTest {

    private static double[] hardStart(int n) {
        var start = new double[n];
        for (int i = 0; i < n; i++) {
            start[i] = i % 2 == 0 ? -1.2 : 1;
        }
        return start;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 50})
    void findsTheMinimumOfRosenbrocksValley(int n) {
        // The chained function also has a local minimum near (-1, 1, ..., 1), hence a start on this side of it.
        double[] start = n == 2 ? hardStart(2) : new Random(n).doubles(n, 0, 2).toArray();
        Result result = Lbfgs.defaults().minimise(Problems::rosenbrock, start);
        assertThat(result.converged()).isTrue();
        assertThat(result.gradientNorm()).isLessThan(1e-8);
        for (double x : result.parameters()) {
            assertThat(x).isCloseTo(1, within(1e-8));
        }
        assertThat(result.iterations()).isLessThan(50 + 10 * n);
    }

    @Test
    void findsAStationaryPointOfRosenbrocksValleyFromTheHardStart() {
        Result result = Lbfgs.defaults().minimise(Problems::rosenbrock, hardStart(10));
        assertThat(result.gradientNorm()).isLessThan(1e-7);
        assertThat(result.value()).isLessThan(4);
    }

    @Test
    void findsTheMinimumOfBealesFunction() {
        Result result = Lbfgs.defaults().minimise(Problems::beale, new double[] {1, 1});
        assertThat(result.reason()).isEqualTo(StopReason.GRADIENT_NORM);
        assertThat(result.parameters()[0]).isCloseTo(3, within(1e-7));
        assertThat(result.parameters()[1]).isCloseTo(0.5, within(1e-8));
    }

    @ParameterizedTest
    @CsvSource({"1e2, 1", "1e4, 5", "1e6, 10", "1e6, 30"})
    void solvesIllConditionedQuadratics(double condition, int memory) {
        int n = 12;
        var eigenvalues = new double[n];
        Arrays.setAll(eigenvalues, i -> Math.pow(condition, i / (n - 1.0)));
        double[] minimiser = new Random(3).doubles(n, -5, 5).toArray();
        Objective objective = Problems.quadratic(Problems.symmetric(eigenvalues, new Random(4)), minimiser);
        Result result = Lbfgs.defaults().memory(memory)
            .stopping(Lbfgs.defaults().stopping().withMaxIterations(5000).withRelativeDecrease(0))
            .minimise(objective, new double[n]);
        assertThat(result.reason()).isEqualTo(StopReason.GRADIENT_NORM);
        // ‖x - x*‖ <= ‖g‖ / λ_min, and λ_min is 1.
        assertThat(Vectors.distance(result.parameters(), minimiser)).isLessThan(1e-8 * Math.sqrt(n) * 1.01);
    }

    @Test
    void everyAcceptedStepSatisfiesTheStrongWolfeConditions() {
        record Case(Objective objective, double[] start, double c1, double c2) {
        }
        Objective quartic = (x, g) -> {
            g[0] = 4 * Math.pow(x[0], 3) - 9 * x[0] * x[0] + 2 * x[0] + 1;
            g[1] = Math.sinh(x[1]) + Math.cos(5 * x[1]);
            return Math.pow(x[0], 4) - 3 * Math.pow(x[0], 3) + x[0] * x[0] + x[0] + Math.cosh(x[1])
                + Math.sin(5 * x[1]) / 5;
        };
        var cases = List.of(
            new Case(Problems::rosenbrock, hardStart(2), 1e-4, 0.9),
            new Case(Problems::rosenbrock, hardStart(10), 1e-4, 0.9),
            new Case(Problems::rosenbrock, hardStart(10), 0.1, 0.11),
            new Case(Problems::beale, new double[] {1, 1}, 1e-4, 0.1),
            new Case(quartic, new double[] {4, 6}, 1e-4, 0.5),
            new Case(quartic, new double[] {-30, 40}, 1e-3, 0.9));
        for (Case c : cases) {
            var iterations = new ArrayList<Iteration>();
            Result result = Lbfgs.defaults().wolfe(c.c1(), c.c2())
                .minimise(c.objective(), c.start(), iterations::add);
            assertThat(iterations).hasSize(result.iterations() + 1).hasSizeGreaterThan(5);
            for (int k = 1; k < iterations.size(); k++) {
                Iteration from = iterations.get(k - 1);
                Iteration to = iterations.get(k);
                double slope0 = 0;
                double slope1 = 0;
                for (int i = 0; i < c.start().length; i++) {
                    double step = to.parameters()[i] - from.parameters()[i];
                    slope0 += step * from.gradient()[i];
                    slope1 += step * to.gradient()[i];
                }
                assertThat(slope0).isNegative();
                assertThat(to.value())
                    .isLessThanOrEqualTo(from.value() + c.c1() * slope0 + 1e-14 * Math.abs(from.value()));
                // The step is rounded when it is added to the parameters, and the slopes with it.
                assertThat(Math.abs(slope1)).isLessThanOrEqualTo(c.c2() * Math.abs(slope0) * (1 + 1e-6));
                assertThat(to.number()).isEqualTo(k);
                assertThat(to.value()).isEqualTo(result.history()[k]);
            }
        }
    }

    @Test
    void goesOnWhereTheValuesNoLongerTellPointsApart() {
        // Beside 1e6, values resolve 1e-10, and therefore distances of 1e-5 from the minimum; slopes resolve more.
        Objective objective = (x, g) -> {
            g[0] = Math.sinh(x[0] - 1);
            g[1] = 3 * (x[1] + 1) + Math.pow(x[1] + 1, 3);
            double value = 1e6 + Math.cosh(x[0] - 1) + 1.5 * Math.pow(x[1] + 1, 2) + 0.25 * Math.pow(x[1] + 1, 4);
            // What summation in another order might do: up to four units of rounding, different at every point.
            return value + Math.ulp(value) * Math.floorMod(31L * Double.hashCode(x[0]) + Double.hashCode(x[1]), 5L);
        };
        Result result = Lbfgs.defaults().stopping(new Stopping(1e-8, 0, 0, 100, 1000))
            .minimise(objective, new double[] {3, 3});
        assertThat(result.reason()).isEqualTo(StopReason.GRADIENT_NORM);
        assertThat(result.parameters()).containsExactly(new double[] {1, -1}, within(1e-8));
    }

    @Test
    void stepsBackFromWhereTheObjectiveIsUndefined() {
        // Undefined for x <= 0 and for y outside (-1, 2); minimum at (1, 1/2).
        Objective barrier = (x, g) -> {
            g[0] = 1 - 1 / x[0];
            g[1] = 1 / (2 - x[1]) - 1 / (x[1] + 1);
            return x[0] - Math.log(x[0]) - Math.log(2 - x[1]) - Math.log(x[1] + 1);
        };
        for (double[] start : new double[][] {{1e-3, 1.999}, {50, -0.9999}, {1e-9, 0}}) {
            Result result = Lbfgs.defaults().minimise(barrier, start);
            assertThat(result.converged()).as(result.toString()).isTrue();
            assertThat(result.parameters()[0]).isCloseTo(1, within(1e-7));
            assertThat(result.parameters()[1]).isCloseTo(0.5, within(1e-7));
        }
    }

    @Test
    void gradientsThatAreNotFiniteCountAsUndefined() {
        Objective objective = (x, g) -> {
            g[0] = x[0] > 0.9 ? Double.NaN : 2 * (x[0] - 0.5);
            return (x[0] - 0.5) * (x[0] - 0.5);
        };
        Result result = Lbfgs.defaults().minimise(objective, new double[] {-40});
        assertThat(result.parameters()[0]).isCloseTo(0.5, within(1e-8));
    }

    @Test
    void saysThatThereIsNoDescentWhenTheGradientIsWrong() {
        Objective wrong = (x, g) -> {
            g[0] = -2 * x[0];
            return x[0] * x[0];
        };
        Result result = Lbfgs.defaults().minimise(wrong, new double[] {3});
        assertThat(result.reason()).isEqualTo(StopReason.NO_DESCENT);
        assertThat(result.converged()).isFalse();
        assertThat(result.parameters()).containsExactly(3);
    }

    @Test
    void keepsToItsLimits() {
        var criteria = Lbfgs.defaults().stopping();
        double[] start = hardStart(10);
        Result few = Lbfgs.defaults().maxIterations(3).minimise(Problems::rosenbrock, start);
        assertThat(few.reason()).isEqualTo(StopReason.ITERATION_LIMIT);
        assertThat(few.iterations()).isEqualTo(3);
        assertThat(few.history()).hasSize(4).isSortedAccordingTo((a, b) -> Double.compare(b, a));

        var calls = new int[1];
        Objective counting = (x, g) -> {
            calls[0]++;
            return Problems.rosenbrock(x, g);
        };
        for (int limit = 1; limit < 30; limit++) {
            calls[0] = 0;
            Result result = Lbfgs.defaults().stopping(criteria.withMaxEvaluations(limit)).minimise(counting, start);
            assertThat(result.reason()).isEqualTo(StopReason.EVALUATION_LIMIT);
            assertThat(result.evaluations()).isEqualTo(calls[0]).isEqualTo(limit);
        }

        Result none = Lbfgs.defaults().maxIterations(0).minimise(Problems::rosenbrock, start);
        assertThat(none.evaluations()).isEqualTo(1);
        assertThat(none.parameters()).containsExactly(start);
    }

    @Test
    void stopsByEveryTolerance() {
        var off = new Stopping(0, 0, 0, 1000, 100_000);
        Result byDecrease = Lbfgs.defaults().stopping(off.withRelativeDecrease(0.5))
            .minimise((x, g) -> 1 + Problems.rosenbrock(x, g), hardStart(10));
        double[] history = byDecrease.history();
        int last = byDecrease.iterations();
        assertThat(byDecrease.reason()).isEqualTo(StopReason.RELATIVE_DECREASE);
        assertThat(history[last - 1] - history[last]).isLessThanOrEqualTo(0.5 * history[last - 1]);

        var iterations = new ArrayList<Iteration>();
        Result byStep = Lbfgs.defaults().stopping(off.withStepSize(0.01))
            .minimise(Problems::rosenbrock, hardStart(10), iterations::add);
        assertThat(byStep.reason()).isEqualTo(StopReason.STEP_SIZE);
        Iteration end = iterations.getLast();
        assertThat(end.stepNorm()).isLessThanOrEqualTo(0.01 * Vectors.norm(end.parameters()));
        assertThat(Vectors.distance(end.parameters(), iterations.get(iterations.size() - 2).parameters()))
            .isCloseTo(end.stepNorm(), within(1e-12));

        Result atMinimum = Lbfgs.defaults().minimise(Problems::rosenbrock, new double[] {1, 1});
        assertThat(atMinimum.reason()).isEqualTo(StopReason.GRADIENT_NORM);
        assertThat(atMinimum.iterations()).isZero();
    }

    @Test
    void theCallbackCanStopTheRunAndMayKeepWhatItGets() {
        var seen = new ArrayList<Iteration>();
        Result result = Lbfgs.defaults().minimise(Problems::rosenbrock, hardStart(2), iteration -> {
            seen.add(iteration);
            Arrays.fill(iteration.parameters(), Double.NaN);
            return iteration.number() < 4;
        });
        assertThat(result.reason()).isEqualTo(StopReason.CALLBACK);
        assertThat(result.iterations()).isEqualTo(4);
        assertThat(seen).hasSize(5);
        assertThat(seen.getFirst().parameters()).containsExactly(-1.2, 1);
        assertThat(seen.getLast().parameters()).containsExactly(result.parameters());
    }

    @Test
    void refusesBadInputInOneSentence() {
        Lbfgs lbfgs = Lbfgs.defaults();
        Objective nan = (x, g) -> Double.NaN;
        Objective nanGradient = (x, g) -> {
            g[0] = Double.NaN;
            return 0;
        };
        assertThatIllegalArgumentException().isThrownBy(() -> lbfgs.minimise(nan, new double[] {1}))
            .withMessage("objective at start was NaN but had to be finite.");
        assertThatIllegalArgumentException().isThrownBy(() -> lbfgs.minimise(nanGradient, new double[] {1}))
            .withMessage("gradient[0] at start was NaN but had to be finite.");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> lbfgs.minimise(Problems::rosenbrock, new double[] {0, Double.NaN}))
            .withMessage("start[1] was NaN but had to be finite.");
        assertThatIllegalArgumentException().isThrownBy(() -> lbfgs.minimise(Problems::rosenbrock, new double[0]))
            .withMessage("start was empty but had to have at least one entry.");
        assertThatIllegalArgumentException().isThrownBy(() -> lbfgs.memory(0))
            .withMessage("memory was 0 but had to be positive.");
        assertThatIllegalArgumentException().isThrownBy(() -> lbfgs.wolfe(0.6, 0.9))
            .withMessageContaining("Wolfe constants were 0.6 and 0.9");
    }

    @Test
    void settingsLeaveTheOriginalAlone() {
        Lbfgs changed = Lbfgs.defaults().memory(3).maxIterations(7);
        assertThat(changed.toString()).contains("memory=3").contains("maxIterations=7");
        assertThat(Lbfgs.defaults().toString()).contains("memory=10").contains("maxIterations=1000");
    }
}
