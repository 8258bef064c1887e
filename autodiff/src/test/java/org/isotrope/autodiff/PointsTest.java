package org.isotrope.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Field;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;
import org.isotrope.kernels.Space;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointsTest {
    private static final Grid[] GRIDS = {
        Grid.of(Axis.uniform(-1, 1, 9), Axis.periodic(0, 2, 7)),
        Grid.of(new double[][] {{1, 0.3}, {0, 0.9}}, Axis.uniform(-2, 2, 8), Axis.uniform(-2, 2, 10)),
        Grid.of(Axis.nodes(-1, -0.3, 0.5, 1), Axis.cells(-1, 1, 5), Axis.periodicNodes(2, 0, 0.3, 1.1))
    };

    private static double[] point(Grid grid, Random random) {
        double[] coordinates = random.doubles(grid.dimension(), -0.95, 0.95).toArray();
        return coordinates;
    }

    /** Order 1 is the multilinear interpolation and deposition of the grids. */
    @Test
    void orderOneIsMultilinear() {
        Random random = new Random(1);
        for (Grid grid : GRIDS) {
            Field field = DirectionalDerivatives.random(Fields.automatic().scalar(grid), random);
            for (int round = 0; round < 50; round++) {
                double[] at = point(grid, random);
                Tape tape = new Tape(Precision.DOUBLE);
                double value = Points.interpolate(tape.constant(field), tape.constant(at), 1).value();
                assertThat(value).isCloseTo(field.interpolate(0, at), within(1e-13));
                Field expected = Fields.automatic().scalar(grid).deposit(-1.7, at);
                Field density = Points.deposit(
                        new Space(grid, FieldType.SCALAR), tape.constant(-1.7), tape.constant(at), 1).value();
                assertThat(density.toArray()).containsExactly(expected.toArray(), within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void chargeAndFirstMomentAreKept(int order) {
        Random random = new Random(2);
        Grid grid = GRIDS[1];
        for (int round = 0; round < 20; round++) {
            double[] at = point(grid, random);
            Tape tape = new Tape(Precision.DOUBLE);
            Field density = Points.deposit(
                    new Space(grid, FieldType.SCALAR), tape.constant(2.5), tape.constant(at), order).value();
            double[] moments = new double[3];
            for (long i = 0; i < grid.size(); i++) {
                int[] index = grid.index(i);
                double charge = density.getFlat(i) * grid.weight(index);
                double[] position = grid.position(index);
                moments[0] += charge;
                moments[1] += charge * position[0];
                moments[2] += charge * position[1];
            }
            assertThat(moments[0]).isCloseTo(2.5, within(1e-13));
            assertThat(moments[1]).isCloseTo(2.5 * at[0], within(1e-12));
            assertThat(moments[2]).isCloseTo(2.5 * at[1], within(1e-12));
        }
    }

    /** The cubic spline at a node is 2/3 there and 1/6 beside; the quadratic one 3/4 and 1/8. */
    @Test
    void weightsAtANode() {
        Grid line = Grid.of(Axis.uniform(0, 6, 7));
        Space space = new Space(line, FieldType.SCALAR);
        Tape tape = new Tape(Precision.DOUBLE);
        assertThat(Points.deposit(space, tape.constant(1.0), tape.constant(3.0), 3).value().toArray())
                .containsExactly(new double[] {0, 0, 1 / 6.0, 2 / 3.0, 1 / 6.0, 0, 0}, within(1e-15));
        assertThat(Points.deposit(space, tape.constant(1.0), tape.constant(3.0), 2).value().toArray())
                .containsExactly(new double[] {0, 0, 1 / 8.0, 3 / 4.0, 1 / 8.0, 0, 0}, within(1e-15));
        assertThat(Points.deposit(space, tape.constant(1.0), tape.constant(5.0), 3).value().getFlat(6))
                .isCloseTo(1 / 6.0, within(1e-15));
    }

    @Test
    void pointsOutsideAreNamed() {
        Grid line = Grid.of(Axis.uniform(0, 6, 7));
        Space space = new Space(line, FieldType.SCALAR);
        Tape tape = new Tape(Precision.DOUBLE);
        ArrayVariable ones = tape.constant(1, 1);
        assertThatThrownBy(() -> Points.deposit(space, ones, tape.constant(3, 6.5), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("point 1 has coordinate 6.5").hasMessageContaining("[0.0, 6.0]");
        assertThatThrownBy(() -> Points.deposit(space, ones, tape.constant(-0.5, 3), 3))
                .hasMessageContaining("point 0 has coordinate -0.5").hasMessageContaining("[0.0, 6.0]");
        assertThatThrownBy(() -> Points.deposit(space, ones, tape.constant(Double.NaN, 3), 2))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> Points.deposit(space, ones, tape.constant(2, 3), 0)).hasMessageContaining("is 0");
        assertThatThrownBy(() -> Points.deposit(space, ones, tape.constant(2, 3, 4), 1)).hasMessageContaining("be 3");
        Grid uneven = Grid.of(Axis.nodes(0, 1, 3, 4, 6));
        assertThatThrownBy(() -> Points.deposit(
                new Space(uneven, FieldType.SCALAR), ones, tape.constant(2, 3), 2)).hasMessageContaining("uniform");
        ArrayVariable position = tape.input(3.0);
        Points.interpolate(tape.constant(Fields.automatic().scalar(line)), position, 3);
        position.set(6.5);
        assertThatThrownBy(tape::forward).hasMessageContaining("6.5");
        Tape plane = new Tape(Precision.DOUBLE);
        assertThatThrownBy(() -> Points.interpolate(
                plane.constant(Fields.automatic().scalar(GRIDS[0])), plane.constant(1.0), 1))
                .hasMessageContaining("multiple of 2");
    }

    @Test
    void wallsAreWhereTheyShouldBe() {
        Grid grid = GRIDS[0];
        assertThat(NodeList.walls(grid).count()).isEqualTo(14);
        NodeList high = NodeList.wall(grid, 0, org.isotrope.grids.Boundaries.Side.HIGH);
        assertThat(high.count()).isEqualTo(7);
        assertThat(high.flat(0)).isEqualTo(56);
        assertThatThrownBy(() -> NodeList.wall(grid, 1, org.isotrope.grids.Boundaries.Side.LOW))
                .hasMessageContaining("axis 1 is periodic");
        assertThatThrownBy(() -> NodeList.where(grid, index -> false)).hasMessageContaining("no node");
        Tape tape = new Tape(Precision.DOUBLE);
        FieldVariable x = tape.constant(Fields.automatic().vector(grid));
        assertThatThrownBy(() -> Walls.replace(x, high, tape.constant(1, 2))).hasMessageContaining("be 14");
        assertThatThrownBy(() -> Walls.trace(x, NodeList.walls(GRIDS[1]))).hasMessageContaining("another grid");
    }
}
