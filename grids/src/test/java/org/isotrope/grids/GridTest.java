package org.isotrope.grids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GridTest {
    @Test
    void rectangularGrid() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 3), Axis.periodic(0, 2, 4), Axis.nodes(0, 1, 3));
        assertThat(grid.size()).isEqualTo(36);
        assertThat(grid.shape()).containsExactly(3, 4, 3);
        assertThat(List.of(grid.stride(0), grid.stride(1), grid.stride(2))).containsExactly(12L, 3L, 1L);
        assertThat(grid.position(1, 2, 2)).containsExactly(0.5, 1, 3);
        assertThat(grid.weight(1, 2, 1)).isEqualTo(0.5 * 0.5 * 1.5);
        assertThat(grid.volume()).isCloseTo(1.5 * 2 * (1 + 1.5 + 2), within(1e-14));
        assertThat(grid.isUniform()).isFalse();
        assertThatThrownBy(grid::cellVolume).isInstanceOf(IllegalStateException.class);
        for (long flat = 0; flat < 36; flat++) {
            assertThat(grid.flat(grid.index(flat))).isEqualTo(flat);
        }
        assertThat(grid.flat(1, 2, 2)).isEqualTo(12 + 6 + 2);
        assertThat(grid).hasToString("""
                axis 0: uniform [0, 1], 3 nodes, spacing 0.5
                axis 1: periodic uniform [0, 2), 4 nodes, spacing 0.5
                axis 2: nonuniform [0, 3], 3 nodes, weights 1 to 2""");
    }

    @Test
    void shearedCell() {
        double[][] cell = {{2, 1}, {0, 3}};
        Grid grid = Grid.of(cell, Axis.uniform(0, 1, 3), Axis.uniform(0, 1, 5));
        assertThat(grid.position(2, 4)).containsExactly(3, 3);
        assertThat(grid.toCoordinates(3, 3)).containsExactly(new double[] {1, 1}, within(1e-15));
        assertThat(grid.cellVolume()).isEqualTo(6 * 0.5 * 0.25);
        assertThat(grid.toString()).endsWith("cell: [[2.0, 1.0], [0.0, 3.0]]");
        cell[0][0] = 0;
        assertThat(grid.cell()[0][0]).as("the caller's array is copied").isEqualTo(2);
    }

    @Test
    void inverseCellInThreeDimensions() {
        Random random = new Random(1);
        double[][] cell = new double[3][3];
        for (double[] row : cell) {
            for (int j = 0; j < 3; j++) {
                row[j] = random.nextGaussian();
            }
        }
        Axis axis = Axis.uniform(0, 1, 2);
        Grid grid = Grid.of(cell, axis, axis, axis);
        double[] x = {0.3, -1, 2};
        assertThat(grid.toCoordinates(grid.toSpace(x))).containsExactly(x, within(1e-12));
    }

    @Test
    void weightsAddUpToTheVolumeOfShearedNonuniformGrids() {
        double[][] cell = {{1, 0.3, 0}, {0.2, 0, 2}, {0, 1.5, 0.1}};
        // by cofactors along the first row: 1·(0·0.1 − 2·1.5) − 0.3·(0.2·0.1 − 2·0)
        double determinant = -3.006;
        Grid grid = Grid.of(cell, Axis.nodes(0, 1, 3), Axis.periodicNodes(2, 0.1, 0.5, 1.2), Axis.cells(-1, 1, 4));
        double sum = 0;
        for (long i = 0; i < grid.size(); i++) {
            sum += grid.weight(grid.index(i));
        }
        assertThat(sum).isCloseTo(grid.volume(), within(1e-13));
        assertThat(sum).isCloseTo(-determinant * (1 + 1.5 + 2) * 2 * 2, within(1e-12));
        // node (2, 1, 3) has the axis coordinates 3, 0.5, 0.75: the columns of the cell times these
        assertThat(grid.position(2, 1, 3))
                .containsExactly(new double[] {3 + 0.15, 0.6 + 1.5, 0.75 + 0.075}, within(1e-15));
    }

    @Test
    void flatIndicesOfEveryDimensionAreThoseOfC() {
        for (Grid grid : List.of(
                Grid.of(Axis.uniform(0, 1, 7)),
                Grid.of(Axis.uniform(0, 1, 5), Axis.uniform(0, 1, 2)),
                Grid.of(Axis.singleton(0), Axis.uniform(0, 1, 3), Axis.cells(0, 1, 4)))) {
            for (long flat = 0; flat < grid.size(); flat++) {
                int[] index = grid.index(flat);
                long strided = 0;
                for (int a = 0; a < index.length; a++) {
                    strided += index[a] * grid.stride(a);
                }
                assertThat(strided).isEqualTo(flat).isEqualTo(grid.flat(index));
            }
        }
        Axis large = Axis.cells(0, 1, 100_000);
        Grid beyondInt = Grid.of(large, large);
        assertThat(beyondInt.size()).isEqualTo(10_000_000_000L);
        assertThat(beyondInt.index(9_999_999_998L)).containsExactly(99_999, 99_998);
        assertThat(beyondInt.flat(99_999, 99_998)).isEqualTo(9_999_999_998L);
    }

    @Test
    void gridsAreEqualWhenAxesAndCellsAre() {
        Axis axis = Axis.uniform(0, 1, 3);
        double[][] sheared = {{1, 0.5}, {0, 1}};
        Grid grid = Grid.of(sheared, axis, axis);
        assertThat(grid).isEqualTo(Grid.of(sheared, Axis.uniform(0, 1, 3), axis))
                .hasSameHashCodeAs(Grid.of(sheared, Axis.uniform(0, 1, 3), axis))
                .isNotEqualTo(Grid.of(axis, axis))
                .isNotEqualTo(Grid.of(sheared, axis, Axis.periodic(0, 1, 3)));
        assertThat(Grid.of(new double[][] {{1, 0}, {0, 1}}, axis, axis)).as("an identity cell is no shear")
                .isEqualTo(Grid.of(axis, axis));
        assertThat(grid.isRectangular()).isFalse();
        assertThat(grid.isUniform()).isTrue();
        grid.cell()[0][0] = 7;
        grid.inverseCell()[0][0] = 7;
        grid.shape()[0] = 7;
        assertThat(grid).isEqualTo(Grid.of(sheared, axis, axis));
        assertThat(grid.shape()).containsExactly(3, 3);
        assertThat(grid.inverseCell()).isDeepEqualTo(new double[][] {{1, -0.5}, {0, 1}});
    }

    @Test
    void symmetriesOfGrids() {
        Axis a = Axis.uniform(0, 1, 4);
        Axis b = Axis.uniform(0, 2, 4);
        assertThat(Grid.of(a).symmetries()).hasSize(2);
        assertThat(Grid.of(a, a).symmetries()).hasSize(8);
        assertThat(Grid.of(a, b).symmetries()).hasSize(4);
        assertThat(Grid.of(a, a, a).symmetries()).hasSize(48);
        assertThat(Grid.of(a, a, b).symmetries()).hasSize(16);
        assertThat(Grid.of(Axis.nodes(0, 1, 3), a).symmetries()).hasSize(2);
        assertThat(Grid.of(new double[][] {{1, 0.2}, {0, 1}}, a, a).symmetries()).as("shear keeps x ↦ −x")
                .hasSize(2);
        assertThat(Grid.of(a, a, a).symmetries().getFirst()).hasToString("(x, y, z)");
    }

    @Test
    void symmetriesAreAGroupThatActsOnVectorFields() {
        Axis axis = Axis.periodic(-1, 1, 4);
        Grid grid = Grid.of(axis, axis, axis);
        Random random = new Random(2);
        Field field = Fields.automatic().vector(grid);
        for (long i = 0; i < field.count(); i++) {
            field.setFlat(i, random.nextGaussian());
        }
        Set<List<Double>> images = new HashSet<>();
        for (Symmetry symmetry : grid.symmetries()) {
            Field image = Fields.automatic().like(field);
            symmetry.apply(field, image);
            images.add(java.util.Arrays.stream(image.toArray()).boxed().toList());
        }
        assertThat(images).hasSize(48);
        // (R·f)(x) = R f(R⁻¹x): a quarter turn takes the arrow at (1, 2) pointing along x to an arrow along y
        Grid plane = Grid.of(Axis.uniform(-1, 1, 5), Axis.uniform(-1, 1, 5));
        Field arrow = Fields.automatic().vector(plane);
        arrow.set(1, 0, 4, 3);
        Symmetry turn = plane.symmetries().stream().filter(s -> s.toString().equals("(-y, x)")).findFirst()
                .orElseThrow();
        Field turned = Fields.automatic().like(arrow);
        turn.apply(arrow, turned);
        // position (1, 0.5) goes to (−0.5, 1), node (1, 4)
        assertThat(turned.get(1, 1, 4)).isEqualTo(1);
        assertThat(turned.toArray()).containsOnlyOnce(1.0);
    }

    @Test
    void symmetryOfAnotherGridIsRefused() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 4), Axis.uniform(0, 2, 4));
        Field field = Fields.automatic().scalar(grid);
        Symmetry exchange = Symmetry.all(2).stream().filter(s -> s.toString().equals("(y, x)")).findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> exchange.apply(field, Fields.automatic().scalar(grid)))
                .hasMessageContaining("symmetry is (y, x)");
        Symmetry identity = grid.symmetries().getFirst();
        assertThatThrownBy(() -> identity.apply(field, field)).hasMessageContaining("overlaps");
        assertThatThrownBy(() -> Symmetry.all(4)).hasMessageContaining("dimension is 4");
    }

    @Test
    void badGridsAreNamed() {
        Axis axis = Axis.uniform(0, 1, 3);
        assertThatThrownBy(Grid::of).hasMessageContaining("number of axes is 0");
        assertThatThrownBy(() -> Grid.of(axis, axis, axis, axis)).hasMessageContaining("number of axes is 4");
        assertThatThrownBy(() -> Grid.of(new double[][] {{1, 2}, {2, 4}}, axis, axis))
                .hasMessageContaining("non-singular");
        assertThatThrownBy(() -> Grid.of(new double[][] {{1, 2}}, axis, axis)).hasMessageContaining("1 rows");
        assertThatThrownBy(() -> Grid.of(new double[][] {{1}, {2, 3}}, axis, axis)).hasMessageContaining("row 0");
        assertThatThrownBy(() -> Grid.of(new double[][] {{1, Double.NaN}, {0, 1}}, axis, axis))
                .hasMessageContaining("NaN");
        Grid grid = Grid.of(axis, axis);
        assertThatThrownBy(() -> grid.position(1)).hasMessageContaining("index has 1 entries");
        assertThatThrownBy(() -> grid.position(1, 3)).hasMessageContaining("along axis 1 is 3");
        assertThatThrownBy(() -> grid.flat(-1, 0)).hasMessageContaining("along axis 0 is -1");
        assertThatThrownBy(() -> grid.weight(0, 0, 0)).hasMessageContaining("index has 3 entries");
        assertThatThrownBy(() -> grid.index(-1)).hasMessageContaining("flat index is -1");
        assertThatThrownBy(() -> grid.index(9)).hasMessageContaining("flat index is 9");
        assertThatThrownBy(() -> grid.toCoordinates(1)).hasMessageContaining("1 coordinates");
        Axis huge = Axis.uniform(0, 1, 3_000_000);
        assertThatThrownBy(() -> Grid.of(huge, huge, huge)).hasMessageContaining("2⁶³ nodes");
    }
}
