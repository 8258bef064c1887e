package org.isotrope.autodiff.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two loops against the matrix they stand for, built by J. Nocedal, S. J. Wright, eq. 7.16. */
class LbfgsMemoryTest {

    private static final int N = 7;

    @ParameterizedTest
    @CsvSource({"1, 1, false", "5, 3, false", "5, 10, false", "0, 4, false", "4, 4, true", "6, 2, true", "0, 4, true"})
    void theDirectionIsThatOfTheDenseMatrix(int steps, int capacity, boolean masked) {
        var random = new Random(9);
        var free = new boolean[N];
        int[] kept = masked ? new int[] {0, 2, 3, 6} : new int[] {0, 1, 2, 3, 4, 5, 6};
        for (int i : kept) {
            free[i] = true;
        }
        double[][] hessian = Problems.symmetric(new double[] {1, 2, 3, 4, 5, 6, 7}, random);
        var memory = new LbfgsMemory(capacity);
        var s = new double[steps][];
        var y = new double[steps][];
        for (int k = 0; k < steps; k++) {
            s[k] = random.doubles(N, -1, 1).toArray();
            y[k] = Matrices.multiply(hessian, s[k]);
            memory.add(s[k], y[k]);
        }
        int oldest = Math.max(0, steps - capacity);
        double scale = 1;
        if (steps > 0) {
            double[] newest = at(kept, y[steps - 1]);
            scale = Vectors.dot(at(kept, s[steps - 1]), newest) / Vectors.dot(newest, newest);
        }
        double[][] inverse = identityMinus(kept.length, 1 - scale, null, null);
        for (int k = oldest; k < steps; k++) {
            double[] sk = at(kept, s[k]);
            double[] yk = at(kept, y[k]);
            double rho = 1 / Vectors.dot(sk, yk);
            assertThat(rho).isPositive();
            double[][] v = identityMinus(kept.length, rho, yk, sk);
            inverse = Matrices.multiply(Matrices.multiply(Matrices.transpose(v), inverse), v);
            for (int i = 0; i < sk.length; i++) {
                Vectors.addScaled(rho * sk[i], sk, inverse[i]);
            }
        }
        double[] gradient = random.doubles(N, -1, 1).toArray();
        var direction = new double[N];
        memory.direction(gradient, masked ? free : null, direction);
        double[] expected = Matrices.multiply(inverse, at(kept, gradient));
        for (int k = 0; k < kept.length; k++) {
            assertThat(direction[kept[k]]).isCloseTo(-expected[k], within(1e-13));
        }
        for (int i = 0; i < N; i++) {
            if (masked && !free[i]) {
                assertThat(direction[i]).isCloseTo(-scale * gradient[i], within(1e-15));
            }
        }
    }

    private static double[] at(int[] indices, double[] x) {
        return Arrays.stream(indices).mapToDouble(i -> x[i]).toArray();
    }

    /** {@code I - c a bᵀ}, or {@code (1 - c) I} without vectors. */
    private static double[][] identityMinus(int n, double c, double[] a, double[] b) {
        var matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double unit = i == j ? 1 : 0;
                matrix[i][j] = unit - c * (a == null ? unit : a[i] * b[j]);
            }
        }
        return matrix;
    }

    @Test
    void stepsWithoutPositiveCurvatureAreLeftOut() {
        var memory = new LbfgsMemory(3);
        memory.add(new double[] {1, 0}, new double[] {-1, 0});
        memory.add(new double[] {1, 0}, new double[] {0, 1});
        assertThat(memory.isEmpty()).isTrue();
        memory.add(new double[] {1, 0}, new double[] {2, 0});
        assertThat(memory.isEmpty()).isFalse();
    }
}
