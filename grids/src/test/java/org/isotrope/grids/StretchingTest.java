package org.isotrope.grids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.isotrope.grids.Boundaries.Side;
import org.junit.jupiter.api.Test;

class StretchingTest {
    private static final List<Stretching> ALL = List.of(
            Stretching.chebyshev(), Stretching.geometric(1.15), Stretching.geometric(0.9), Stretching.geometric(1),
            Stretching.tanh(2), Stretching.tanh(1.5, Side.LOW), Stretching.tanh(1.5, Side.HIGH),
            Stretching.of("square", s -> s * s));

    @Test
    void endsAreTheNumbersThatWereAskedFor() {
        for (Stretching stretching : ALL) {
            for (int n : new int[] {2, 3, 8, 33}) {
                Axis nodes = stretching.nodes(-0.3, 1.7, n);
                assertThat(nodes.node(0)).isEqualTo(-0.3).isEqualTo(nodes.low());
                assertThat(nodes.node(n - 1)).isEqualTo(1.7).isEqualTo(nodes.high());
                assertThat(nodes.centring()).isEqualTo(Axis.Centring.NODE);
                assertThat(nodes.isUniform()).isFalse();
                Axis cells = stretching.cells(-0.3, 1.7, n);
                assertThat(cells.size()).isEqualTo(n);
                assertThat(cells.centring()).isEqualTo(Axis.Centring.CELL);
                assertThat(cells.low()).isCloseTo(-0.3, within(1e-15));
                assertThat(cells.high()).isCloseTo(1.7, within(1e-15));
                assertThat(sumOfWeights(cells)).as("cells tile the domain").isCloseTo(2, within(1e-14));
                Axis periodic = stretching.periodic(-0.3, 1.7, n);
                assertThat(periodic.period()).isEqualTo(2);
                assertThat(sumOfWeights(periodic)).isCloseTo(2, within(1e-14));
            }
        }
    }

    private static double sumOfWeights(Axis axis) {
        double sum = 0;
        for (int i = 0; i < axis.size(); i++) {
            sum += axis.weight(i);
        }
        return sum;
    }

    @Test
    void chebyshevNodesAreTheExtremaOfAChebyshevPolynomial() {
        int n = 12;
        Axis axis = Stretching.chebyshev().nodes(-1, 1, n + 1);
        for (int i = 0; i <= n; i++) {
            assertThat(axis.node(i)).isCloseTo(-Math.cos(Math.PI * i / n), within(1e-15));
            assertThat(axis.node(i)).as("mirrored").isEqualTo(-axis.node(n - i));
            // T_n(cos θ) = cos nθ is ±1 at its extrema
            assertThat(Math.abs(chebyshev(n, axis.node(i)))).isCloseTo(1, within(1e-12));
        }
        assertThat(axis.isMirrorSymmetric()).isTrue();
        assertThat(Stretching.chebyshev().cells(0, 3, 9).isMirrorSymmetric()).isTrue();
    }

    private static double chebyshev(int n, double x) {
        double before = 1;
        double value = x;
        for (int k = 1; k < n; k++) {
            double next = 2 * x * value - before;
            before = value;
            value = next;
        }
        return value;
    }

    @Test
    void geometricStepsHaveOneRatio() {
        for (double ratio : new double[] {1.3, 0.7, 1 + 1e-9, 1}) {
            Axis nodes = Stretching.geometric(ratio).nodes(2, 5, 20);
            for (int i = 2; i < 20; i++) {
                assertThat((nodes.node(i) - nodes.node(i - 1)) / (nodes.node(i - 1) - nodes.node(i - 2)))
                        .isCloseTo(ratio, within(1e-11));
            }
            Axis cells = Stretching.geometric(ratio).cells(2, 5, 20);
            assertThat(cells.weight(7) / cells.weight(6)).isCloseTo(ratio, within(1e-12));
        }
    }

