package org.isotrope.kernels.difference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.isotrope.grids.Axis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BandedMatrixTest {

    private static BandedMatrix matrix(boolean periodic) {
        return AxisDifferences.of(periodic ? Axis.periodicNodes(9, 0, 1, 2.5, 3, 4, 5.2, 7)
                : Axis.nodes(0, 1, 2.5, 3, 4, 5.2, 7), 2, 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void applyAndItsTransposeAreTheDenseProducts(boolean periodic) {
        var matrix = matrix(periodic);
        int n = matrix.size();
        double[][] full = matrix.dense();
        double[] in = new Random(5).doubles(n, -1, 1).toArray();
        double[] out = new double[n];
        double[] transposed = new double[n];
        matrix.apply(in, out);
        matrix.applyTransposed(in, transposed);
        int nonzeros = 0;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            double sumTransposed = 0;
            for (int j = 0; j < n; j++) {
                assertThat(matrix.get(i, j)).isEqualTo(full[i][j]);
                nonzeros += full[i][j] != 0 ? 1 : 0;
                sum += full[i][j] * in[j];
                sumTransposed += full[j][i] * in[j];
            }
            assertThat(out[i]).isCloseTo(sum, within(1e-13));
            assertThat(transposed[i]).isCloseTo(sumTransposed, within(1e-13));
        }
        assertThat(nonzeros).isEqualTo(periodic ? 7 * 5 : 3 * 5 + 4 * 4);
        assertThat(matrix.isPeriodic()).isEqualTo(periodic);
        assertThat(matrix.largestWidth()).isEqualTo(5);
    }

    @Test
    void theLongestRunOfEqualRowsIsTheConstantOne() {
        double[] a = {1, 2};
        double[] b = {3, 4};
        var matrix = new BandedMatrix(false, new int[] {0, 1, 1, 2, 3, 3},
                new double[][] {a, a, b, b.clone(), {3, 4}, {3, 4}});
        assertThat(matrix.constantBegin()).isEqualTo(2);
        assertThat(matrix.constantEnd()).isEqualTo(5);
        assertThat(matrix).hasToString("bounded 6 x 6, at most 2 weights a row, rows 2 to 4 constant");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theTransposeIsTheDenseOne(boolean periodic) {
        var matrix = matrix(periodic);
        double[][] full = matrix.dense();
        double[][] transposed = matrix.transpose().dense();
        for (int i = 0; i < full.length; i++) {
            for (int j = 0; j < full.length; j++) {
                assertThat(transposed[j][i]).isEqualTo(full[i][j]);
            }
        }
        assertThat(matrix.transpose().transpose().dense()).isDeepEqualTo(full);
        var uniform = AxisDifferences.of(Axis.periodic(0, 1, 5), 2, 4);
        assertThat(uniform.transpose()).isEqualTo(uniform);
        assertThat(AxisDifferences.of(Axis.uniform(0, 1, 30), 1, 2).transpose().constantEnd()).isEqualTo(27);
    }

    @Test
    void equalsByValue() {
        assertThat(matrix(true)).isEqualTo(matrix(true)).hasSameHashCodeAs(matrix(true)).isNotEqualTo(matrix(false));
        matrix(true).weights(3)[0] = 5;
        assertThat(matrix(true).weight(3, 0)).isNotEqualTo(5);
    }

    @Test
    void refusesVectorsOfTheWrongLengthAndOverlap() {
        var matrix = matrix(false);
        double[] x = new double[7];
        assertThatThrownBy(() -> matrix.apply(new double[6], x)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("in has 6 values; it had to have 7");
        assertThatThrownBy(() -> matrix.applyTransposed(x, new double[8])).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("out has 8 values; it had to have 7");
        assertThatThrownBy(() -> matrix.apply(x, x)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("out is the same array as in; it had to be another");
    }
}
