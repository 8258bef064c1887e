package org.isotrope.kernels.engine.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import org.isotrope.kernels.engine.RowSamples;
import org.isotrope.kernels.engine.sweep.FloatSweep;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums and correlations of rows against their formulas, bit for bit. */
@Tag("bits")
class CorrelationTest extends RowSamples {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7})
    void flatSums(int count) {
        int[] at = places(count + 1);
        float[] signs = new float[count + 1];
        for (int k = 0; k <= count; k++) {
            at[k] += BASE;
            signs[k] = k < 2 ? 1 : k % 2 * 2 - 1;
        }
        float[] sums = new float[7 + 160];
        FloatFlatSums.add(box, at, signs, 1, count + 1, sums, 7, 160);
        for (int i = 0; i < 160; i++) {
            float sum = box[at[1] + i];
            for (int k = 2; k <= count; k++) {
                sum += signs[k] * box[at[k] + i];
            }
            assertThat(sums[7 + i]).isEqualTo(sum);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 48, 160})
    void correlations(int length) {
        int[] columns = random.ints(8, 0, 500).toArray();
        int[] rows = random.ints(4, 600, 1200).toArray();
        for (int count : new int[] {1, 4}) {
            float[] sums = floats(16 * 16);
            for (int lane = 0; lane < 16; lane += FloatSweep.LANES) {
                if (count == 1) {
                    FloatFoldedCorrelation.eight(box, columns, box, rows[0], length, sums, lane);
                } else {
                    FloatFoldedCorrelation.four(box, columns, box, rows, length, sums, lane);
                }
            }
            int across = count == 1 ? 8 : 4;
            for (int k = 0; k < count * across; k++) {
                for (int lane = 0; lane < 16; lane++) {
                    float sum = 0;
                    for (int i = lane; i < length; i += 16) {
                        sum = Math.fma(box[rows[k / across] + i], box[columns[k % across] + i], sum);
                    }
                    assertThat(sums[k * 16 + lane]).isEqualTo(sum);
                }
            }
        }
    }
}
