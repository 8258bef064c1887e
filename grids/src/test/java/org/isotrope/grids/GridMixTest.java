package org.isotrope.grids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every mix of kinds of axes, rectangular and sheared, in 1D to 3D. */
class GridMixTest {
    private static final List<Grid> ALL = GridMixes.all(GridMixes.axes());

    /** The length that the weights of an axis tile: between walls, or half a step more at the ends of node-centred ones. */
    private static double tiled(Axis axis) {
        int n = axis.size();
        if (n == 1) {
            return axis.isPeriodic() ? axis.period() : 1;
        }
        if (axis.isPeriodic() || axis.centring() == Axis.Centring.CELL) {
            return axis.high() - axis.low();
        }
        return axis.node(n - 1) - axis.node(0) + 0.5 * (axis.node(1) - axis.node(0))
                + 0.5 * (axis.node(n - 1) - axis.node(n - 2));
    }

    @Test
    void thereIsEveryMix() {
        // eight kinds, rectangular and sheared
        assertThat(ALL).hasSize(2 * (8 + 64 + 512));
    }

    @Test
    void positionsAndCoordinatesAreInverse() {
        Random random = new Random(1);
        for (Grid grid : ALL) {
            int d = grid.dimension();
            int[] index = new int[d];
            double[] xi = new double[d];
            for (int a = 0; a < d; a++) {
                index[a] = random.nextInt(grid.axis(a).size());
                xi[a] = grid.axis(a).node(index[a]);
            }
            double[] position = grid.position(index);
            double[][] cell = grid.cell();
            for (int i = 0; i < d; i++) {
                double expected = 0;
                for (int a = 0; a < d; a++) {
                    expected += cell[i][a] * xi[a];
                }
                assertThat(position[i]).isCloseTo(expected, within(1e-15));
            }
            assertThat(grid.toCoordinates(position)).containsExactly(xi, within(1e-14));
            assertThat(grid.index(grid.flat(index))).containsExactly(index);
        }
    }

    @Test
    void weightsTileTheVolume() {
        for (Grid grid : ALL) {
            double expected = Math.abs(Matrices.determinant(grid.cell()));
            for (Axis axis : grid.axes()) {
                expected *= tiled(axis);
            }
            double sum = 0;
            for (long i = 0; i < grid.size(); i++) {
                sum += grid.weight(grid.index(i));
            }
            assertThat(sum).isCloseTo(expected, within(1e-13)).isCloseTo(grid.volume(), within(1e-13));
        }
    }

    @Test
    void symmetriesMoveNodesToNodes() {
        Random random = new Random(2);
        for (Grid grid : ALL) {
            if (grid.dimension() == 3 && random.nextInt(8) > 0) {
                continue;
            }
            Field field = GridMixes.random(FieldType.SCALAR, grid, random);
            Field image = Fields.automatic().like(field);
            for (Symmetry symmetry : grid.symmetries()) {
                symmetry.apply(field, image);
                // a move of nodes keeps weights, so it keeps the integral
                double before = 0;
                double after = 0;
                for (long i = 0; i < grid.size(); i++) {
                    double weight = grid.weight(grid.index(i));
                    before += weight * field.getFlat(i);
                    after += weight * image.getFlat(i);
                }
                assertThat(after).as("%s on\n%s", symmetry, grid).isCloseTo(before, within(1e-12));
            }
        }
    }
}
