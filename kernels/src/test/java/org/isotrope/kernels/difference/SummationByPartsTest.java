package org.isotrope.kernels.difference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.isotrope.grids.Axis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SummationByPartsTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6, 8})
    void sumsByParts(int order) {
        for (int n : new int[] {2 * order, 2 * order + 1, 50}) {
            double h = 0.37;
            var operator = SummationByParts.of(order, n, h);
            double[] norm = operator.norm();
            double[][] d = operator.derivative().dense();
            for (int i = 0; i < n; i++) {
                assertThat(norm[i]).isPositive();
                for (int j = 0; j < n; j++) {
                    double boundary = i != j ? 0 : i == 0 ? -1 : i == n - 1 ? 1 : 0;
                    assertThat(norm[i] * d[i][j] + norm[j] * d[j][i]).isCloseTo(boundary, within(1e-14));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6, 8})
    void integratesByPartsOnRandomVectors(int order) {
        int n = 40;
        var operator = SummationByParts.of(order, n, 1);
        var random = new Random(order);
        double[] u = random.doubles(n, -1, 1).toArray();
        double[] v = random.doubles(n, -1, 1).toArray();
        double[] du = new double[n];
        double[] dv = new double[n];
        operator.derivative().apply(u, du);
        operator.derivative().apply(v, dv);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += operator.norm()[i] * (u[i] * dv[i] + du[i] * v[i]);
        }
        assertThat(sum).isCloseTo(u[n - 1] * v[n - 1] - u[0] * v[0], within(1e-13));
    }

    /** K. Mattsson, J. Nordström, J. Comput. Phys. 199 (2004) 503, appendix; order 8 from Strand 1994. */
    @Test
    void normsAreThePublishedOnes() {
        assertThat(SummationByParts.of(2, 9, 1).normFractions()).isEqualTo(List.of("1/2"));
        assertThat(SummationByParts.of(4, 9, 1).normFractions()).isEqualTo(List.of("17/48", "59/48", "43/48", "49/48"));
        assertThat(SummationByParts.of(6, 12, 1).normFractions()).isEqualTo(List.of("13649/43200", "12013/8640",
                "2711/4320", "5359/4320", "7877/8640", "43801/43200"));
        assertThat(SummationByParts.of(8, 16, 1).normFractions()).isEqualTo(List.of("1498139/5080320",
                "1107307/725760", "20761/80640", "1304999/725760", "299527/725760", "103097/80640", "670091/725760",
                "5127739/5080320"));
    }

    @Test
    void theClosureOfOrderFourIsThePublishedOne() {
        var d = SummationByParts.of(4, 12, 1).derivative();
        double[][] published = {
            {-24 / 17.0, 59 / 34.0, -4 / 17.0, -3 / 34.0},
            {-1 / 2.0, 0, 1 / 2.0},
            {4 / 43.0, -59 / 86.0, 0, 59 / 86.0, -4 / 43.0},
            {3 / 98.0, 0, -59 / 98.0, 0, 32 / 49.0, -4 / 49.0}};
        for (int i = 0; i < 4; i++) {
            assertThat(d.weights(i)).containsExactly(published[i], within(1e-15));
            assertThat(d.firstColumn(i)).isZero();
        }
        assertThat(d.constantBegin()).isEqualTo(4);
        assertThat(d.constantEnd()).isEqualTo(8);
        assertThat(d.weights(5)).containsExactly(DifferenceWeights.centred(1, 4).weights());
    }

    /** Closures as they are derived, exactly; operators take them from then on as they are. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6, 8})
    void closuresAreExactInRationals(int order) {
        int s = order / 2;
        SummationClosure closure = SummationClosure.of(s);
        var operator = SummationByParts.of(order, 4 * order, 1);
        assertThat(Stream.of(closure.norm()).map(Rational::toString)).isEqualTo(operator.normFractions());
        int r = closure.size();
        for (int i = 0; i < r; i++) {
            Rational[] row = closure.rows()[i];
            for (int degree = 0; degree <= s; degree++) {
                Rational sum = Rational.ZERO;
                for (int j = 0; j < row.length; j++) {
                    sum = sum.plus(row[j].times(Rational.of(j - i).power(degree)));
                }
                assertThat(sum).as("row %d, degree %d", i, degree)
                        .isEqualTo(degree == 1 ? closure.norm()[i] : Rational.ZERO);
            }
            for (int j = 0; j < row.length; j++) {
                assertThat(row[j].over(closure.norm()[i]).toDouble()).isEqualTo(operator.derivative().get(i, j));
                if (j < r && i < closure.rows()[j].length) {
                    Rational boundary = i == 0 && j == 0 ? Rational.of(-1) : Rational.ZERO;
                    assertThat(row[j].plus(closure.rows()[j][i])).isEqualTo(boundary);
                }
            }
        }
        if (order == 4) {
            assertThat(closure.rows()[0][1]).isEqualTo(Rational.of(59, 96));
            assertThat(closure.rows()[2][3]).isEqualTo(Rational.of(59, 96));
        } else if (order == 6) {
            assertThat(closure.rows()[4][5].toDouble()).isCloseTo(0.70127127127127, within(2e-5));
        }
    }

    /** The free parameter of order 6 is {@code Q_45}; the literature has 0.70127127127127. */
    @Test
    void theFreeParameterOfOrderSixIsNearThePublishedOne() {
        var operator = SummationByParts.of(6, 12, 1);
        double parameter = operator.norm()[4] * operator.derivative().get(4, 5);
        assertThat(parameter).isCloseTo(0.70127127127127, within(2e-5));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6, 8})
    void rowsAreExactToTheirOrderAndTheNormIntegrates(int order) {
        int n = 30;
        double h = 1.0 / (n - 1);
        var operator = SummationByParts.of(Axis.uniform(0, 1, n), order);
        assertThat(operator.order()).isEqualTo(order);
        assertThat(operator.boundaryOrder()).isEqualTo(order / 2);
        int r = operator.closureSize();
        double[] f = new double[n];
        double[] derivative = new double[n];
        for (int degree = 0; degree <= order; degree++) {
            double integral = 0;
            for (int i = 0; i < n; i++) {
                f[i] = Math.pow(i * h, degree);
                integral += operator.norm()[i] * f[i];
            }
            operator.derivative().apply(f, derivative);
            for (int i = 0; i < n; i++) {
                boolean closure = i < r || i >= n - r;
                if (!closure || degree <= order / 2) {
                    assertThat(derivative[i]).isCloseTo(degree * Math.pow(i * h, Math.max(degree - 1, 0)),
                            within(2e-12));
                }
            }
            if (degree < order) {
                assertThat(integral).isCloseTo(1.0 / (degree + 1), within(1e-14));
            }
        }
    }

    /** At degree {@code s + 1} the closure is no longer exact: its order is not more than is said. */
    @ParameterizedTest
    @CsvSource({"2, 0.5", "4, 0.227636411575107", "6, 0.25583139661751086", "8, 0.34745476265542585"})
    void averageBoundaryTruncationErrorIsTheMinimum(int order, double expected) {
        int r = order == 2 ? 1 : order;
        assertThat(boundaryError(order, r, 0)).isCloseTo(expected, within(1e-9));
        if (order == 6) {
            // one step along the family of closures, either way, is worse
            assertThat(boundaryError(order, r, 1e-3)).isGreaterThan(expected);
            assertThat(boundaryError(order, r, -1e-3)).isGreaterThan(expected);
        }
    }

    /** With {@code Q_45} changed by a step and the rest of the closure following to keep the lower degrees exact. */
    private static double boundaryError(int order, int r, double step) {
        var operator = SummationByParts.of(order, 2 * r + 8, 1);
        double[] norm = operator.norm();
        double[][] d = operator.derivative().dense();
        int s = order / 2;
        double factorial = 1;
        for (int k = 2; k <= s + 1; k++) {
            factorial *= k;
        }
        double sum = 0;
        for (int i = 0; i < r; i++) {
            double error = 0;
            for (int j = 0; j < d.length; j++) {
                double q = norm[i] * d[i][j];
                if (step != 0 && i < 6 && j < 6) {
                    q += step * direction(i, j);
                }
                error += q / norm[i] * Math.pow(j - i, s + 1);
            }
            sum += error * error / (factorial * factorial);
        }
        return Math.sqrt(sum / r);
    }

    /**
     * The antisymmetric 6 × 6 matrix that annihilates all cubics, unique up to its factor: the wedge product of the two
     * vectors orthogonal to them, the fourth differences.
     */
    private static double direction(int i, int j) {
        double[] u = {1, -4, 6, -4, 1, 0};
        double[] v = {0, 1, -4, 6, -4, 1};
        return u[i] * v[j] - u[j] * v[i];
    }

    /** Transport with the inflow imposed weakly: the energy cannot grow, and the order is s + 1. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6, 8})
    void transportWithWeakInflowIsStableAndConverges(int order) {
        double coarse = transportError(order, 25);
        double fine = transportError(order, 49);
        assertThat(Math.log(coarse / fine) / Math.log(2)).isGreaterThan(order / 2 + 1 - 0.35);
    }

    /** {@code u_t + u_x = 0} on [0, 1] with {@code u = sin 2π(x − t)}, by classical Runge–Kutta to t = 1. */
    private static double transportError(int order, int n) {
        double h = 1.0 / (n - 1);
        var operator = SummationByParts.of(order, n, h);
        int steps = 20 * (n - 1);
        double dt = 1.0 / steps;
        double[] u = new double[n];
        for (int i = 0; i < n; i++) {
            u[i] = Math.sin(2 * Math.PI * i * h);
        }
        double[] stage = new double[n];
        double[] slope = new double[n];
        double[] sum = new double[n];
        double[] c = {0, 0.5, 0.5, 1};
        double[] b = {1 / 6.0, 1 / 3.0, 1 / 3.0, 1 / 6.0};
        for (int step = 0; step < steps; step++) {
            System.arraycopy(u, 0, sum, 0, n);
            System.arraycopy(u, 0, stage, 0, n);
            for (int k = 0; k < 4; k++) {
                operator.derivative().apply(stage, slope);
                double inflow = -Math.sin(2 * Math.PI * (step + c[k]) * dt);
                slope[0] += (stage[0] - inflow) / operator.norm()[0];
                for (int i = 0; i < n; i++) {
                    sum[i] -= dt * b[k] * slope[i];
                    stage[i] = u[i] - (k < 3 ? dt * c[k + 1] * slope[i] : 0);
                }
            }
            System.arraycopy(sum, 0, u, 0, n);
        }
        double error = 0;
        for (int i = 0; i < n; i++) {
            error += operator.norm()[i] * Math.pow(u[i] - Math.sin(2 * Math.PI * (i * h - 1)), 2);
        }
        return Math.sqrt(error);
    }

    /** By power iteration on {@code −(hD)²}, whose largest eigenvalue is the square of the spectral radius of hD. */
    @Test
    void theClosureOfOrderEightDoesNotShortenTheTimeStep() {
        int n = 60;
        var d = SummationByParts.of(8, n, 1).derivative();
        double[] x = new Random(8).doubles(n, -1, 1).toArray();
        double[] y = new double[n];
        double growth = 0;
        for (int k = 0; k < 400; k++) {
            d.apply(x, y);
            d.apply(y, x);
            growth = Math.sqrt(normalise(x));
        }
        assertThat(growth).isCloseTo(1.7257676717349788, within(0.01));
    }

    private static double normalise(double[] x) {
        double size = 0;
        for (double value : x) {
            size = Math.hypot(size, value);
        }
        for (int i = 0; i < x.length; i++) {
            x[i] /= size;
        }
        return size;
    }

    @Test
    void refusesBadArgumentsInOneSentence() {
        assertThatThrownBy(() -> SummationByParts.of(5, 20, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("order is 5; it had to be 2, 4, 6 or 8");
        assertThatThrownBy(() -> SummationByParts.of(6, 11, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number of nodes is 11; it had to be at least 12 for summation by parts of interior "
                        + "order 6");
        assertThatThrownBy(() -> SummationByParts.of(6, 12, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("spacing is 0.0; it had to be positive and finite");
        assertThatThrownBy(() -> SummationByParts.of(Axis.cells(0, 1, 12), 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("it had to be bounded, uniform and node-centred for summation by parts");
        assertThatThrownBy(() -> SummationByParts.of(Axis.periodic(0, 1, 12), 4))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
