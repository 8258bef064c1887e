package org.isotrope.kernels.difference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class Weno5Test {
    private final Random random = new Random(11);

    @Test
    void theLinearWeightsMixTheParabolasToTheFifthOrderValue() {
        for (int repeat = 0; repeat < 20; repeat++) {
            double[] f = random.doubles(5, -1, 1).toArray();
            double[] q = Weno5.candidates(f[0], f[1], f[2], f[3], f[4]);
            double[] gamma = Weno5.linearWeights();
            assertThat(gamma[0] * q[0] + gamma[1] * q[1] + gamma[2] * q[2])
                    .isCloseTo(Weno5.linear(f[0], f[1], f[2], f[3], f[4]), within(1e-15));
        }
    }

    /** Averages of {@code xⁿ} over cells [k − ½, k + ½]; the value at the face x = ½. */
    @Test
    void parabolasAreExactForQuadraticsAndTheLinearValueForQuartics() {
        for (int degree = 0; degree <= 4; degree++) {
            double[] f = new double[5];
            for (int k = 0; k < 5; k++) {
                f[k] = (Math.pow(k - 1.5, degree + 1) - Math.pow(k - 2.5, degree + 1)) / (degree + 1);
            }
            double face = Math.pow(0.5, degree);
            assertThat(Weno5.linear(f[0], f[1], f[2], f[3], f[4])).isCloseTo(face, within(1e-13));
            for (double candidate : Weno5.candidates(f[0], f[1], f[2], f[3], f[4])) {
                if (degree <= 2) {
                    assertThat(candidate).isCloseTo(face, within(1e-14));
                } else {
                    assertThat(Math.abs(candidate - face)).isGreaterThan(0.1);
                }
            }
        }
    }

    /** Jiang and Shu's (2.9): the sum of the squared scaled derivatives of each parabola, integrated over the cell. */
    @Test
    void smoothnessIsTheIntegralOfTheSquaredDerivatives() {
        double[] f = random.doubles(5, -1, 1).toArray();
        double[] smoothness = Weno5.smoothness(f[0], f[1], f[2], f[3], f[4]);
        for (int k = 0; k < 3; k++) {
            // the parabola α + β x + γ x² with the averages f[k], f[k+1], f[k+2] of cells centred at k − 2, k − 1, k
            double second = f[k] - 2 * f[k + 1] + f[k + 2];
            double slope = (f[k + 2] - f[k]) / 2 - (k - 1) * second;
            double integral = slope * slope + second * second / 12 + second * second;
            assertThat(smoothness[k]).isCloseTo(integral, within(1e-14));
        }
    }

    @Test
    void constantsAreKeptAndTheWeightsAreThenLinear() {
        assertThat(Weno5.left(3, 3, 3, 3, 3)).isCloseTo(3, within(1e-15));
        assertThat(Weno5.weights(3, 3, 3, 3, 3, Weno5.EPSILON)).containsExactly(Weno5.linearWeights(), within(1e-15));
    }

    @Test
    void leftIsTheWeightedSumAndRightItsMirrorImage() {
        double[] f = random.doubles(5, -1, 1).toArray();
        double[] w = Weno5.weights(f[0], f[1], f[2], f[3], f[4], 1e-3);
        double[] q = Weno5.candidates(f[0], f[1], f[2], f[3], f[4]);
        assertThat(w[0] + w[1] + w[2]).isCloseTo(1, within(1e-15));
        assertThat(Weno5.left(f[0], f[1], f[2], f[3], f[4], 1e-3))
                .isCloseTo(w[0] * q[0] + w[1] * q[1] + w[2] * q[2], within(1e-15));
        assertThat(Weno5.right(f[4], f[3], f[2], f[1], f[0], 1e-3))
                .isEqualTo(Weno5.left(f[0], f[1], f[2], f[3], f[4], 1e-3));
        assertThat(Weno5.right(f[4], f[3], f[2], f[1], f[0])).isEqualTo(Weno5.left(f[0], f[1], f[2], f[3], f[4]));
    }

    @Test
    void acrossAJumpTheSmoothParabolaWins() {
        assertThat(Weno5.left(0, 0, 0, 1, 1)).isCloseTo(0, within(1e-10));
        assertThat(Weno5.left(1, 1, 0, 0, 0)).isCloseTo(0, within(1e-10));
        assertThat(Weno5.weights(0, 0, 0, 1, 1, Weno5.EPSILON)[0]).isGreaterThan(1 - 1e-10);
        // the linear value overshoots
        assertThat(Weno5.linear(0, 0, 0, 1, 1)).isGreaterThan(0.3);
    }

    @Test
    void theDerivativeOfASineConvergesWithOrderFive() {
        double order = Math.log(derivativeError(40) / derivativeError(80)) / Math.log(2);
        assertThat(order).isGreaterThan(4.8);
    }

    private static double derivativeError(int n) {
        double h = 2 * Math.PI / n;
        double[] face = new double[n];
        for (int i = 0; i < n; i++) {
            face[i] = Weno5.left(Math.sin((i - 2) * h), Math.sin((i - 1) * h), Math.sin(i * h), Math.sin((i + 1) * h),
                    Math.sin((i + 2) * h));
        }
        double error = 0;
        for (int i = 0; i < n; i++) {
            error += Math.abs((face[i] - face[(i + n - 1) % n]) / h - Math.cos(i * h)) / n;
        }
        return error;
    }
}
