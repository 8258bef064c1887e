package org.isotrope.kernels.spectral;

import java.util.Arrays;

/**
 * What a dense array of up to three axes takes from another array: at each index along each axis an offset in elements,
 * or nothing, and a factor; offsets add up and factors multiply.
 */
final class Gathering {
    static final long NOTHING = -1;

    final int[] shape = {1, 1, 1};
    final long[][] offsets = {{0}, {0}, {0}};
    final double[][] factors = {{1}, {1}, {1}};
    /** Whether offsets of the last axis are consecutive and its factors 1, so that rows may be copied. */
    final boolean plainRows;
    /** Whether everything is taken as it lies. */
    final boolean identity;

    /**
     * Takes over the choice along each axis, of which there are 1 to 3.
     *
     * @param strides of the array that is taken from, one an axis
     * @param indices along each axis of the array that is taken from, negative for nothing
     * @param factors along each axis
     * @param size number of elements of the array that is taken from
     */
    Gathering(long[] strides, int[][] indices, double[][] factors, long size) {
        int missing = 3 - indices.length;
        long expected = 1;
        boolean same = true;
        for (int a = indices.length - 1; a >= 0; a--) {
            int b = a + missing;
            shape[b] = indices[a].length;
            this.factors[b] = factors[a];
            offsets[b] = new long[shape[b]];
            for (int i = 0; i < shape[b]; i++) {
                offsets[b][i] = indices[a][i] < 0 ? NOTHING : indices[a][i] * strides[a];
                same &= offsets[b][i] == i * expected;
            }
            same &= Arrays.stream(factors[a]).allMatch(factor -> factor == 1);
            expected *= shape[b];
        }
        identity = same && expected == size;
        boolean plain = Arrays.stream(this.factors[2]).allMatch(factor -> factor == 1);
        for (int i = 0; i < shape[2]; i++) {
            plain &= offsets[2][0] != NOTHING && offsets[2][i] == offsets[2][0] + i;
        }
        plainRows = plain;
    }
}
