package org.isotrope.kernels.engine.program;

import java.util.Arrays;
import org.isotrope.kernels.difference.BandedMatrix;

/**
 * What the rows of a banded matrix read: in the long middle all the same offsets, though the weights of some may be 0
 * in some rows; near the ends, each row what it has weights for, and those offsets too, with weight 0, where there are
 * nodes. This decides where a value that is infinite or not a number is seen.
 */
public final class ColumnBand {
    private final int low;
    private final int high;
    private final int[] offsets;

    private ColumnBand(int low, int high, int[] offsets) {
        this.low = low;
        this.high = high;
        this.offsets = offsets;
    }

    /**
     * The band of the row in the middle, and how far it holds.
     *
     * @param matrix along the rows
     * @return the band that most rows have
     */
    public static ColumnBand of(BandedMatrix matrix) {
        int size = matrix.size();
        int middle = size / 2;
        int least = matrix.firstColumn(middle) - middle;
        int most = least + matrix.width(middle) - 1;
        int from = middle;
        while (from > 0 && fits(matrix, from - 1, least, most)) {
            from--;
        }
        int end = middle;
        while (end < size && fits(matrix, end, least, most)) {
            end++;
        }
        int low = from < end ? from : size;
        int high = from < end ? size - end : 0;
        boolean[] used = new boolean[most - least + 1];
        for (int i = low; i < size - high; i++) {
            for (int k = 0; k < matrix.width(i); k++) {
                if (matrix.weight(i, k) != 0) {
                    used[matrix.firstColumn(i) + k - i - least] = true;
                }
            }
        }
        int[] offsets = new int[used.length];
        int count = 0;
        for (int place = 0; place < used.length; place++) {
            if (used[place]) {
                offsets[count++] = least + place;
            }
        }
        return new ColumnBand(low, high, Arrays.copyOf(offsets, count));
    }

    private static boolean fits(BandedMatrix matrix, int i, int least, int most) {
        for (int k = 0; k < matrix.width(i); k++) {
            int offset = matrix.firstColumn(i) + k - i;
            if (matrix.weight(i, k) != 0 && (offset < least || offset > most)) {
                return false;
            }
        }
        // what is read has to be there, with whatever weight
        return matrix.isPeriodic() || i + least >= 0 && i + most < matrix.size();
    }

    /**
     * Rows below this one read what they have weights for.
     *
     * @return their number
     */
    public int low() {
        return low;
    }

    /**
     * So many rows at the upper end read what they have weights for.
     *
     * @return their number
     */
    public int high() {
        return high;
    }

    /**
     * What all other rows read, in increasing order.
     *
     * @return in nodes, not copied
     */
    public int[] offsets() {
        return offsets;
    }

    /**
     * The weight of a row at an offset, 0 where it has none.
     *
     * @param matrix along the rows
     * @param i row of the matrix
     * @param offset of the column, from the diagonal
     * @return the weight
     */
    public static double weight(BandedMatrix matrix, int i, int offset) {
        int k = i + offset - matrix.firstColumn(i);
        return k >= 0 && k < matrix.width(i) ? matrix.weight(i, k) : 0;
    }
}
