package org.isotrope.autodiff.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamedQrTest {

    private static StreamedQr stream(double[][] a, double[] b, int from, int to) {
        var qr = StreamedQr.columns(a[0].length);
        for (int i = from; i < to; i++) {
            qr.append(a[i], b[i]);
        }
        return qr;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 1", "40, 3", "16, 16", "17, 16", "500, 33", "3, 8"})
    void theTriangleIsThatOfEjml(int rows, int columns) {
        var random = new Random(rows);
        double[][] a = Matrices.random(rows, columns, random);
        double[] b = random.doubles(rows).toArray();
        double[][] r = stream(a, b, 0, rows).r();
        var qr = DecompositionFactory_DDRM.qr(rows, columns);
        qr.decompose(new DMatrixRMaj(a));
        DMatrixRMaj expected = qr.getR(null, true);
        // Rows are unique up to their sign while the columns are independent.
        for (int i = 0; i < Math.min(rows, columns); i++) {
            double sign = Math.signum(r[i][i]) * Math.signum(expected.get(i, i));
            for (int j = 0; j < columns; j++) {
                assertThat(sign * r[i][j]).isCloseTo(expected.get(i, j), within(1e-12 * Math.sqrt(rows)));
            }
        }
    }

    @Test
    void theCutIntoBlocksDoesNotChangeABit() {
        var random = new Random(1);
        double[][] a = Matrices.random(301, 7, random);
        double[] b = random.doubles(301).toArray();
        StreamedQr one = stream(a, b, 0, 301);
        var blocks = StreamedQr.columns(7);
        for (int from = 0, size = 1; from < 301; from += size, size = Math.min(size + 3, 301 - from)) {
            var block = new double[size * 7];
            var right = new double[size];
            for (int i = 0; i < size; i++) {
                System.arraycopy(a[from + i], 0, block, i * 7, 7);
                right[i] = b[from + i];
            }
            blocks.append(block, right);
            // Looking at a solution on the way leaves the factor as it is.
            LeastSquares.defaults().solve(blocks);
        }
        assertThat(blocks.rows()).isEqualTo(301);
        assertThat(blocks.r()).isDeepEqualTo(one.r());
        assertThat(blocks.rotatedRightHandSide()).containsExactly(one.rotatedRightHandSide());
    }

    @Test
    void factorsOfPartsMergeIntoTheFactorOfTheWhole() {
        var random = new Random(2);
        double[][] a = Matrices.random(250, 9, random);
        double[] b = random.doubles(250).toArray();
        StreamedQr first = stream(a, b, 0, 100);
        StreamedQr second = stream(a, b, 100, 250);
        first.merge(second);
        assertThat(first.rows()).isEqualTo(250);
        assertThat(second.rows()).isEqualTo(150);
        LeastSquaresSolution merged = LeastSquares.defaults().solve(first);
        LeastSquaresSolution whole = LeastSquares.defaults().solve(a, b);
        assertThat(merged.parameters()).containsExactly(whole.parameters(), within(1e-14));
        assertThat(merged.residualNorm()).isCloseTo(whole.residualNorm(), within(1e-13));
        assertThat(merged.singularValues()).containsExactly(whole.singularValues(), within(1e-12));
        second.merge(second);
        assertThat(second.rows()).isEqualTo(300);
        assertThat(Math.abs(second.r()[0][0]))
            .isCloseTo(Math.sqrt(2) * Math.abs(stream(a, b, 100, 250).r()[0][0]), within(1e-12));
    }

    @Test
    void refusesBadInputInOneSentence() {
        var qr = StreamedQr.columns(2);
        assertThatIllegalArgumentException().isThrownBy(() -> StreamedQr.columns(0))
            .withMessage("unknowns was 0 but had to be positive.");
        assertThatIllegalArgumentException().isThrownBy(() -> qr.append(new double[3], 0))
            .withMessage("row had 3 entries but had to have 2, one an unknown.");
        assertThatIllegalArgumentException().isThrownBy(() -> qr.append(new double[3], new double[2]))
            .withMessage("block had 3 entries but had to have 4, 2 for each of the 2 right-hand sides.");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> qr.append(new double[] {1, 2, 3, Double.NaN}, new double[2]))
            .withMessage("row 1 had NaN in column 1 but had to be finite.");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> qr.append(new double[2], Double.POSITIVE_INFINITY))
            .withMessage("right-hand side of row 0 was Infinity but had to be finite.");
        assertThatIllegalArgumentException().isThrownBy(() -> qr.merge(StreamedQr.columns(3)))
            .withMessage("other had 3 unknowns but had to have 2.");
        assertThat(qr.rows()).isZero();
    }
}
