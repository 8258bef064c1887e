package org.isotrope.grids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InterpolationTest {
    static List<Grid> grids() {
        Axis uniform = Axis.uniform(-1, 1, 7);
        Axis stretched = Axis.nodes(-1, -0.8, -0.1, 0.5, 1);
        Axis periodic = Axis.periodic(-1, 1, 6);
        Axis cells = Axis.cells(-1, 1, 5);
        return List.of(
                Grid.of(uniform),
                Grid.of(stretched, uniform),
                Grid.of(periodic, stretched),
                Grid.of(cells, cells),
                Grid.of(new double[][] {{1, 0.4}, {-0.2, 0.9}}, uniform, stretched),
                Grid.of(uniform, periodic, Axis.periodicNodes(2, -0.9, -0.2, 0.4)));
    }

    private static double[] somewhere(Grid grid, Random random) {
        double[] coordinates = new double[grid.dimension()];
        for (int a = 0; a < coordinates.length; a++) {
            coordinates[a] = random.nextDouble(-1, 1);
        }
        return grid.toSpace(coordinates);
    }

    @ParameterizedTest
    @MethodSource("grids")
    void depositionIsTheTransposeOverTheCellVolume(Grid grid) {
        Random random = new Random(1);
        Field field = Fields.automatic().scalar(grid);
        for (long i = 0; i < field.count(); i++) {
            field.setFlat(i, random.nextGaussian());
        }
        for (int k = 0; k < 50; k++) {
            double[] position = somewhere(grid, random);
            Field charge = Fields.automatic().scalar(grid).deposit(2.5, position);
            double total = 0;
            double dot = 0;
            for (long i = 0; i < field.count(); i++) {
                double mass = charge.getFlat(i) * grid.weight(grid.index(i));
                total += mass;
                dot += mass * field.getFlat(i);
            }
            assertThat(total).isCloseTo(2.5, within(1e-14));
            assertThat(dot).isCloseTo(2.5 * field.interpolate(0, position), within(1e-13));
        }
    }

    @Test
    void linearFunctionsAreReproducedAndFirstMomentsKept() {
        Random random = new Random(2);
        for (Grid grid : List.of(grids().get(1), grids().get(4))) {
            Field linear = Fields.automatic().scalar(grid, x -> 1 + 2 * x[0] - 3 * x[1]);
            for (int k = 0; k < 50; k++) {
                double[] x = somewhere(grid, random);
                assertThat(linear.interpolate(0, x)).isCloseTo(1 + 2 * x[0] - 3 * x[1], within(1e-13));
                Field charge = Fields.automatic().scalar(grid).deposit(1, x);
                double[] moment = new double[2];
                for (long i = 0; i < charge.count(); i++) {
                    double mass = charge.getFlat(i) * grid.weight(grid.index(i));
                    moment[0] += mass * grid.position(grid.index(i))[0];
                    moment[1] += mass * grid.position(grid.index(i))[1];
                }
                assertThat(moment).containsExactly(x, within(1e-13));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("grids")
    void linearFunctionsOfAxisCoordinatesAreReproduced(Grid grid) {
        // periodic axes are not linear across the seam
        Random random = new Random(5);
        double[] slope = {2, -3, 0.7};
        Field field = Fields.automatic().scalar(grid, x -> linear(slope, grid.toCoordinates(x)));
        for (int k = 0; k < 50; k++) {
            double[] coordinates = new double[grid.dimension()];
            for (int a = 0; a < coordinates.length; a++) {
                Axis axis = grid.axis(a);
                coordinates[a] = random.nextDouble(axis.node(0), axis.node(axis.size() - 1));
            }
            double[] position = grid.toSpace(coordinates);
            assertThat(field.interpolate(0, position)).isCloseTo(linear(slope, coordinates), within(1e-13));
            double[] moment = new double[coordinates.length];
            Field charge = Fields.automatic().scalar(grid).deposit(-1.5, position);
            for (long i = 0; i < charge.count(); i++) {
                int[] index = grid.index(i);
                for (int a = 0; a < moment.length; a++) {
                    moment[a] += charge.getFlat(i) * grid.weight(index) * grid.axis(a).node(index[a]);
                }
            }
            for (int a = 0; a < moment.length; a++) {
                assertThat(moment[a]).as("first moment").isCloseTo(-1.5 * coordinates[a], within(1e-13));
            }
        }
    }

    private static double linear(double[] slope, double[] coordinates) {
        double value = 1;
        for (int a = 0; a < coordinates.length; a++) {
            value += slope[a] * coordinates[a];
        }
        return value;
    }

    @Test
    void nodesReturnTheirOwnValues() {
        for (Grid grid : grids()) {
            Field field = Fields.automatic().scalar(grid);
            for (long i = 0; i < field.count(); i++) {
                field.setFlat(i, i * i + 1);
            }
            for (long i = 0; i < field.count(); i++) {
                assertThat(field.interpolate(0, grid.position(grid.index(i))))
                        .isCloseTo(i * i + 1.0, within(1e-10));
            }
        }
    }

    @Test
    void nodesOfShearedGridsFarFromTheOriginAreInside() {
        Random random = new Random(4);
        Axis far = Axis.uniform(1e6, 1e6 + 1, 5);
        Axis near = Axis.uniform(0, 1, 4);
        Axis single = Axis.singleton(0.3);
        for (int trial = 0; trial < 100; trial++) {
            double[][] cell = new double[3][3];
            for (double[] row : cell) {
                Arrays.setAll(row, j -> random.nextGaussian());
            }
            for (Grid grid : List.of(Grid.of(cell, far, near, single), Grid.of(cell, near, single, far))) {
                Field field = Fields.automatic().scalar(grid);
                for (long i = 0; i < field.count(); i++) {
                    double[] position = grid.position(grid.index(i));
                    assertThat(field.fill(0).deposit(1, position).getFlat(i) * grid.weight(grid.index(i)))
                            .isCloseTo(1, within(1e-4));
                }
                double[] outside = grid.toSpace(1e6 + 0.5, 0.5, 0.3 + 1e-3);
                assertThatThrownBy(() -> field.interpolate(0, outside)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void periodicAxesTakeAnyPosition() {
        Grid grid = Grid.of(Axis.periodic(0, 1, 4));
        Field field = Fields.automatic().scalar(grid, x -> x[0]);
        assertThat(field.interpolate(0, 0.125)).isCloseTo(0.125, within(1e-15));
        assertThat(field.interpolate(0, 5.125)).isCloseTo(0.125, within(1e-14));
        assertThat(field.interpolate(0, -0.875)).isCloseTo(0.125, within(1e-15));
        assertThat(field.interpolate(0, 0.875)).as("between the last node and the image of the first")
                .isCloseTo(0.375, within(1e-15));
        assertThat(field.interpolate(0, -1e-20)).as("a remainder that rounds to the period").isZero();
    }

    @Test
    void outsideIsRefusedAndChangesNothing() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 3), Axis.uniform(0, 1, 3));
        Field field = Fields.automatic().scalar(grid);
        assertThatThrownBy(() -> field.deposit(1, 0.5, 1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("position has coordinate 1.5 along axis 1; it had to be in [0.0, 1.0]");
        assertThatThrownBy(() -> field.deposit(1, Double.NaN, 0.5)).hasMessageContaining("NaN along axis 0");
        assertThatThrownBy(() -> field.deposit(1, 0.5)).hasMessageContaining("1 coordinates");
        assertThat(field.toArray()).containsOnly(0);
        Field sheared = Fields.automatic().scalar(Grid.of(new double[][] {{1, 0.4}, {-0.2, 0.9}},
                Axis.uniform(0, 1, 3), Axis.periodic(0, 1, 3)));
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> sheared.deposit(1, wrong, 0.2)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> sheared.deposit(1, 0.2, wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        double[] farAlongTheRing = sheared.grid().toSpace(1.5, 1e9);
        assertThatThrownBy(() -> sheared.deposit(1, farAlongTheRing)).hasMessageContaining("along axis 0");
        assertThat(sheared.toArray()).containsOnly(0);
        Field ring = Fields.automatic().scalar(Grid.of(Axis.periodic(0, 1, 3)));
        assertThatThrownBy(() -> ring.deposit(1, Double.POSITIVE_INFINITY)).hasMessageContaining("finite");
        assertThatThrownBy(() -> Fields.automatic().vector(grid).deposit(1, 0.5, 0.5)).hasMessageContaining("vector");
        assertThatThrownBy(() -> Interpolation.multilinear(grid).value(ring, 0.5)).hasMessageContaining("another grid");
        assertThatThrownBy(() -> field.interpolate(1, 0.5, 0.5)).hasMessageContaining("component is 1");
    }

    @Test
    void cellCentredAxesReachTheirWalls() {
        Field field = Fields.automatic().scalar(Grid.of(Axis.cells(0, 1, 4)), x -> x[0]);
        // the line through the last two nodes goes on in the half cell before a wall
        assertThat(field.interpolate(0, 0.0)).isEqualTo(0);
        assertThat(field.interpolate(0, 1.0)).isEqualTo(1);
        assertThatThrownBy(() -> field.interpolate(0, 1.01)).hasMessageContaining("[0.0, 1.0]");
    }
}
