package org.isotrope.autodiff.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Random;

import org.junit.jupiter.api.Test;

class AdamTest {

    /** {@code ½ (3 (x - 1)² + (y + 2)²)}. */
    private static double bowl(double[] x, double[] g) {
        g[0] = 3 * (x[0] - 1);
        g[1] = x[1] + 2;
        return 0.5 * (3 * (x[0] - 1) * (x[0] - 1) + (x[1] + 2) * (x[1] + 2));
    }

    @Test
    void theFirstStepIsTheLearningRateWhateverTheGradient() {
        // m̂ = g and v̂ = g², so the step is α g / (|g| + ε).
        Result result = Adam.defaults().maxIterations(1).minimise(AdamTest::bowl, new double[] {0, 0});
        assertThat(result.parameters()[0]).isCloseTo(0.001 * 3 / (3 + 1e-8), within(1e-18));
        assertThat(result.parameters()[1]).isCloseTo(-0.001 * 2 / (2 + 1e-8), within(1e-18));
    }

    @Test
    void stepsAgreeWithThePublishedAlgorithm() {
        // The means written out as sums over all gradients so far, rather than by recursion.
        double beta1 = 0.8;
        double beta2 = 0.95;
        double epsilon = 1e-4;
        LearningRate schedule = t -> 0.3 / t;
        var seen = new ArrayList<Iteration>();
        Adam.defaults().betas(beta1, beta2).epsilon(epsilon).learningRate(schedule).maxIterations(12)
            .minimise(AdamTest::bowl, new double[] {4, -7}, seen::add);
        assertThat(seen).hasSize(13);
        for (int t = 1; t < seen.size(); t++) {
            for (int i = 0; i < 2; i++) {
                double mean = 0;
                double meanSquare = 0;
                for (int k = 1; k <= t; k++) {
                    double g = seen.get(k - 1).gradient()[i];
                    mean += (1 - beta1) * Math.pow(beta1, t - k) * g;
                    meanSquare += (1 - beta2) * Math.pow(beta2, t - k) * g * g;
                }
                double unbiased = mean / (1 - Math.pow(beta1, t));
                double unbiasedSquare = meanSquare / (1 - Math.pow(beta2, t));
                double expected = seen.get(t - 1).parameters()[i]
                    - 0.3 / t * unbiased / (Math.sqrt(unbiasedSquare) + epsilon);
                assertThat(seen.get(t).parameters()[i]).isCloseTo(expected, within(1e-13));
            }
        }
    }

    @Test
    void twoStepsByHand() {
        // f = x², x₀ = 1, α = 0.1, ε tiny: g₁ = 2, x₁ = 0.9; g₂ = 1.8,
        // m̂ = (0.9 · 0.1 · 2 + 0.1 · 1.8) / 0.19, v̂ = (0.999 · 0.001 · 4 + 0.001 · 3.24) / 0.001999.
        Objective square = (x, g) -> {
            g[0] = 2 * x[0];
            return x[0] * x[0];
        };
        Result result = Adam.defaults().learningRate(0.1).epsilon(1e-300).maxIterations(2)
            .minimise(square, new double[] {1});
        double expected = 0.9 - 0.1 * (0.36 / 0.19) / Math.sqrt(0.007236 / 0.001999);
        assertThat(result.parameters()[0]).isCloseTo(expected, within(1e-14));
        assertThat(result.history()).hasSize(3);
        assertThat(result.evaluations()).isEqualTo(3);
    }

    @Test
    void convergesOnAConvexProblem() {
        Result result = Adam.defaults().learningRate(LearningRate.cosine(0.1, 1e-6, 3000)).maxIterations(3000)
            .minimise(AdamTest::bowl, new double[] {-3, 5});
        assertThat(result.parameters()[0]).isCloseTo(1, within(1e-6));
        assertThat(result.parameters()[1]).isCloseTo(-2, within(1e-6));
    }

    @Test
    void findsTheMeanOfANoisyObjective() {
        var random = new Random(5);
        Objective noisy = (x, g) -> {
            double target = 3 + random.nextGaussian();
            g[0] = x[0] - target;
            return 0.5 * (x[0] - target) * (x[0] - target);
        };
        Result result = Adam.defaults().learningRate(LearningRate.cosine(0.05, 1e-4, 5000)).maxIterations(5000)
            .minimise(noisy, new double[] {0});
        assertThat(result.parameters()[0]).isCloseTo(3, within(0.1));
        assertThat(result.reason()).isEqualTo(StopReason.ITERATION_LIMIT);
    }

    @Test
    void stopsBeforeAnUndefinedPoint() {
        Objective cliff = (x, g) -> {
            g[0] = -1;
            return x[0] > 1 ? Double.NaN : -x[0];
        };
        Result result = Adam.defaults().learningRate(0.3).minimise(cliff, new double[] {0});
        assertThat(result.reason()).isEqualTo(StopReason.NOT_FINITE);
        assertThat(result.iterations()).isEqualTo(3);
        assertThat(result.parameters()[0]).isCloseTo(0.9, within(1e-6));
        assertThat(result.value()).isEqualTo(-result.parameters()[0]);
    }

    @Test
    void schedulesFollowTheirFormulas() {
        assertThat(LearningRate.constant(0.2).at(77)).isEqualTo(0.2);
        LearningRate cosine = LearningRate.cosine(1, 0.2, 11);
        assertThat(cosine.at(1)).isCloseTo(1, within(1e-15));
        assertThat(cosine.at(6)).isCloseTo(0.6, within(1e-15));
        assertThat(cosine.at(11)).isCloseTo(0.2, within(1e-15));
        assertThat(cosine.at(500)).isCloseTo(0.2, within(1e-15));
        assertThat(LearningRate.exponential(2, 0.5).at(4)).isEqualTo(0.25);
        LearningRate warm = LearningRate.constant(8).withWarmUp(4);
        assertThat(new double[] {warm.at(1), warm.at(2), warm.at(4), warm.at(5)}).containsExactly(2, 4, 8, 8);
    }

    @Test
    void refusesBadInputInOneSentence() {
        Adam adam = Adam.defaults();
        assertThatIllegalArgumentException().isThrownBy(() -> adam.learningRate(0))
            .withMessage("learningRate was 0.0 but had to be positive and finite.");
        assertThatIllegalArgumentException().isThrownBy(() -> adam.betas(0.9, 1))
            .withMessage("beta second was 1.0 but had to be at least 0 and less than 1.");
        assertThatIllegalArgumentException().isThrownBy(() -> adam.epsilon(Double.NaN))
            .withMessage("epsilon was NaN but had to be positive and finite.");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> adam.learningRate(t -> -1).minimise(AdamTest::bowl, new double[2]))
            .withMessage("learning rate of step 1 was -1.0 but had to be finite and not negative.");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> adam.minimise((x, g) -> Double.NaN, new double[2]))
            .withMessage("objective at start was NaN but had to be finite.");
        assertThatIllegalArgumentException().isThrownBy(() -> LearningRate.cosine(1, 1, 1))
            .withMessage("steps was 1 but had to be at least 2.");
    }
}
