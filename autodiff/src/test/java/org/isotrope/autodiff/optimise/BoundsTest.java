package org.isotrope.autodiff.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundsTest {

    private static final double INF = Double.POSITIVE_INFINITY;

    /** Fails when it is evaluated outside the box. */
    private static Objective guarded(Objective objective, Bounds bounds) {
        return (x, g) -> {
            for (int i = 0; i < x.length; i++) {
                assertThat(x[i]).isBetween(bounds.lower(i), bounds.upper(i));
            }
            return objective.value(x, g);
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void boundedQuadraticsEndAtTheirKarushKuhnTuckerPoint(int seed) {
        int n = 5;
        var random = new Random(seed);
        double[][] a = Problems.symmetric(new double[] {1, 3, 10, 100, 1000}, random);
        double[] centre = random.doubles(n, -2, 2).toArray();
        Bounds box = Bounds.uniform(n, -0.5, 0.75);
        double[] expected = kktPoint(a, centre, box);
        double[] start = random.doubles(n, -3, 3).toArray();
        Objective objective = guarded(Problems.quadratic(a, centre), box);

        Result lbfgs = Lbfgs.defaults().bounds(box).minimise(objective, start);
        assertThat(lbfgs.converged()).isTrue();
        assertThat(lbfgs.iterations()).isLessThan(200);
        assertThat(lbfgs.parameters()).containsExactly(expected, within(1e-7));

        Result adam = Adam.defaults().bounds(box).maxIterations(20_000)
            .learningRate(LearningRate.exponential(0.05, 0.9995)).minimise(objective, start);
        assertThat(adam.parameters()).containsExactly(expected, within(1e-3));
    }

    /** Tries all 3ⁿ ways of holding parameters at a limit; the convex problem has one that satisfies all conditions. */
    private static double[] kktPoint(double[][] a, double[] centre, Bounds box) {
        int n = centre.length;
        for (int code = 0; code < Math.pow(3, n); code++) {
            var state = new int[n];
            for (int i = 0, rest = code; i < n; i++, rest /= 3) {
                state[i] = rest % 3;
            }
            var system = new DMatrixRMaj(n, n);
            var right = new DMatrixRMaj(n, 1);
            for (int i = 0; i < n; i++) {
                if (state[i] == 0) {
                    for (int j = 0; j < n; j++) {
                        system.set(i, j, a[i][j]);
                        right.add(i, 0, a[i][j] * centre[j]);
                    }
                } else {
                    system.set(i, i, 1);
                    right.set(i, 0, state[i] == 1 ? box.lower(i) : box.upper(i));
                }
            }
            var x = new DMatrixRMaj(n, 1);
            CommonOps_DDRM.solve(system, right, x);
            boolean optimal = true;
            for (int i = 0; i < n; i++) {
                double gradient = 0;
                for (int j = 0; j < n; j++) {
                    gradient += a[i][j] * (x.get(j) - centre[j]);
                }
                optimal &= switch (state[i]) {
                    case 0 -> x.get(i) >= box.lower(i) && x.get(i) <= box.upper(i);
                    case 1 -> gradient >= 0;
                    default -> gradient <= 0;
                };
            }
            if (optimal) {
                return x.getData().clone();
            }
        }
        throw new AssertionError("no point satisfies the conditions");
    }

    @Test
    void rosenbrockAgainstAWallStopsAtTheWall() {
        // On x = 0.5 the best y is 0.25, and the gradient there points further up in x.
        Bounds box = Bounds.of(new double[] {-INF, -INF}, new double[] {0.5, INF});
        Result result = Lbfgs.defaults().bounds(box)
            .minimise(guarded(Problems::rosenbrock, box), new double[] {-1.2, 1});
        assertThat(result.reason()).isEqualTo(StopReason.GRADIENT_NORM);
        assertThat(result.parameters()[0]).isEqualTo(0.5);
        assertThat(result.parameters()[1]).isCloseTo(0.25, within(1e-9));
        assertThat(result.value()).isCloseTo(0.25, within(1e-14));
    }

    @Test
    void boundsThatAreNotReachedChangeNothingAboutTheMinimum() {
        Result result = Lbfgs.defaults().bounds(Bounds.uniform(10, -3, 3))
            .minimise(Problems::rosenbrock, new Random(10).doubles(10, 0, 2).toArray());
        assertThat(result.converged()).isTrue();
        for (double x : result.parameters()) {
            assertThat(x).isCloseTo(1, within(1e-7));
        }
    }

    @Test
    void stepsBackFromUndefinedPointsInsideTheBox() {
        Objective logarithm = (x, g) -> {
            g[0] = 1 - 1 / x[0];
            g[1] = 1;
            return x[0] - Math.log(x[0]) + x[1];
        };
        Bounds box = Bounds.of(new double[] {-10, -2}, new double[] {10, 5});
        Result result = Lbfgs.defaults().bounds(box).minimise(logarithm, new double[] {8, 4});
        assertThat(result.parameters()[0]).isCloseTo(1, within(1e-7));
        assertThat(result.parameters()[1]).isEqualTo(-2);
    }

    @Test
    void levenbergMarquardtKeepsToItsBox() {
        // r = (x + y - 3, x - y - 1, 10 (x - 2 y)), with y held at 0.2: x = (2.8 + 1.2 + 100 · 0.4) / 102.
        Bounds box = Bounds.of(new double[] {-INF, -INF}, new double[] {INF, 0.2});
        Residuals residuals = Residuals.of(3, (x, r) -> {
            assertThat(x[1]).isLessThanOrEqualTo(0.2);
            r[0] = x[0] + x[1] - 3;
            r[1] = x[0] - x[1] - 1;
            r[2] = 10 * (x[0] - 2 * x[1]);
        }, (x, rows) -> {
            rows[0] = new double[] {1, 1};
            rows[1] = new double[] {1, -1};
            rows[2] = new double[] {10, -20};
        });
        Result result = LevenbergMarquardt.defaults().bounds(box).minimise(residuals, new double[] {5, 9});
        assertThat(result.converged()).isTrue();
        assertThat(result.parameters()[0]).isCloseTo(44.0 / 102, within(1e-9));
        assertThat(result.parameters()[1]).isEqualTo(0.2);
    }

    @Test
    void aBoxOfOnePointIsItsOwnMinimum() {
        Bounds point = Bounds.of(new double[] {2, 3}, new double[] {2, 3});
        for (Optimiser optimiser : new Optimiser[] {Lbfgs.defaults().bounds(point), Adam.defaults().bounds(point)}) {
            Result result = optimiser.minimise(Problems::rosenbrock, new double[] {0, 0});
            assertThat(result.parameters()).containsExactly(2, 3);
            assertThat(result.reason()).isEqualTo(StopReason.GRADIENT_NORM);
        }
    }

    @Test
    void refusesBadInputInOneSentence() {
        assertThatIllegalArgumentException().isThrownBy(() -> Bounds.of(new double[2], new double[3]))
            .withMessage("upper had 3 entries but had to have 2, as many as lower.");
        assertThatIllegalArgumentException().isThrownBy(() -> Bounds.uniform(1, 2, 1))
            .withMessage("bounds of parameter 0 were 2.0 and 1.0 but had to be in ascending order.");
        assertThatIllegalArgumentException().isThrownBy(() -> Bounds.uniform(1, Double.NaN, 1))
            .withMessageContaining("were NaN and 1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> Bounds.uniform(0, 0, 1))
            .withMessage("size was 0 but had to be positive.");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Lbfgs.defaults().bounds(Bounds.uniform(3, 0, 1))
                .minimise(Problems::rosenbrock, new double[2]))
            .withMessage("bounds had 3 entries but had to have 2, as many as there are parameters.");
        assertThat(Arrays.asList(Bounds.uniform(2, 0, INF).lower(1), Bounds.uniform(2, 0, INF).upper(0)))
            .containsExactly(0.0, INF);
    }
}
