package org.isotrope.kernels.difference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FornbergTest {

    @Test
    void agreesWithTheExactWeightsOnIntegers() {
        for (int m = 0; m <= 6; m++) {
            for (int p = 1; p <= 16; p++) {
                int n = m + p;
                double[] nodes = new double[n];
                int[] offsets = new int[n];
                for (int k = 0; k < n; k++) {
                    offsets[k] = k - 3;
                    nodes[k] = k - 3;
                }
                double[] exact = DifferenceWeights.midpoint(m, offsets).weights();
                double[] weights = Fornberg.weights(0.5, nodes, m);
                for (int k = 0; k < n; k++) {
                    assertThat(Math.abs(weights[k] - exact[k]))
                            .isLessThanOrEqualTo(Math.max(Math.ulp(exact[k]), 1e-30));
                }
            }
        }
    }

    /** Doubles are fractions, so the Lagrange polynomials of any nodes have exact derivatives to compare with. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void agreesWithExactArithmeticOnUnevenNodesToOneUlp(int seed) {
        var random = new Random(seed);
        int n = 13;
        double[] nodes = new double[n];
        double x = 1e3 * random.nextDouble();
        for (int k = 0; k < n; k++) {
            x += 0.01 * Math.pow(10, seed * (random.nextDouble() - 1));
            nodes[k] = x;
        }
        double x0 = seed % 2 == 0 ? nodes[random.nextInt(n)] : nodes[5] + 0.3 * (nodes[6] - nodes[5]);
        double[][] weights = Fornberg.allWeights(x0, nodes, 6);
        for (int m = 0; m <= 6; m++) {
            double[] exact = exact(x0, nodes, m);
            for (int k = 0; k < n; k++) {
                assertThat(Math.abs(weights[m][k] - exact[k])).isLessThanOrEqualTo(Math.max(Math.ulp(exact[k]), 1e-30));
            }
            assertThat(Fornberg.weights(x0, nodes, m)).containsExactly(weights[m]);
        }
    }

    private static double[] exact(double x0, double[] nodes, int derivative) {
        int n = nodes.length;
        double[] weights = new double[n];
        for (int k = 0; k < n; k++) {
            Rational[] polynomial = new Rational[n];
            Arrays.fill(polynomial, Rational.ZERO);
            polynomial[0] = Rational.ONE;
            for (int j = 0; j < n; j++) {
                if (j != k) {
                    Rational root = rational(nodes[j]).minus(rational(x0));
                    Rational gap = rational(nodes[k]).minus(rational(nodes[j]));
                    for (int i = n - 1; i >= 0; i--) {
                        Rational lower = i > 0 ? polynomial[i - 1] : Rational.ZERO;
                        polynomial[i] = lower.minus(root.times(polynomial[i])).over(gap);
                    }
                }
            }
            Rational weight = polynomial[derivative];
            for (int j = 2; j <= derivative; j++) {
                weight = weight.times(Rational.of(j));
            }
            weights[k] = weight.toDouble();
        }
        return weights;
    }

    private static Rational rational(double value) {
        var decimal = new BigDecimal(value);
        return decimal.scale() > 0 ? new Rational(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()))
                : new Rational(decimal.toBigInteger(), BigInteger.ONE);
    }

    @Test
    void derivativeZeroAtANodeIsThatNode() {
        assertThat(Fornberg.weights(2, new double[] {5, 2, -1}, 0)).containsExactly(0, 1, 0);
        assertThat(Fornberg.weights(7, new double[] {3}, 0)).containsExactly(1);
    }

    @Test
    void weightsFollowTheNodesAndTheUnitOfLength() {
        double[] nodes = {0.3, -0.7, 1.1, 0.05};
        double[] weights = Fornberg.weights(0.1, nodes, 2);
        double[] permuted = Fornberg.weights(0.1, new double[] {0.05, 1.1, 0.3, -0.7}, 2);
        int[] from = {3, 2, 0, 1};
        double unit = 0x1p-300;
        double[] scaled = Fornberg.weights(0.1 * unit, new double[] {0.3 * unit, -0.7 * unit, 1.1 * unit, 0.05 * unit},
                2);
        for (int k = 0; k < 4; k++) {
            assertThat(Math.abs(permuted[k] - weights[from[k]])).isLessThanOrEqualTo(Math.ulp(permuted[k]));
            assertThat(scaled[k]).isEqualTo(weights[k] * 0x1p600);
        }
    }

    /** The weights of a whole Chebyshev grid are a row of its differentiation matrix (Trefethen 2000, chapter 6). */
    @Test
    void chebyshevNodesGiveTheSpectralDifferentiationMatrix() {
        int n = 64;
        double[] nodes = new double[n + 1];
        for (int j = 0; j <= n; j++) {
            nodes[j] = Math.cos(j * Math.PI / n);
        }
        double[] row = Fornberg.weights(1, nodes, 1);
        assertThat(row[0]).isCloseTo((2.0 * n * n + 1) / 6, Percentage.withPercentage(1e-8));
        for (int j = 1; j < n; j++) {
            double closed = 2 * (j % 2 == 0 ? 1 : -1) / (1 - nodes[j]);
            assertThat(row[j]).isCloseTo(closed, Percentage.withPercentage(1e-8));
        }
    }

    @Test
    void refusesBadArgumentsInOneSentence() {
        assertThatThrownBy(() -> Fornberg.weights(0, new double[] {1, 2}, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number of nodes is 2; it had to be at least 3 for derivative 2");
        assertThatThrownBy(() -> Fornberg.weights(0, new double[] {1, 2, 1}, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nodes hold 1.0 twice; they had to be distinct");
        assertThatThrownBy(() -> Fornberg.weights(0, new double[] {0.0, 2, -0.0}, 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("twice");
        assertThatThrownBy(() -> Fornberg.weights(0, new double[] {1, Double.NaN}, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("node 1 is NaN; it had to be finite");
        assertThatThrownBy(() -> Fornberg.weights(Double.NaN, new double[] {1, 2}, 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("x0 is NaN; it had to be finite");
        assertThatThrownBy(() -> Fornberg.weights(0, new double[] {1, 2}, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("derivative is -1; it had to be at least 0");
    }
}
