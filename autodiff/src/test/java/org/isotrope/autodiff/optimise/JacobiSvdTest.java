package org.isotrope.autodiff.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JacobiSvdTest {

    private static void assertDecomposes(double[][] a, int rank) {
        int n = a.length;
        JacobiSvd svd = JacobiSvd.of(a);
        double[] s = svd.singularValues();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double product = 0;
                for (int k = 0; k < n; k++) {
                    product += svd.left(k)[i] * s[k] * svd.right(k)[j];
                }
                assertThat(product).isCloseTo(a[i][j], within(1e-14 * n * s[0]));
                assertThat(Vectors.dot(svd.right(i), svd.right(j))).isCloseTo(i == j ? 1 : 0, within(1e-13));
                if (i < rank && j < rank) {
                    assertThat(Vectors.dot(svd.left(i), svd.left(j))).isCloseTo(i == j ? 1 : 0, within(1e-13));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 30, 60})
    void randomMatrices(int n) {
        double[][] a = Matrices.random(n, n, new Random(n));
        assertDecomposes(a, n);
        double[] expected = Matrices.singularValues(a);
        assertThat(JacobiSvd.of(a).singularValues()).containsExactly(expected, within(1e-13 * expected[0]));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 11})
    void rankDeficientMatrices(int rank) {
        double[][] a = rank == 0 ? new double[12][12] : Matrices.ofRank(rank, 12, 12, new Random(rank));
        assertDecomposes(a, rank);
    }

    @Test
    void smallSingularValuesOfScaledColumnsAreFoundToFullRelativeAccuracy() {
        // H/√16 is orthogonal, so that H D has the singular values 4 |d|; H has entries ±1, so that H D is exact.
        int n = 16;
        var a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sign = Integer.bitCount(i & j) % 2 == 0 ? 1 : -1;
                a[i][j] = sign * Math.pow(10, -5 * ((7 * j) % n));
            }
        }
        double[] s = JacobiSvd.of(a).singularValues();
        double[] transposed = JacobiSvd.of(Matrices.transpose(a)).singularValues();
        for (int k = 0; k < n; k++) {
            double expected = 4 * Math.pow(10, -5 * k);
            assertThat(s[k]).isCloseTo(expected, within(1e-14 * expected));
            assertThat(transposed[k]).isCloseTo(expected, within(1e-14 * expected));
        }
    }

    @Test
    void aTwoByTwoMatrixByHand() {
        // AᵀA = [[9, 12], [12, 41]] - eigenvalues 25 ± √400 = 45 and 5.
        double[] s = JacobiSvd.of(new double[][] {{3, 4}, {0, 5}}).singularValues();
        assertThat(s).containsExactly(new double[] {Math.sqrt(45), Math.sqrt(5)}, within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-200, 1e200, 1e300})
    void scaleDoesNotMatter(double scale) {
        double[] s = JacobiSvd.of(new double[][] {{3 * scale, 4 * scale}, {0, 5 * scale}}).singularValues();
        assertThat(s[0] / scale).isCloseTo(Math.sqrt(45), within(1e-14));
        assertThat(s[1] / scale).isCloseTo(Math.sqrt(5), within(1e-14));
    }

    @Test
    void equalAndZeroColumnsAreNoTrouble() {
        var a = new double[8][8];
        for (double[] row : a) {
            row[2] = 1;
            row[5] = 1;
        }
        assertDecomposes(a, 1);
        assertThat(JacobiSvd.of(a).singularValues()[0]).isCloseTo(4, within(1e-14));
        assertThat(JacobiSvd.of(a).singularValues()[1]).isLessThan(1e-14);
        assertDecomposes(new double[][] {{0, 0, 1}, {0, 0, 0}, {1e-170, 0, 0}}, 1);
    }
}