    @Test
    void tanhCrowdsWhereItShould() {
        Axis both = Stretching.tanh(2).nodes(0, 1, 41);
        assertThat(both.isMirrorSymmetric()).isTrue();
        assertThat(both.node(20)).isEqualTo(0.5);
        Axis low = Stretching.tanh(2, Side.LOW).nodes(0, 1, 41);
        Axis high = Stretching.tanh(2, Side.HIGH).nodes(0, 1, 41);
        for (int i = 0; i <= 40; i++) {
            assertThat(low.node(i)).isCloseTo(1 - high.node(40 - i), within(1e-15));
            assertThat(both.node(i)).isCloseTo(0.5 * (1 + Math.tanh(2 * (i / 20.0 - 1)) / Math.tanh(2)), within(1e-15));
        }
        assertThat(low.isMirrorSymmetric()).isFalse();
        // steps at the crowded end tend to δ/(sinh δ cosh δ) of equal ones
        double expected = 2 / (Math.sinh(2) * Math.cosh(2));
        int n = 100_000;
        for (Axis fine : List.of(Stretching.tanh(2).nodes(0, 1, n + 1), Stretching.tanh(2, Side.LOW).nodes(0, 1, n + 1))) {
            assertThat(fine.weight(0) * n).isCloseTo(expected, within(1e-4));
        }
    }

    @Test
    void cellsBetweenFaces() {
        Axis axis = Axis.cellsBetween(0, 1, 4, 6);
        assertThat(axis.nodes()).containsExactly(0.5, 2.5, 5);
        assertThat(new double[] {axis.weight(0), axis.weight(1), axis.weight(2)}).containsExactly(1, 3, 2);
        assertThat(axis.low()).isZero();
        assertThat(axis.high()).isEqualTo(6);
        assertThat(axis).hasToString("nonuniform cells [0.5, 5], 3 nodes, weights 1 to 3");
        // the same nodes, other faces
        Axis other = Axis.cellsBetween(-0.5, 1.5, 3.5, 6.5);
        assertThat(other.nodes()).containsExactly(axis.nodes());
        assertThat(other).isNotEqualTo(axis);
        assertThat(other.isCongruentTo(axis)).isFalse();
        assertThat(Axis.cellsBetween(1, 2, 5, 7).isCongruentTo(axis)).isTrue();
        assertThat(Axis.cellsBetween(0, 1, 4, 5).isMirrorSymmetric()).isTrue();
        assertThat(Axis.cellsBetween(0, 1, 3, 5.5, 7).isMirrorSymmetric()).isFalse();
        // spacings 2, 2 read the same backwards, widths 1, 3, 1 do and 1.5, 2.5, 1.5 do, 1, 3, 1 against 3, 1, 3 do not
        assertThat(Axis.cellsBetween(0, 1, 4, 5).isCongruentTo(Axis.cellsBetween(0, 3, 4, 7))).isFalse();
        assertThat(Axis.uniform(0, 1, 3).low()).isZero();
        assertThat(Axis.periodic(0, 1, 3).high()).isEqualTo(1);
        assertThat(Axis.cells(0, 1, 3).high()).isCloseTo(1, within(1e-15));
    }

    @Test
    void badStretchingsAreNamed() {
        assertThatThrownBy(() -> Stretching.geometric(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ratio is 0.0; it had to be positive and finite");
        assertThatThrownBy(() -> Stretching.geometric(Double.NaN)).hasMessageContaining("ratio is NaN");
        assertThatThrownBy(() -> Stretching.tanh(-1)).hasMessageContaining("delta is -1.0");
        assertThatThrownBy(() -> Stretching.tanh(Double.POSITIVE_INFINITY, Side.LOW)).hasMessageContaining("delta is");
        assertThatThrownBy(() -> Stretching.of("half", s -> s / 2)).hasMessageContaining("takes 1.0 to 0.5");
        assertThatThrownBy(() -> Stretching.of("broken", s -> Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Stretching.of("wave", s -> s + Math.sin(2 * Math.PI * s)).nodes(0, 1, 9))
                .hasMessageContaining("strictly increasing");
        assertThatThrownBy(() -> Stretching.tanh(500).nodes(0, 1, 101)).as("nodes that coincide")
                .hasMessageContaining("strictly increasing");
        assertThatThrownBy(() -> Stretching.geometric(1e9).nodes(0, 1, 101)).hasMessageContaining("node");
        assertThatThrownBy(() -> Stretching.chebyshev().nodes(0, 1, 1)).hasMessageContaining("at least 2");
        assertThatThrownBy(() -> Stretching.chebyshev().cells(0, 1, 0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> Stretching.chebyshev().nodes(1, 0, 5)).hasMessageContaining("interval is [1.0, 0.0]");
        assertThatThrownBy(() -> Axis.cellsBetween(1)).hasMessage("number of faces is 1; it had to be at least 2");
        assertThatThrownBy(() -> Axis.cellsBetween(0, 2, 2)).hasMessageContaining("is 2.0 after 2.0");
        assertThatThrownBy(() -> Axis.cellsBetween(0, Double.NaN, 2)).hasMessageContaining("is NaN");
    }
}
