package org.isotrope.kernels.engine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundary;
import org.isotrope.kernels.Samples;
import org.junit.jupiter.api.Test;

/** Index maps against the dense matrices they stand for, one matrix for each offset. */
class AxisMapTest {
    private static final int[][] REACHES = {{0, 0}, {-1, 1}, {-2, 1}, {0, 2}, {-3, 0}, {-3, 3}};

    /** What the boundaries say: row i holds the coefficients of position i + offset. */
    private static double[][] expected(Axis axis, Boundary below, Boundary above, int offset) {
        int n = axis.size();
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            int position = i + offset;
            if (axis.isPeriodic()) {
                matrix[i][Math.floorMod(position, n)] = 1;
            } else if (position < 0) {
                double[] ghost = below.ghost(-position);
                for (int k = 0; k < ghost.length; k++) {
                    matrix[i][k] = ghost[k];
                }
            } else if (position >= n) {
                double[] ghost = above.ghost(position - n + 1);
                for (int k = 0; k < ghost.length; k++) {
                    matrix[i][n - 1 - k] = ghost[k];
                }
            } else {
                matrix[i][position] = 1;
            }
        }
        return matrix;
    }

    private static double[][] dense(AxisMap map, int offset) {
        double[][] matrix = new double[map.size()][map.size()];
        for (int i = 0; i < map.size(); i++) {
            AxisMap.Reads reads = map.reads(i, offset);
            assertThat(reads.sources()).isSorted();
            for (int k = 0; k < reads.sources().length; k++) {
                matrix[i][reads.sources()[k]] += reads.coefficients()[k];
            }
        }
        return matrix;
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] transposed = new double[matrix.length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                transposed[j][i] = matrix[i][j];
            }
        }
        return transposed;
    }

    private static void check(Axis axis, Boundary below, Boundary above, int lowest, int highest) {
        AxisMap map = AxisMap.of(axis, 0, below, above, lowest, highest);
        AxisMap transposed = map.transpose();
        AxisMap again = transposed.transpose();
        for (int o = lowest; o <= highest; o++) {
            double[][] matrix = expected(axis, below, above, o);
            assertThat(dense(map, o)).as("offset %d on %s", o, axis).isDeepEqualTo(matrix);
            assertThat(dense(transposed, -o)).as("transpose, offset %d", o).isDeepEqualTo(transposed(matrix));
            assertThat(dense(again, o)).as("transposed twice, offset %d", o).isDeepEqualTo(matrix);
        }
        checkClasses(map);
        checkClasses(transposed);
    }

    private static void checkClasses(AxisMap map) {
        for (int i = 0; i < map.size(); i++) {
            assertThat(map.isInterior(i)).isEqualTo(i >= map.low() && i < map.size() - map.high());
            int of = map.classOf(i);
            assertThat(of).isBetween(0, map.classes() - 1);
            if (map.isInterior(i)) {
                assertThat(of).isEqualTo(map.classes() - 1);
                assertThat(map.isInterior(map.indexOf(of))).isTrue();
            } else {
                assertThat(map.indexOf(of)).isEqualTo(i);
            }
        }
    }

    @Test
    void boundedAxesReadWhatTheBoundariesSay() {
        for (Boundary below : Samples.BOUNDARIES) {
            for (Boundary above : Samples.BOUNDARIES) {
                for (int[] reach : REACHES) {
                    for (int n = 4; n <= 9; n++) {
                        check(Axis.cells(0, 1, n), below, above, reach[0], reach[1]);
                    }
                }
            }
        }
    }

    @Test
    void periodicAxesWrapAroundAnyNumberOfTimes() {
        for (int n = 1; n <= 7; n++) {
            for (int[] reach : REACHES) {
                check(Axis.periodic(0, 1, n), Boundary.zero(), Boundary.zero(), reach[0], reach[1]);
            }
            check(Axis.periodic(0, 1, n), Boundary.mirror(), Boundary.zero(), -3 * n, 2 * n + 1);
        }
    }

    @Test
    void mapsMayReachBeyondTheWholeAxis() {
        for (int n = 1; n <= 5; n++) {
            check(Axis.cells(0, 1, n), Boundary.zero(), Boundary.zero(), -9, 8);
            check(Axis.cells(0, 1, n), Boundary.extrapolate(0), Boundary.zero(), -9, 8);
        }
    }

    @Test
    void transposesAreExactOnRandomMixes() {
        Random random = new Random(12);
        for (int repeat = 0; repeat < 200; repeat++) {
            int n = 5 + random.nextInt(6);
            Boundary below = Samples.BOUNDARIES.get(random.nextInt(6));
            Boundary above = Samples.BOUNDARIES.get(random.nextInt(6));
            check(Axis.uniform(0, 1, n), below, above, -random.nextInt(5), random.nextInt(5));
        }
    }

    @Test
    void missingAxesAreTrivial() {
        AxisMap trivial = AxisMap.trivial();
        assertThat(trivial.size()).isEqualTo(1);
        assertThat(dense(trivial, 0)).isDeepEqualTo(new double[][] {{1}});
        assertThat(dense(trivial.transpose(), 0)).isDeepEqualTo(new double[][] {{1}});
    }

    @Test
    void tooFewNodesForABoundaryAreRefused() {
        assertThatThrownBy(() ->
                AxisMap.of(Axis.uniform(0, 1, 2), 1, Boundary.extrapolate(2), Boundary.zero(), -1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("axis 1 has 2 nodes; it had to have at least 3 for boundary extrapolate(2) under a stencil"
                        + " that reaches 1 nodes beyond the wall");
        assertThatThrownBy(() -> AxisMap.of(Axis.uniform(0, 1, 3), 0, Boundary.zero(), Boundary.mirror(), -1, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("axis 0 has 3 nodes")
                .hasMessageContaining("at least 4 for boundary mirror")
                .hasMessageContaining("reaches 3 nodes");
    }
}
