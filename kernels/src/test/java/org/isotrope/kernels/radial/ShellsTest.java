package org.isotrope.kernels.radial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Grid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellsTest {
    private static Grid square(double low, double high, int n) {
        return Grid.of(Axis.uniform(low, high, n), Axis.uniform(low, high, n));
    }

    @Test
    void radiusOfFourNodesInThreeDimensionsHas257OffsetsIn15Shells() {
        Axis axis = Axis.uniform(0, 1, 11);
        Shells shells = Shells.of(Grid.of(axis, axis, axis), 0.4);
        assertThat(shells.size()).isEqualTo(257);
        assertThat(shells.count()).isEqualTo(15);
        // sums of three squares up to 16: all but 7 and 15
        int[] squares = {0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 16};
        for (int s = 0; s < squares.length; s++) {
            assertThat(shells.radius(s)).isCloseTo(0.1 * Math.sqrt(squares[s]), within(1e-14));
        }
    }

    @Test
    void cutoffOneAtSpacingOneTenthHas317OffsetsIn44Shells() {
        Shells shells = Shells.of(square(-1, 1, 21), 1.0);
        assertThat(shells.size()).isEqualTo(317);
        assertThat(shells.count()).isEqualTo(44);
        assertThat(shells.cutoff()).isEqualTo(1.0);
        assertThat(shells.radius(0)).isZero();
        assertThat(shells.radius(43)).isCloseTo(1.0, within(1e-12));
    }

    @Test
    void cutoffRootThreeHas114ShellsWithTheCentre() {
        assertThat(Shells.of(square(-1, 1, 21), Math.sqrt(3)).count()).isEqualTo(114);
    }

    @Test
    void countsDoNotDependOnTheUnitOrTheRoundingOfSpacings() {
        for (double unit : new double[] {1e-9, 0.3, 1, 7, 1e6}) {
            for (int n : new int[] {8, 21, 64}) {
                double h = unit / (n - 1);
                Shells shells = Shells.of(square(-unit / 3, unit - unit / 3, n), 5 * h);
                assertThat(shells.size()).as("unit %s, n %d", unit, n).isEqualTo(81);
                // 0 and the sums of two squares 1, 2, 4, 5, 8, 9, 10, 13, 16, 17, 18, 20, 25
                assertThat(shells.count()).isEqualTo(14);
            }
        }
    }

    /** All offsets of a generous box, with lengths computed from positions of the cell. */
    private static void check(Grid grid, double cutoff, int box) {
        Shells shells = Shells.of(grid, cutoff);
        int d = grid.dimension();
        Set<List<Integer>> found = new HashSet<>();
        double last = 0;
        for (int k = 0; k < shells.size(); k++) {
            int[] offset = shells.offset(k);
            List<Integer> key = new ArrayList<>();
            double[] coordinates = new double[d];
            for (int a = 0; a < d; a++) {
                key.add(offset[a]);
                coordinates[a] = offset[a] * grid.axis(a).spacing();
            }
            assertThat(found.add(key)).isTrue();
            double[] vector = grid.toSpace(coordinates);
            assertThat(shells.vector(k)).usingComparatorWithPrecision(1e-13).containsExactly(vector);
            assertThat(shells.radius(shells.shell(k))).isCloseTo(norm(vector), within(1e-9 * cutoff));
            assertThat(norm(vector)).isGreaterThanOrEqualTo(last - 1e-9 * cutoff);
            last = norm(vector);
        }
        assertThat(found).isEqualTo(bruteForce(grid, cutoff, box));
        assertThat(shells.radii()).isSorted().doesNotHaveDuplicates().hasSize(shells.count());
        assertThat(shells.grid()).isEqualTo(grid);
    }

    private static Set<List<Integer>> bruteForce(Grid grid, double cutoff, int box) {
        int d = grid.dimension();
        Set<List<Integer>> all = new HashSet<>();
        int side = 2 * box + 1;
        for (int code = 0; code < Math.pow(side, d); code++) {
            List<Integer> key = new ArrayList<>();
            double[] coordinates = new double[d];
            int rest = code;
            for (int a = 0; a < d; a++) {
                int o = rest % side - box;
                rest /= side;
                key.add(o);
                coordinates[a] = o * grid.axis(a).spacing();
            }
            if (norm(grid.toSpace(coordinates)) <= cutoff * (1 + 1e-9)) {
                all.add(key);
            }
        }
        return all;
    }

    private static double norm(double[] vector) {
        double squares = 0;
        for (double entry : vector) {
            squares += entry * entry;
        }
        return Math.sqrt(squares);
    }

    @Test
    void supportIsFoundOnAnisotropicGrids() {
        check(Grid.of(Axis.uniform(0, 1, 11), Axis.uniform(0, 1, 5)), 0.75, 10);
        check(Grid.of(Axis.uniform(0, 1, 5), Axis.periodic(0, 1, 7), Axis.cells(0, 2, 9)), 0.8, 8);
        check(Grid.of(Axis.uniform(0, 1, 6)), 0.6, 9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, -0.9, 2.5})
    void supportIsFoundOnShearedGridsWhereItIsWiderThanTheCutoffOverTheSpacing(double shear) {
        check(Grid.of(new double[][] {{1, shear}, {0, 1}}, Axis.uniform(0, 1, 11), Axis.uniform(0, 1, 11)), 0.35, 14);
        check(Grid.of(new double[][] {{1, shear, 0.2}, {0, 1, -0.4}, {0.1, 0, 1}}, Axis.uniform(0, 1, 6),
                Axis.uniform(0, 1, 6), Axis.uniform(0, 1, 6)), 0.45, 14);
    }

    @Test
    void aSingleNodeHasNoNeighboursUnlessItIsPeriodic() {
        assertThat(Shells.of(Grid.of(Axis.singleton(3), Axis.uniform(0, 1, 11)), 0.25).size()).isEqualTo(5);
        assertThat(Shells.of(Grid.of(Axis.periodic(0, 0.1, 1), Axis.uniform(0, 1, 11)), 0.1).size()).isEqualTo(5);
    }

    @Test
    void arraysAreFresh() {
        Shells shells = Shells.of(square(0, 1, 11), 0.2);
        shells.radii()[0] = 9;
        shells.offset(0)[0] = 9;
        shells.vector(0)[0] = 9;
        assertThat(shells.radii()[0]).isZero();
        assertThat(shells.offset(0)).containsExactly(0, 0);
        assertThat(shells.vector(0)).containsExactly(0, 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -1, 0, Double.POSITIVE_INFINITY})
    void badCutoffsAreRefused(double cutoff) {
        assertThatThrownBy(() -> Shells.of(square(0, 1, 11), cutoff))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cutoff is " + cutoff + "; it had to be positive and finite");
    }

    @Test
    void hugeCutoffsAreRefusedBeforeMemoryRunsOut() {
        assertThatThrownBy(() -> Shells.of(square(0, 1, 11), 1e6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cutoff is 1000000.0; it had to reach less than 1e8 nodes");
    }

    @Test
    void nonuniformAxesAreRefused() {
        assertThatThrownBy(() -> Shells.of(Grid.of(Axis.uniform(0, 1, 4), Axis.nodes(0, 1, 3)), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("axis 1 is nonuniform")
                .hasMessageEndingWith("it had to be uniform for shells");
    }
}
