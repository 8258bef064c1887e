package org.isotrope.kernels.difference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.isotrope.grids.Axis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AxisDifferencesTest {

    /** One axis of every kind; all span about 2. */
    enum Kind {
        UNIFORM, CELLS, STRETCHED, JITTERED, GEOMETRIC, CHEBYSHEV, PERIODIC, PERIODIC_JITTERED;

        Axis axis(int n) {
            return switch (this) {
                case UNIFORM -> Axis.uniform(-1, 1, n);
                case CELLS -> Axis.cells(-1, 1, n);
                case STRETCHED -> nodes(n, x -> Math.tanh(1.2 * x) / Math.tanh(1.2));
                case JITTERED -> Axis.nodes(jittered(n, 2.0 / (n - 1)));
                case GEOMETRIC -> nodes(n, x -> (Math.pow(4, x) - 1) / 2);
                case CHEBYSHEV -> nodes(n, x -> Math.sin(x * Math.PI / 2));
                case PERIODIC -> Axis.periodic(-1, 1, n);
                case PERIODIC_JITTERED -> Axis.periodicNodes(2, jittered(n, 2.0 / n));
            };
        }
    }

    private static Axis nodes(int n, DoubleUnaryOperator map) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = map.applyAsDouble(-1 + 2.0 * i / (n - 1));
        }
        return Axis.nodes(x);
    }

    /** Equally spaced nodes moved by up to 0.35 spacings each. */
    private static double[] jittered(int n, double spacing) {
        var random = new Random(42);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = -1 + (i + 0.7 * (random.nextDouble() - 0.5)) * spacing;
        }
        return x;
    }

    /** Coordinate of a column, wherever its image is. */
    private static double coordinate(Axis axis, int column) {
        int n = axis.size();
        return axis.node(Math.floorMod(column, n)) + (axis.isPeriodic() ? Math.floorDiv(column, n) * axis.period() : 0);
    }

    @ParameterizedTest
    @EnumSource
    void everyRowIsExactForEveryPolynomialOfDegreeBelowDerivativePlusAccuracy(Kind kind) {
        Axis axis = kind.axis(24);
        for (int m = 1; m <= 6; m++) {
            for (int p = 1; p <= (axis.isUniform() ? 16 : 8); p++) {
                var matrix = AxisDifferences.of(axis, m, p);
                for (int i = 0; i < axis.size(); i++) {
                    for (int degree = 0; degree <= m + p - 1; degree++) {
                        assertMoment(axis, matrix, i, m, degree);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void upwindRowsAreExactToo(Kind kind) {
        Axis axis = kind.axis(24);
        for (int p : new int[] {1, 3, 5}) {
            for (int sign : new int[] {1, -1}) {
                var matrix = AxisDifferences.upwind(axis, p, sign);
                for (int i = 0; i < axis.size(); i++) {
                    for (int degree = 0; degree <= p; degree++) {
                        assertMoment(axis, matrix, i, 1, degree);
                    }
                }
                int i = axis.size() / 2;
                int below = i - matrix.firstColumn(i);
                int above = matrix.width(i) - 1 - below;
                assertThat(below - above).isEqualTo(sign);
            }
        }
    }

    /** {@code (x − x_i)^degree} about each row's own node, relative to the terms that cancel in it. */
    private static void assertMoment(Axis axis, BandedMatrix matrix, int i, int m, int degree) {
        double x = axis.node(i);
        double sum = 0;
        double size = 0;
        for (int k = 0; k < matrix.width(i); k++) {
            double term = matrix.weight(i, k) * Math.pow(coordinate(axis, matrix.firstColumn(i) + k) - x, degree);
            sum += term;
            size += Math.abs(term);
        }
        double wanted = 0;
        if (degree == m) {
            wanted = 1;
            for (int j = 2; j <= m; j++) {
                wanted *= j;
            }
        }
        // nodes of a uniform axis are themselves rounded: an ulp of 1 in a spacing of 0.08
        double tolerance = axis.isUniform() ? 3e-13 : 2e-14;
        assertThat(sum).as("row %d, derivative %d, degree %d, %s", i, m, degree, matrix)
                .isCloseTo(wanted, within(tolerance * size));
    }

    /** The same as seen by a user: monomials in the coordinate itself, against the largest derivative. */
    @Test
    void monomialsOnAJitteredAxisAreDifferentiatedTo1em10() {
        Axis axis = Axis.nodes(jittered(16, 2.0 / 15));
        int n = axis.size();
        double[] f = new double[n];
        double[] derivative = new double[n];
        for (int m = 1; m <= 4; m++) {
            for (int p = 1; p <= 8; p++) {
                var matrix = AxisDifferences.of(axis, m, p);
                for (int degree = m; degree <= m + p - 1; degree++) {
                    double factor = 1;
                    for (int j = 0; j < m; j++) {
                        factor *= degree - j;
                    }
                    for (int i = 0; i < n; i++) {
                        f[i] = Math.pow(axis.node(i), degree);
                    }
                    matrix.apply(f, derivative);
                    double largest = 0;
                    double error = 0;
                    for (int i = 0; i < n; i++) {
                        double exact = factor * Math.pow(axis.node(i), degree - m);
                        largest = Math.max(largest, Math.abs(exact));
                        error = Math.max(error, Math.abs(derivative[i] - exact));
                    }
                    assertThat(error / largest).as("m %d, p %d, degree %d", m, p, degree).isLessThan(1e-10);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void convergesWithItsOrderOnASine(Kind kind) {
        for (int m = 1; m <= 4; m++) {
            for (int p = 2; p <= 4; p++) {
                double order = Math.log(sineError(kind, 30, m, p) / sineError(kind, 90, m, p)) / Math.log(3);
                assertThat(order).as("m %d, p %d", m, p).isGreaterThan(p - 0.15);
            }
        }
    }

    /** Root mean square over all rows, boundary rows included, and over two phases so that no row is lucky. */
    private static double sineError(Kind kind, int n, int m, int p) {
        Axis axis = kind.axis(n);
        var matrix = AxisDifferences.of(axis, m, p);
        double[] f = new double[n];
        double[] derivative = new double[n];
        double error = 0;
        for (double phase : new double[] {0, Math.PI / 2}) {
            for (int i = 0; i < n; i++) {
                f[i] = Math.sin(Math.PI * axis.node(i) + phase);
            }
            matrix.apply(f, derivative);
            for (int i = 0; i < n; i++) {
                double exact = Math.pow(Math.PI, m) * Math.sin(Math.PI * axis.node(i) + phase + m * Math.PI / 2);
                error += (derivative[i] - exact) * (derivative[i] - exact) / n;
            }
        }
        return Math.sqrt(error);
    }

    @Test
    void aUniformInteriorIsTheCentredStencilAndConstant() {
        var matrix = AxisDifferences.of(Axis.uniform(0, 10, 21), 2, 4);
        assertThat(matrix.constantBegin()).isEqualTo(2);
        assertThat(matrix.constantEnd()).isEqualTo(19);
        assertThat(matrix.weights(7)).containsExactly(DifferenceWeights.centred(2, 4).weights(0.5));
        assertThat(matrix.firstColumn(7)).isEqualTo(5);
        assertThat(matrix.weights(0)).containsExactly(DifferenceWeights.forward(2, 4).weights(0.5));
        assertThat(matrix.weights(1)).containsExactly(DifferenceWeights.biased(2, 4, -1).weights(0.5));
        assertThat(matrix.weights(20)).containsExactly(DifferenceWeights.backward(2, 4).weights(0.5));
        assertThat(matrix).hasToString("bounded 21 x 21, at most 6 weights a row, rows 2 to 18 constant");
    }

    @Test
    void aPeriodicUniformAxisIsConstantAndItsFirstDerivativeExactlyAntisymmetric() {
        var matrix = AxisDifferences.of(Axis.periodic(0, 3, 12), 1, 6);
        assertThat(matrix.constantBegin()).isZero();
        assertThat(matrix.constantEnd()).isEqualTo(12);
        double[][] full = matrix.dense();
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 12; j++) {
                assertThat(full[i][j] + full[j][i]).isZero();
            }
        }
    }

    @Test
    void aNonuniformAxisTakesTheExtraNodeAndHasNoConstantRows() {
        Axis axis = Axis.nodes(jittered(20, 0.1));
        var even = AxisDifferences.of(axis, 2, 2);
        assertThat(even.width(9)).isEqualTo(5);
        assertThat(even.firstColumn(9)).isEqualTo(7);
        assertThat(even.width(0)).isEqualTo(4);
        assertThat(even.width(1)).isEqualTo(4);
        assertThat(even.constantBegin()).isEqualTo(even.constantEnd());
        assertThat(AxisDifferences.of(axis, 1, 2).width(9)).isEqualTo(3);
        assertThat(AxisDifferences.of(axis, 1, 4).width(9)).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void reversingTheAxisReversesTheMatrix(Kind kind) {
        Axis axis = kind.axis(18);
        int n = axis.size();
        double[] reversed = new double[n];
        for (int i = 0; i < n; i++) {
            reversed[i] = -axis.node(n - 1 - i);
        }
        Axis mirror = axis.isPeriodic() ? Axis.periodicNodes(axis.period(), reversed) : Axis.nodes(reversed);
        Axis same = axis.isPeriodic() ? Axis.periodicNodes(axis.period(), axis.nodes()) : Axis.nodes(axis.nodes());
        for (int m = 1; m <= 4; m++) {
            for (int p = 1; p <= 5; p++) {
                var matrix = AxisDifferences.of(same, m, p);
                var mirrored = AxisDifferences.of(mirror, m, p);
                for (int i = 0; i < n; i++) {
                    double largest = Arrays.stream(matrix.weights(i)).map(Math::abs).max().orElseThrow();
                    for (int j = 0; j < n; j++) {
                        double sign = m % 2 == 0 ? 1 : -1;
                        assertThat(mirrored.get(n - 1 - i, n - 1 - j))
                                .isCloseTo(sign * matrix.get(i, j), within(1e-12 * largest));
                    }
                }
            }
        }
    }

    @Test
    void uniformAndNonuniformConstructionsMeetOnEqualNodes() {
        Axis uniform = Axis.uniform(-2, 5, 15);
        // an odd derivative takes the same nodes either way
        double[][] exact = AxisDifferences.of(uniform, 3, 4).dense();
        double[][] general = AxisDifferences.of(Axis.nodes(uniform.nodes()), 3, 4).dense();
        for (int i = 0; i < 15; i++) {
            assertThat(general[i]).containsExactly(exact[i], within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9})
    void theSmallestAxesThatAreAllowedAreExact(int n) {
        for (Kind kind : Kind.values()) {
            Axis axis = kind.axis(n);
            for (int m = 1; m <= 4; m++) {
                for (int p = 1; p <= 8; p++) {
                    if (m + p <= n && (!axis.isPeriodic() || m + p + 1 <= n)) {
                        var matrix = AxisDifferences.of(axis, m, p);
                        for (int i = 0; i < n; i++) {
                            for (int degree = 0; degree <= m + p - 1; degree++) {
                                assertMoment(axis, matrix, i, m, degree);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void alongASingleNodeNothingVaries() {
        var matrix = AxisDifferences.of(Axis.singleton(4), 2, 6);
        double[] out = {7};
        matrix.apply(new double[] {3}, out);
        assertThat(out).containsExactly(0);
        assertThat(AxisDifferences.upwind(Axis.periodic(0, 1, 1), 3, -1).get(0, 0)).isZero();
    }

    @Test
    void refusesTooFewNodesAndSaysHowManyAreNeeded() {
        assertThatThrownBy(() -> AxisDifferences.of(Axis.uniform(0, 1, 5), 2, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("axis is uniform [0, 1], 5 nodes, spacing 0.25; it had to have at least 6 nodes for "
                        + "derivative 2 at accuracy 4");
        assertThat(AxisDifferences.of(Axis.uniform(0, 1, 6), 2, 4).size()).isEqualTo(6);
        assertThatThrownBy(() -> AxisDifferences.of(Axis.periodic(0, 1, 4), 2, 4))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at least 5 nodes");
        assertThatThrownBy(() -> AxisDifferences.of(Axis.periodicNodes(1, 0, 0.1, 0.4, 0.5), 2, 2))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at least 5 nodes");
        assertThatThrownBy(() -> AxisDifferences.upwind(Axis.uniform(0, 1, 5), 5, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("it had to have at least 6 nodes for the upwind first derivative at accuracy 5");
        assertThatThrownBy(() -> AxisDifferences.of(Axis.uniform(0, 1, 5), 0, 4))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("derivative is 0; it had to be at least 1");
        assertThatThrownBy(() -> AxisDifferences.of(Axis.uniform(0, 1, 5), 1, 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("accuracy is 0; it had to be at least 1");
        assertThatThrownBy(() -> AxisDifferences.upwind(Axis.uniform(0, 1, 5), 2, 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("accuracy is 2; it had to be odd");
        assertThatThrownBy(() -> AxisDifferences.upwind(Axis.uniform(0, 1, 5), 1, 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("sign is 0; it had to be 1 or -1");
    }
}
