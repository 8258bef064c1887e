package org.isotrope.grids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void uniformNodesIncludeBothEnds() {
        Axis axis = Axis.uniform(-1, 1, 21);
        assertThat(axis.size()).isEqualTo(21);
        assertThat(axis.node(0)).isEqualTo(-1);
        assertThat(axis.node(10)).isEqualTo(0);
        assertThat(axis.node(20)).isEqualTo(1);
        assertThat(axis.spacing()).isEqualTo(0.1);
        for (int i = 0; i < 21; i++) {
            assertThat(axis.node(i)).as("mirrored").isEqualTo(-axis.node(20 - i));
            assertThat(axis.weight(i)).isEqualTo(0.1);
        }
        assertThat(axis.isPeriodic()).isFalse();
        assertThatThrownBy(axis::period).isInstanceOf(IllegalStateException.class);
        assertThat(axis).hasToString("uniform [-1, 1], 21 nodes, spacing 0.1");
    }

    @Test
    void cellsLieHalfASpacingInsideTheWalls() {
        Axis axis = Axis.cells(0, 2, 4);
        assertThat(axis.nodes()).containsExactly(0.25, 0.75, 1.25, 1.75);
        assertThat(axis.centring()).isEqualTo(Axis.Centring.CELL);
        assertThat(axis.weight(0)).isEqualTo(0.5);
        assertThat(axis).hasToString("uniform cells [0.25, 1.75], 4 nodes, spacing 0.5");
    }

    @Test
    void periodicAxesLeaveOutTheImage() {
        Axis axis = Axis.periodic(1, 3, 4);
        assertThat(axis.nodes()).containsExactly(1, 1.5, 2, 2.5);
        assertThat(axis.period()).isEqualTo(2);
        assertThat(axis).hasToString("periodic uniform [1, 3), 4 nodes, spacing 0.5");
    }

    @Test
    void weightsOfNonuniformAxesAreDualCells() {
        Axis bounded = Axis.nodes(0, 1, 3, 7);
        assertThat(new double[] {bounded.weight(0), bounded.weight(1), bounded.weight(2), bounded.weight(3)})
                .containsExactly(1, 1.5, 3, 4);
        assertThatThrownBy(bounded::spacing).isInstanceOf(IllegalStateException.class);
        Axis periodic = Axis.periodicNodes(10, 0, 1, 3, 7);
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += periodic.weight(i);
        }
        assertThat(sum).as("dual cells tile the period").isCloseTo(10, within(1e-14));
        assertThat(periodic.weight(0)).isEqualTo(2);
        assertThat(Axis.periodicNodes(3, 1).weight(0)).isEqualTo(3);
        Axis equal = Axis.nodes(0, 1, 2, 3);
        for (int i = 0; i < 4; i++) {
            assertThat(equal.weight(i)).as("as on a uniform axis").isEqualTo(1);
        }
    }

    @Test
    void endsAreTheNumbersThatWereAskedFor() {
        Random random = new Random(3);
        for (int n = 2; n < 200; n++) {
            double low = random.nextGaussian();
            double high = low + random.nextDouble(0.1, 3);
            Axis axis = Axis.uniform(low, high, n);
            assertThat(new double[] {axis.node(0), axis.node(n - 1)}).as("%d nodes", n).containsExactly(low, high);
            assertThat(Axis.periodic(low, high, n).node(0)).as("%d nodes a period", n).isEqualTo(low);
            for (int i = 1; i + 1 < n; i++) {
                double exact = new BigDecimal(high).subtract(new BigDecimal(low)).multiply(BigDecimal.valueOf(i))
                        .divide(BigDecimal.valueOf(n - 1), MathContext.DECIMAL128).add(new BigDecimal(low)).doubleValue();
                // three roundings of the formula and one of the oracle
                assertThat(axis.node(i)).isCloseTo(exact, within(0x1p-51 * Math.max(Math.abs(low), Math.abs(high))));
            }
        }
    }

    @Test
    void numbersArePrintedInFull() {
        assertThat(Axis.uniform(-250_000, 100_000, 8))
                .hasToString("uniform [-250000, 100000], 8 nodes, spacing 50000");
        assertThat(Axis.periodic(100, 1100, 10)).hasToString("periodic uniform [100, 1100), 10 nodes, spacing 100");
        assertThat(Axis.cells(0, 1e-9, 2))
                .hasToString("uniform cells [2.50000e-10, 7.50000e-10], 2 nodes, spacing 5.00000e-10");
        assertThat(Axis.uniform(0, 3e12, 4))
                .hasToString("uniform [0, 3.00000e+12], 4 nodes, spacing 1.00000e+12");
        assertThat(Axis.periodicNodes(10, 0, 1, 3, 7))
                .hasToString("periodic nonuniform [0, 10), 4 nodes, weights 1.5 to 3.5");
    }

    @Test
    void weightsOfEveryKindAddUpToTheLengthTheyTile() {
        assertThat(sumOfWeights(Axis.cells(-0.3, 1.7, 13))).isCloseTo(2, within(1e-14));
        assertThat(sumOfWeights(Axis.periodic(-0.3, 1.7, 13))).isCloseTo(2, within(1e-14));
        assertThat(sumOfWeights(Axis.periodicNodes(2, -0.3, 0, 0.1, 1.2))).isCloseTo(2, within(1e-14));
        // half a spacing beyond either end, whichever constructor made the axis
        assertThat(sumOfWeights(Axis.uniform(0, 2, 11))).isCloseTo(2.2, within(1e-14));
        assertThat(sumOfWeights(Axis.nodes(0, 0.2, 1, 1.6, 2))).isCloseTo(2 + 0.1 + 0.2, within(1e-14));
        assertThat(sumOfWeights(Axis.singleton(-4))).isEqualTo(1);
    }

    private static double sumOfWeights(Axis axis) {
        double sum = 0;
        for (int i = 0; i < axis.size(); i++) {
            sum += axis.weight(i);
        }
        return sum;
    }

    @Test
    void nodesAreCopiedInAndOut() {
        double[] mine = {0, 1, 3};
        Axis bounded = Axis.nodes(mine);
        Axis periodic = Axis.periodicNodes(4, mine);
        mine[1] = 2;
        bounded.nodes()[0] = -1;
        assertThat(bounded.nodes()).containsExactly(0, 1, 3);
        assertThat(periodic.nodes()).containsExactly(0, 1, 3);
        assertThat(bounded).isNotEqualTo(periodic);
    }

    @Test
    void symmetryAndCongruence() {
        assertThat(Axis.nodes(0, 1, 3, 4).isMirrorSymmetric()).isTrue();
        assertThat(Axis.nodes(0, 1, 3, 5).isMirrorSymmetric()).isFalse();
        assertThat(Axis.uniform(0, 1, 5).isCongruentTo(Axis.uniform(2, 3, 5))).isTrue();
        assertThat(Axis.uniform(0, 1, 5).isCongruentTo(Axis.uniform(0, 1.1, 5))).isFalse();
        assertThat(Axis.uniform(0, 1, 5).isCongruentTo(Axis.periodic(0, 1.25, 5))).isFalse();
        assertThat(Axis.nodes(0, 1, 3).isCongruentTo(Axis.nodes(5, 6, 8))).isTrue();
        assertThat(Axis.nodes(0, 1, 3).isCongruentTo(Axis.nodes(5, 7, 8))).isFalse();
        assertThat(Axis.uniform(0, 1, 5)).isEqualTo(Axis.uniform(0, 1, 5)).hasSameHashCodeAs(Axis.uniform(0, 1, 5));
        assertThat(Axis.uniform(0, 1, 5)).isNotEqualTo(Axis.uniform(0, 2, 5));
        assertThat(Axis.singleton(3)).hasToString("singleton at 3");
    }

    @Test
    void badNodesAreNamed() {
        assertThatThrownBy(() -> Axis.uniform(1, 1, 5)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("interval is [1.0, 1.0]; its ends had to be finite and increasing");
        assertThatThrownBy(() -> Axis.uniform(0, Double.NaN, 5)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Axis.uniform(0, 1, 1)).hasMessageContaining("is 1; it had to be at least 2");
        assertThatThrownBy(() -> Axis.nodes(0, 2, 2)).hasMessageContaining("node 2 is 2.0 after 2.0");
        assertThatThrownBy(() -> Axis.nodes(0, Double.NaN)).hasMessageContaining("node 1 is NaN");
        assertThatThrownBy(() -> Axis.periodicNodes(3, 0, 3)).hasMessageContaining("period is 3.0");
        assertThatThrownBy(() -> Axis.periodic(0, Double.POSITIVE_INFINITY, 3)).hasMessageContaining("Infinity");
        assertThatThrownBy(() -> Axis.uniform(0, Double.MIN_VALUE, 5)).hasMessageContaining("strictly increasing");
        assertThatThrownBy(() -> Axis.cells(2, 1, 5)).hasMessageContaining("interval is [2.0, 1.0]");
        assertThatThrownBy(() -> Axis.cells(0, 1, 0)).hasMessageContaining("is 0; it had to be at least 1");
        assertThatThrownBy(() -> Axis.periodic(0, 1, -1)).hasMessageContaining("is -1; it had to be at least 1");
        assertThatThrownBy(() -> Axis.nodes(1)).hasMessageContaining("is 1; it had to be at least 2");
        assertThatThrownBy(() -> Axis.nodes(3, 2)).hasMessageContaining("node 1 is 2.0 after 3.0");
        assertThatThrownBy(() -> Axis.periodicNodes(3)).hasMessageContaining("is 0; it had to be at least 1");
        assertThatThrownBy(() -> Axis.periodicNodes(Double.NaN, 0, 1)).hasMessageContaining("period is NaN");
        assertThatThrownBy(() -> Axis.periodicNodes(Double.POSITIVE_INFINITY, 0)).hasMessageContaining("Infinity");
        assertThatThrownBy(() -> Axis.singleton(Double.NaN)).hasMessageContaining("node 0 is NaN");
        for (Axis axis : new Axis[] {Axis.uniform(0, 1, 3), Axis.nodes(0, 1, 3)}) {
            for (int wrong : new int[] {-1, 3}) {
                assertThatThrownBy(() -> axis.weight(wrong)).isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("index of the node is " + wrong + "; it had to be in [0, 3)");
                assertThatThrownBy(() -> axis.node(wrong)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
