package org.isotrope.grids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.isotrope.grids.Boundaries.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ghosts beyond walls with conditions, by their formulas and on functions that meet the conditions. */
class ConditionTest {
    private static final Axis UNEVEN = Axis.nodes(0, 0.1, 0.35, 0.4, 0.62, 1);
    private static final Axis UNEVEN_CELLS = Axis.cellsBetween(0, 0.2, 0.3, 0.6, 0.65, 1);
    private static final List<Axis> AXES = List.of(Axis.uniform(-1, 1, 6), Axis.cells(-1, 1, 6), UNEVEN, UNEVEN_CELLS);

    /** How far the mirror image of the k-th ghost lies from the wall, by nothing but the nodes. */
    private static double distance(Axis axis, Side side, int k) {
        int index = axis.centring() == Axis.Centring.NODE ? k : k - 1;
        return side == Side.LOW ? axis.node(index) - axis.low() : axis.high() - axis.node(axis.size() - 1 - index);
    }

    private static double inside(Axis axis, Side side, int index) {
        return axis.node(side == Side.LOW ? index : axis.size() - 1 - index);
    }

    /** With data of a linear function, ghosts continue it through the wall. */
    @ParameterizedTest
    @EnumSource(Side.class)
    void ghostsContinueLinearFunctions(Side side) {
        for (Axis axis : AXES) {
            Grid grid = Grid.of(new double[][] {{2.5}}, axis);
            double wall = side == Side.LOW ? axis.low() : axis.high();
            double outward = side == Side.LOW ? -1 : 1;
            double slope = 0.7;
            double gamma = 1.3;
            for (Condition condition : List.of((Condition) Boundary.value(), (Condition) Boundary.slope(),
                    (Condition) Boundary.mixed(gamma))) {
                // in space, where lengths are 2.5 times those along the axis
                double atWall = 2 + slope * 2.5 * wall;
                double datum = switch (condition.kind()) {
                    case VALUE -> atWall;
                    case SLOPE -> outward * slope;
                    case MIXED -> outward * slope + gamma * atWall;
                };
                for (int k = 1; k <= 3; k++) {
                    double[] coefficients = condition.on(grid, 0, side).ghost(k);
                    double ghost = condition.datum(grid, 0, side, k) * datum;
                    for (int j = 0; j < coefficients.length; j++) {
                        ghost += coefficients[j] * (2 + slope * 2.5 * inside(axis, side, j));
                    }
                    double place = wall + outward * distance(axis, side, k);
                    assertThat(ghost).as(condition + " " + axis + " " + k).isCloseTo(2 + slope * 2.5 * place, within(1e-12));
                }
            }
        }
    }

    @Test
    void ghostsOfUniformAxesAreThoseOfTheTable() {
        Grid nodes = Grid.of(Axis.uniform(0, 1, 5));
        Grid cells = Grid.of(Axis.cells(0, 1, 4));
        double h = 0.25;
        for (int k = 1; k <= 3; k++) {
            double[] value = new double[k + 1];
            value[0] = 2;
            value[k] = -1;
            assertThat(Boundary.value().on(nodes, 0, Side.LOW).ghost(k)).containsExactly(value);
            double[] mixed = new double[k + 1];
            mixed[0] = -2 * k * h * 0.6;
            mixed[k] = 1;
            assertThat(Boundary.mixed(0.6).on(nodes, 0, Side.HIGH).ghost(k)).containsExactly(mixed, within(1e-15));
            double[] dirichlet = new double[k];
            dirichlet[k - 1] = -1;
            assertThat(Boundary.value().on(cells, 0, Side.HIGH).ghost(k)).containsExactly(dirichlet);
            double s = (k - 0.5) * h;
            double[] robin = new double[k];
            robin[k - 1] = (1 - 0.6 * s) / (1 + 0.6 * s);
            assertThat(Boundary.mixed(0.6).on(cells, 0, Side.LOW).ghost(k)).containsExactly(robin, within(1e-15));
            assertThat(((Condition) Boundary.value()).datum(cells, 0, Side.LOW, k)).isEqualTo(2);
            assertThat(((Condition) Boundary.value()).datum(nodes, 0, Side.LOW, k)).isZero();
            assertThat(((Condition) Boundary.slope()).datum(nodes, 0, Side.LOW, k)).isCloseTo(2 * k * h, within(1e-15));
            assertThat(((Condition) Boundary.slope()).datum(cells, 0, Side.LOW, k)).isCloseTo(2 * s, within(1e-15));
            assertThat(((Condition) Boundary.mixed(0.6)).datum(cells, 0, Side.LOW, k))
                    .isCloseTo(2 * s / (1 + 0.6 * s), within(1e-15));
            assertThat(((Condition) Boundary.mixed(0.6)).datum(nodes, 0, Side.LOW, k)).isCloseTo(2 * k * h, within(1e-15));
        }
        assertThat(Boundary.slope().on(nodes, 0, Side.LOW)).isEqualTo(Boundary.mirror());
        assertThat(Boundary.slope().on(cells, 0, Side.LOW)).isEqualTo(Boundary.symmetric());
    }

