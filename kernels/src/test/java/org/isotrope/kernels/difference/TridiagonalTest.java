package org.isotrope.kernels.difference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TridiagonalTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 17, 100})
    void solvesMatricesThatNeedRowExchanges(int n) {
        var random = new Random(n);
        double[] lower = random.doubles(n, -1, 1).toArray();
        double[] diagonal = random.doubles(n, -0.5, 0.5).toArray();
        double[] upper = random.doubles(n, -1, 1).toArray();
        double[] x = random.doubles(n, -1, 1).toArray();
        double[] right = product(lower, diagonal, upper, x, false);
        double[] solution = new double[n];
        Tridiagonal.of(lower, diagonal, upper).solve(right, solution);
        assertThat(solution).containsExactly(x, within(1e-11));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 50})
    void solvesCyclicMatricesInPlace(int n) {
        var random = new Random(n);
        double[] lower = random.doubles(n, -1, 1).toArray();
        double[] diagonal = random.doubles(n, 2.1, 3).toArray();
        double[] upper = random.doubles(n, -1, 1).toArray();
        double[] x = random.doubles(n, -1, 1).toArray();
        double[] right = product(lower, diagonal, upper, x, true);
        var matrix = Tridiagonal.cyclic(lower, diagonal, upper);
        assertThat(matrix.size()).isEqualTo(n);
        matrix.solve(right, right);
        assertThat(right).containsExactly(x, within(1e-13));
    }

    private static double[] product(double[] lower, double[] diagonal, double[] upper, double[] x, boolean cyclic) {
        int n = x.length;
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = diagonal[i] * x[i];
            if (cyclic || i > 0) {
                out[i] += lower[i] * x[(i + n - 1) % n];
            }
            if (cyclic || i < n - 1) {
                out[i] += upper[i] * x[(i + 1) % n];
            }
        }
        return out;
    }

    @Test
    void aZeroDiagonalIsNoObstacle() {
        double[] zero = new double[4];
        double[] one = {1, 1, 1, 1};
        double[] x = {1, 2, 3, 4};
        double[] solution = new double[4];
        Tridiagonal.of(one, zero, one).solve(product(one, zero, one, x, false), solution);
        assertThat(solution).containsExactly(x);
    }

    @Test
    void refusesBadArgumentsInOneSentence() {
        double[] three = {1, 1, 1};
        assertThatThrownBy(() -> Tridiagonal.of(three, new double[3], three))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("matrix has the pivot 0.0 in row 2; it had to be invertible");
        assertThatThrownBy(() -> Tridiagonal.of(three, new double[2], three))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lower and upper have 3 and 3 entries; both had to have 2, as the diagonal has");
        assertThatThrownBy(() -> Tridiagonal.cyclic(three, new double[2], three))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("diagonal has 2 entries; it had to have at least 3");
        assertThatThrownBy(() -> Tridiagonal.of(three, new double[] {3, 3, 3}, three).solve(three, new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("right and solution have 3 and 2 values; both had to have 3");
    }
}
