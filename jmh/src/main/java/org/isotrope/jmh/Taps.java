package org.isotrope.jmh;

import java.util.function.UnaryOperator;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.Execution;
import org.isotrope.kernels.LinearOperator;

/**
 * The weights of an operator that is the same everywhere, for those who compute it otherwise: one cube of k numbers along
 * each axis for each output and input, of which each number multiplies what lies at its offset.
 *
 * @param dimension of the grid
 * @param inputs components read
 * @param outputs components written
 * @param reach offsets are −reach to reach
 * @param edges what lies beyond the edges
 * @param weights cubes, inputs of the first output first
 */
record Taps(int dimension, int inputs, int outputs, int reach, Edges edges, double[] weights) {
    /** What is read beyond the edges. */
    enum Edges {
        PERIODIC,
        ZERO,
        /** The values in front of the edge without its own. */
        MIRROR;

        /** Where a value comes from, or −1 for zero. */
        int index(int i, int n) {
            return switch (this) {
                case PERIODIC -> Math.floorMod(i, n);
                case ZERO -> i < 0 || i >= n ? -1 : i;
                case MIRROR -> i < 0 ? -i : i >= n ? 2 * n - 2 - i : i;
            };
        }
    }

    /**
     * Weights as images of points under the scalar reference.
     *
     * @param operator the operator on a small grid of the same kind, wide enough to hold an image
     */
    static Taps of(LinearOperator operator, int reach, Edges edges) {
        Grid grid = operator.domain().grid();
        int d = grid.dimension();
        int inputs = operator.domain().type().components(d);
        int outputs = operator.range().type().components(d);
        int middle = (int) grid.axis(0).size() / 2;
        int k = 2 * reach + 1;
        int cube = (int) Math.pow(k, d);
        double[] weights = new double[outputs * inputs * cube];
        Fields fields = Fields.automatic();
        Field image = fields.of(operator.range().type(), grid);
        for (int c = 0; c < inputs; c++) {
            Field point = fields.of(operator.domain().type(), grid);
            point.set(1, c, at(d, a -> middle));
            operator.plan(point.precision(), Execution.scalarReference()).apply(point, image);
            for (int r = 0; r < outputs; r++) {
                for (int t = 0; t < cube; t++) {
                    int tap = t;
                    // what is read at an offset is where the image of a point lies at the opposite one
                    weights[(r * inputs + c) * cube + t] = image.get(r, at(d, a -> middle - offset(tap, a, d, reach)));
                }
            }
        }
        return new Taps(d, inputs, outputs, reach, edges, weights);
    }

    private static int[] at(int dimension, UnaryOperator<Integer> coordinate) {
        int[] at = new int[dimension];
        for (int a = 0; a < dimension; a++) {
            at[a] = coordinate.apply(a);
        }
        return at;
    }

    private static int offset(int tap, int axis, int dimension, int reach) {
        int k = 2 * reach + 1;
        for (int a = dimension - 1; a > axis; a--) {
            tap /= k;
        }
        return tap % k - reach;
    }

    /** Weights of one output and input. */
    int cube() {
        return weights.length / (inputs * outputs);
    }

    /** Offset of a weight of a cube along an axis. */
    int offset(int tap, int axis) {
        return offset(tap, axis, dimension, reach);
    }

    /** What an output has to be, summed in double precision. */
    double expected(Field in, int output, int... at) {
        int[] from = new int[dimension];
        double sum = 0;
        for (int c = 0; c < inputs; c++) {
            for (int t = 0; t < cube(); t++) {
                double weight = weights[(output * inputs + c) * cube() + t];
                boolean inside = weight != 0;
                for (int a = 0; a < dimension && inside; a++) {
                    from[a] = edges.index(at[a] + offset(t, a), (int) in.grid().axis(a).size());
                    inside = from[a] >= 0;
                }
                sum += inside ? weight * in.get(c, from) : 0;
            }
        }
        return sum;
    }

    /** The sum of absolute weights of an output: what an error is relative to, for inputs of order 1. */
    double norm(int output) {
        double sum = 0;
        for (int t = output * inputs * cube(); t < (output + 1) * inputs * cube(); t++) {
            sum += Math.abs(weights[t]);
        }
        return sum;
    }
}