    @Test
    void conditionsPrintAndKnowWhatTheyAre() {
        Grid grid = Grid.of(Axis.cells(0, 1, 4));
        for (Boundary condition : List.of(Boundary.value(), Boundary.slope(), Boundary.mixed(-0.5))) {
            assertThat(condition.toString()).isIn("value", "slope", "mixed(-0.5)");
        }
        assertThat(Boundary.value().on(grid, 0, Side.LOW)).hasToString("value");
        assertThat(Boundary.mixed(2).on(grid, 0, Side.HIGH)).hasToString("mixed(2.0)");
        assertThat(Boundary.zero().on(grid, 0, Side.LOW)).as("rules stand everywhere").isEqualTo(Boundary.zero());
        assertThat(Boundaries.all(Boundary.zero()).with(0, Side.HIGH, Boundary.value()).on(grid, 0, Side.HIGH).ghost(1))
                .containsExactly(-1);
    }

    @Test
    void conditionsOnSlopesStandOnWallsThatAreOrthogonal() {
        Axis axis = Axis.cells(0, 1, 4);
        Grid sheared = Grid.of(new double[][] {{1, 0.3}, {0, 0.9}}, axis, axis);
        for (Boundary condition : List.of(Boundary.slope(), Boundary.mixed(1))) {
            assertThatThrownBy(() -> condition.on(sheared, 0, Side.LOW)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("axis 0, which is not orthogonal to axis 1; it had to be");
            assertThatThrownBy(() -> ((Condition) condition).datum(sheared, 1, Side.LOW, 1))
                    .hasMessageContaining("not orthogonal to axis 0");
        }
        assertThat(Boundary.value().on(sheared, 0, Side.LOW).ghost(1)).containsExactly(-1);
        // turned, but not sheared: lengths along the axes are 2 and 1
        Grid turned = Grid.of(new double[][] {{2 * 0.6, -0.8}, {2 * 0.8, 0.6}}, axis, axis);
        assertThat(((Condition) Boundary.slope()).datum(turned, 0, Side.LOW, 1)).isCloseTo(0.5, within(1e-15));
        assertThat(((Condition) Boundary.slope()).datum(turned, 1, Side.LOW, 1)).isCloseTo(0.25, within(1e-15));
        assertThat(Boundary.mixed(1).on(turned, 0, Side.HIGH).ghost(1)[0]).isCloseTo(0.75 / 1.25, within(1e-15));
    }

    @Test
    void whatHasNoGhostSaysSo() {
        Grid grid = Grid.of(Axis.cells(0, 1, 4));
        assertThatThrownBy(() -> Boundary.value().ghost(1)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("boundary value stands nowhere; it had to");
        assertThatThrownBy(() -> Boundary.value().on(grid, 0, Side.LOW).ghost(0)).hasMessageContaining("k is 0; it had to");
        // γs = −1 at the first ghost, s = 1/8
        Boundary singular = Boundary.mixed(-8);
        assertThatThrownBy(() -> singular.on(grid, 0, Side.LOW).ghost(1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gamma is -8.0; its product with the distance 0.125");
        assertThatThrownBy(() -> ((Condition) singular).datum(grid, 0, Side.LOW, 1)).hasMessageContaining("gamma is -8.0");
        assertThat(singular.on(grid, 0, Side.LOW).ghost(2)[1]).as("4 over -2").isEqualTo(-2);
        Grid uneven = Grid.of(UNEVEN);
        assertThatThrownBy(() -> Boundary.mixed(1).on(uneven, 0, Side.LOW).ghost(6)).hasMessageContaining(
                "axis has 6 nodes; it had to have at least 7 for ghost 6");
        assertThat(Boundary.mixed(1).on(uneven, 0, Side.LOW).ghost(5)).hasSize(6);
        Grid cells = Grid.of(UNEVEN_CELLS);
        assertThat(Boundary.mixed(1).on(cells, 0, Side.HIGH).ghost(5)).hasSize(5);
        assertThatThrownBy(() -> Boundary.mixed(1).on(cells, 0, Side.HIGH).ghost(6)).hasMessageContaining("at least 6");
        assertThatThrownBy(() -> Boundary.mixed(Double.NaN)).hasMessageContaining("gamma is NaN; it had to be finite");
    }

    @Test
    void boundariesAreEqualWhereEverySideIs() {
        Boundaries one = Boundaries.all(Boundary.zero()).with(1, Side.LOW, Boundary.value());
        assertThat(one).isEqualTo(Boundaries.all(Boundary.zero()).with(1, Side.LOW, Boundary.value()))
                .isNotEqualTo(Boundaries.all(Boundary.zero()))
                .isNotEqualTo(Boundaries.all(Boundary.mirror()).with(1, Side.LOW, Boundary.value()))
                .isNotEqualTo("zero");
        assertThat(one).hasToString("zero; axis 1 LOW value");
        assertThatThrownBy(() -> one.requireFit(Grid.of(Axis.cells(0, 1, 4)))).hasMessageContaining("below 1");
        one.requireFit(Grid.of(Axis.cells(0, 1, 4), Axis.cells(0, 1, 4)));
        assertThatThrownBy(() -> one.requireFit(Grid.of(Axis.cells(0, 1, 4), Axis.periodic(0, 1, 4))))
                .hasMessageContaining("LOW side of axis 1, which is periodic");
    }
}
