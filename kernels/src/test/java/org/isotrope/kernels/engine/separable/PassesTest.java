package org.isotrope.kernels.engine.separable;

import static org.assertj.core.api.Assertions.assertThat;

import org.isotrope.kernels.engine.RowSamples;
import org.isotrope.kernels.engine.block.FloatBlocks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passes along one axis against their formulas, bit for bit, also those that this machine's plans do not choose. */
@Tag("bits")
class PassesTest extends RowSamples {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 9, 40})
    void productsOfFourRows(int steps) {
        int pitch = 100;
        int[] at = places(steps);
        float[] w = floats(4 * steps);
        float[] rows = new float[4 * pitch];
        FloatPasses.four(box, BASE, at, w, rows, 0, pitch);
        for (int r = 0; r < 4; r++) {
            for (int x = 0; x < FloatBlocks.COLUMNS; x++) {
                assertThat(rows[r * pitch + x]).isEqualTo(expected(steps, r, x, w, 4, (q, c) -> box[BASE + at[q] + c]));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 40})
    void partsOfRows(int count) {
        float[] w = floats(count);
        for (int columns = FloatBlocks.COLUMNS; columns <= 2 * FloatBlocks.COLUMNS; columns += FloatBlocks.COLUMNS) {
            float[] row = floats(7 + columns);
            if (columns == FloatBlocks.COLUMNS) {
                FloatPasses.shortRow(box, BASE, w, row, 7);
            } else {
                FloatPasses.row(box, BASE, w, row, 7);
            }
            for (int x = 0; x < columns; x++) {
                assertThat(row[7 + x]).isEqualTo(expected(count, 0, x, w, 1, (q, c) -> box[BASE + q + c]));
            }
        }
    }
}
