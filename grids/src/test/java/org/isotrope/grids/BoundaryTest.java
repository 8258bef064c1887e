package org.isotrope.grids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BoundaryTest {
    private static double ghost(Boundary boundary, int k, double[] interior) {
        double[] coefficients = boundary.ghost(k);
        double value = 0;
        for (int j = 0; j < coefficients.length; j++) {
            value += coefficients[j] * interior[j];
        }
        return value;
    }

    @Test
    void extrapolationContinuesPolynomialsOfItsOrder() {
        for (int order = 0; order <= 3; order++) {
            double[] interior = new double[4];
            for (int j = 0; j < 4; j++) {
                interior[j] = Math.pow(j - 0.3, order);
            }
            for (int k = 1; k <= 4; k++) {
                assertThat(ghost(Boundary.extrapolate(order), k, interior))
                        .isCloseTo(Math.pow(-k - 0.3, order), within(1e-12));
            }
        }
        assertThatThrownBy(() -> Boundary.extrapolate(4)).hasMessageContaining("is 4; it had to be from 0 to 3");
    }

    @Test
    void theRulesOfTheTable() {
        double[] u = {10, 11, 12, 13};
        assertThat(ghost(Boundary.zero(), 2, u)).isZero();
        assertThat(ghost(Boundary.extrapolate(0), 3, u)).isEqualTo(10);
        assertThat(new double[] {ghost(Boundary.mirror(), 1, u), ghost(Boundary.mirror(), 3, u)})
                .containsExactly(11, 13);
        assertThat(new double[] {ghost(Boundary.symmetric(), 1, u), ghost(Boundary.symmetric(), 3, u)})
                .containsExactly(10, 12);
    }

    @Test
    void reflectionsContinueFunctionsThatAreEvenAboutTheirWall() {
        for (int degree : new int[] {0, 2, 4}) {
            double[] aboutNode = new double[6];
            double[] aboutFace = new double[6];
            for (int j = 0; j < 6; j++) {
                aboutNode[j] = Math.pow(j, degree);
                aboutFace[j] = Math.pow(j + 0.5, degree);
            }
            for (int k = 1; k <= 5; k++) {
                assertThat(ghost(Boundary.mirror(), k, aboutNode)).isEqualTo(Math.pow(-k, degree));
                assertThat(ghost(Boundary.symmetric(), k, aboutFace)).isEqualTo(Math.pow(-k + 0.5, degree));
            }
        }
    }

    @Test
    void extrapolationStopsAtItsOrder() {
        double[] u = {0, 1, 8, 27};
        // on cubes, which none of the orders reproduces
        assertThat(ghost(Boundary.extrapolate(0), 1, u)).as("not −1").isEqualTo(0);
        assertThat(ghost(Boundary.extrapolate(1), 1, u)).as("2u₀ − u₁").isEqualTo(-1);
        assertThat(ghost(Boundary.extrapolate(2), 1, u)).as("3u₀ − 3u₁ + u₂").isEqualTo(5);
    }

    @Test
    void ghostsAreCountedFromOne() {
        for (Boundary boundary : new Boundary[] {
            Boundary.zero(), Boundary.extrapolate(0), Boundary.extrapolate(2), Boundary.mirror(), Boundary.symmetric()
        }) {
            assertThatThrownBy(() -> boundary.ghost(0)).as(boundary.toString())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("k is 0; it had to be at least 1, the ghost next to the wall");
            assertThat(boundary.ghost(1)).as("fresh").isNotSameAs(boundary.ghost(1));
        }
    }

    @Test
    void singleSidesReplaceTheCommonRule() {
        Boundaries boundaries =
                Boundaries.all(Boundary.zero()).with(1, Boundaries.Side.LOW, Boundary.mirror());
        assertThat(boundaries.at(1, Boundaries.Side.LOW)).isEqualTo(Boundary.mirror());
        assertThat(boundaries.at(1, Boundaries.Side.HIGH)).isEqualTo(Boundary.zero());
        assertThat(boundaries).hasToString("zero; axis 1 LOW mirror");
        assertThat(boundaries).isNotEqualTo(Boundaries.all(Boundary.zero()));
    }

    @Test
    void periodicAxesTakeNoBoundary() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 4), Axis.periodic(0, 1, 4));
        Boundaries.all(Boundary.zero()).requireFit(grid);
        assertThatThrownBy(() -> Boundaries.all(Boundary.zero())
                        .with(1, Boundaries.Side.HIGH, Boundary.mirror())
                        .requireFit(grid))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mirror")
                .hasMessageContaining("HIGH side of axis 1, which is periodic");
        assertThatThrownBy(() -> Boundaries.all(Boundary.zero())
                        .with(2, Boundaries.Side.LOW, Boundary.mirror())
                        .requireFit(grid))
                .hasMessageContaining("axis 2");
        assertThatThrownBy(() -> Boundaries.all(Boundary.zero()).with(3, Boundaries.Side.LOW, Boundary.zero()))
                .hasMessageContaining("axis is 3");
    }
}
