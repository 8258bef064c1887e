package org.isotrope.kernels.engine.program;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Two programs, one after the other, and one that may stand for both.
 *
 * <p>Away from walls the discrete convolution of two stencils does what the two do. Near walls it need not: what lies beyond
 * a wall is made of the input once, and not of the intermediate values. So one row of the matrix for every node that a wall
 * can reach is compared, and one of those that none reaches.
 */
public final class ProgramProduct {
    /** Products of weights to compare at most: some hundredths of a second. */
    private static final long MOST_PRODUCTS = 1 << 21;

    /** Relative to the sum of absolute weights of a row: what rounding in {@code double} may leave. */
    private static final double ROUNDING = 1e-13;

    private final StencilProgram first;
    private final StencilProgram second;

    /**
     * Two programs on the same grid.
     *
     * @param first what comes first
     * @param second takes as many components as the first gives
     */
    public ProgramProduct(StencilProgram first, StencilProgram second) {
        this.first = first;
        this.second = second;
    }

    /**
     * Whether one program has the weights of this product at every node, up to rounding in {@code double}.
     *
     * @param one a program on the same grid
     * @param periodic which axes of the grid are, one entry for each
     * @return false, too, where so many nodes are near walls that to look at all of them would take long
     */
    public boolean isDoneBy(StencilProgram one, boolean[] periodic) {
        int[][] nodes = new int[3][];
        long count = one.stencil().outputs();
        for (int a = 0; a < 3; a++) {
            int missing = 3 - periodic.length;
            nodes[a] = a < missing ? new int[1] : periodic[a - missing] ? new int[] {one.size(a) / 2} : distinct(one, a);
            count *= nodes[a].length;
        }
        if (count * first.stencil().size() * second.stencil().size() > MOST_PRODUCTS) {
            return false;
        }
        for (int i0 : nodes[0]) {
            for (int i1 : nodes[1]) {
                for (int i2 : nodes[2]) {
                    long node = ((long) i0 * one.size(1) + i1) * one.size(2) + i2;
                    for (int r = 0; r < one.stencil().outputs(); r++) {
                        if (differs(one, r, node)) {
                            return false;
                        }
                    }
                }
            }
        }
        return true;
    }

    /** All that walls reach from either side, and one between. */
    private int[] distinct(StencilProgram one, int axis) {
        int n = one.size(axis);
        int low = 0;
        int high = 0;
        for (StencilProgram program : new StencilProgram[] {one, first, second}) {
            low += program.map(axis).low();
            high += program.map(axis).high();
        }
        return low + high >= n ? IntStream.range(0, n).toArray()
                : IntStream.concat(IntStream.rangeClosed(0, low), IntStream.range(n - high, n)).toArray();
    }

    private boolean differs(StencilProgram one, int output, long node) {
        Map<Long, Double> row = new HashMap<>();
        double[] size = new double[1];
        second.row(output, node, (middle, outer) ->
                first.row((int) (middle / first.nodes()), middle % first.nodes(), (column, inner) -> {
                    row.merge(column, outer * inner, Double::sum);
                    size[0] += Math.abs(outer * inner);
                }));
        one.row(output, node, (column, weight) -> row.merge(column, -weight, Double::sum));
        return row.values().stream().anyMatch(rest -> !(Math.abs(rest) <= ROUNDING * size[0]));
    }
}
