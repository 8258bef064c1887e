package org.isotrope.kernels.engine.program;

import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.stencil.Stencil;

/**
 * A stencil bound to a grid and its boundaries: what every output node reads, in the order in which it is summed.
 *
 * <p>The shape always has three axes; missing ones lead with size 1. Rows run along axis 2. For the two outer axes
 * every combination of index classes (interior, or one edge index) has its own {@link RowTaps}, with sources resolved
 * to displacements in memory; along rows, taps are resolved only for the interior, and edge columns through
 * {@link #columns()}.
 *
 * <p>Order of summation for one output component at one node: taps in canonical order; within a tap the sources along
 * axis 0, then 1, then 2, each in increasing index. Weights are multiplied {@code ((w·c₀)·c₁)·c₂} in {@code double} and
 * rounded once to the precision of the field. Sums start at +0, go on by {@code fma}, and end by adding +0.
 */
public final class StencilProgram {
    /**
     * Taps of one output component for rows of one class.
     *
     * @param displacements element read relative to the output node, in the memory of all input components
     * @param weights their weights
     * @param offsets the part of the displacement along the row
     * @param planes plane read relative to that of the output node
     * @param rows row read relative to that of the output node, within its plane
     * @param inputs component read
     */
    public record RowTaps(
            long[] displacements, double[] weights, int[] offsets, int[] planes, int[] rows, int[] inputs) {}

    private final int[] shape;
    private final AxisMap[] maps;
    private final Stencil stencil;
    private final int lead;
    private final RowTaps[][][] rows;

    private StencilProgram(Stencil stencil, int[] shape, AxisMap[] maps) {
        this.stencil = stencil;
        this.shape = shape;
        this.maps = maps;
        this.lead = 3 - stencil.dimension();
        this.rows = new RowTaps[maps[0].classes()][maps[1].classes()][];
        for (int c0 = 0; c0 < rows.length; c0++) {
            for (int c1 = 0; c1 < rows[c0].length; c1++) {
                int i0 = maps[0].indexOf(c0);
                int i1 = maps[1].indexOf(c1);
                if (i0 < shape[0] && i1 < shape[1]) {
                    rows[c0][c1] = resolve(i0, i1);
                }
            }
        }
    }

    /**
     * Binds a stencil to a grid.
     *
     * @param stencil of the grid's dimension
     * @param grid the grid
     * @param boundaries what lies beyond its bounded axes
     * @return the program
     * @throws IllegalArgumentException if an axis has too few nodes for its boundary and the stencil's reach
     */
    public static StencilProgram of(Stencil stencil, Grid grid, Boundaries boundaries) {
        boundaries.requireFit(grid);
        int lead = 3 - grid.dimension();
        int[] shape = {1, 1, 1};
        AxisMap[] maps = {AxisMap.trivial(), AxisMap.trivial(), AxisMap.trivial()};
        for (int a = 0; a < grid.dimension(); a++) {
            Axis axis = grid.axis(a);
            Boundary below = boundaries.on(grid, a, Boundaries.Side.LOW);
            Boundary above = boundaries.on(grid, a, Boundaries.Side.HIGH);
            shape[lead + a] = axis.size();
            maps[lead + a] = AxisMap.of(axis, a, below, above, stencil.lowest(a), stencil.highest(a));
        }
        return new StencilProgram(stencil, shape, maps);
    }

    /**
     * The program of the transposed operator, boundaries included.
     *
     * @return the exact transpose under the dot product of stored values
     */
    public StencilProgram transpose() {
        AxisMap[] transposed = {maps[0].transpose(), maps[1].transpose(), maps[2].transpose()};
        return new StencilProgram(stencil.transpose(), shape, transposed);
    }

    /**
     * The same program with other weights.
     *
     * @param weights one a tap of {@link #stencil}, in its order
     * @return the new program
     */
    public StencilProgram withWeights(double[] weights) {
        return new StencilProgram(stencil.withWeights(weights), shape, maps);
    }

    private RowTaps[] resolve(int i0, int i1) {
        RowTaps[] resolved = new RowTaps[stencil.outputs()];
        int tap = 0;
        for (int r = 0; r < resolved.length; r++) {
            int first = tap;
            int count = 0;
            for (; tap < stencil.size() && stencil.output(tap) == r; tap++) {
                count += maps[0].reads(i0, offset(tap, 0)).sources().length
                        * maps[1].reads(i1, offset(tap, 1)).sources().length;
            }
            resolved[r] = resolve(i0, i1, first, tap, count);
        }
        return resolved;
    }

    private RowTaps resolve(int i0, int i1, int first, int end, int count) {
        long[] displacements = new long[count];
        double[] weights = new double[count];
        int[] offsets = new int[count];
        int[] planes = new int[count];
        int[] rowsRead = new int[count];
        int[] inputs = new int[count];
        int next = 0;
        for (int tap = first; tap < end; tap++) {
            AxisMap.Reads outer = maps[0].reads(i0, offset(tap, 0));
            AxisMap.Reads inner = maps[1].reads(i1, offset(tap, 1));
            for (int k0 = 0; k0 < outer.sources().length; k0++) {
                for (int k1 = 0; k1 < inner.sources().length; k1++) {
                    long plane = (long) stencil.input(tap) * shape[0] + outer.sources()[k0] - i0;
                    long row = plane * shape[1] + inner.sources()[k1] - i1;
                    offsets[next] = offset(tap, 2);
                    planes[next] = outer.sources()[k0] - i0;
                    rowsRead[next] = inner.sources()[k1] - i1;
                    inputs[next] = stencil.input(tap);
                    displacements[next] = row * shape[2] + offsets[next];
                    weights[next++] = stencil.weight(tap) * outer.coefficients()[k0] * inner.coefficients()[k1];
                }
            }
        }
        return new RowTaps(displacements, weights, offsets, planes, rowsRead, inputs);
    }

    /** Takes the entries of a matrix. */
    @FunctionalInterface
    public interface EntryConsumer {
        /**
         * One entry; more of them at one place add up.
         *
         * @param column element of the input, all components one after another
         * @param weight in {@code double}, not rounded to a field's precision
         */
        void accept(long column, double weight);
    }

    /**
     * What one output value is made of.
     *
     * @param output component
     * @param node flat index of the node
     * @param entries takes what is read
     */
    public void row(int output, long node, EntryConsumer entries) {
        int i2 = (int) (node % shape[2]);
        int i1 = (int) (node / shape[2] % shape[1]);
        int i0 = (int) (node / shape[2] / shape[1]);
        for (int tap = 0; tap < stencil.size(); tap++) {
            if (stencil.output(tap) != output) {
                continue;
            }
            AxisMap.Reads slabs = maps[0].reads(i0, offset(tap, 0));
            AxisMap.Reads lines = maps[1].reads(i1, offset(tap, 1));
            AxisMap.Reads nodes = maps[2].reads(i2, offset(tap, 2));
            for (int a = 0; a < slabs.sources().length; a++) {
                for (int b = 0; b < lines.sources().length; b++) {
                    long line = ((long) stencil.input(tap) * shape[0] + slabs.sources()[a]) * shape[1]
                            + lines.sources()[b];
                    for (int c = 0; c < nodes.sources().length; c++) {
                        entries.accept(line * shape[2] + nodes.sources()[c], stencil.weight(tap)
                                * slabs.coefficients()[a] * lines.coefficients()[b] * nodes.coefficients()[c]);
                    }
                }
            }
        }
    }

    /**
     * Offset of a tap along one of the three axes, 0 along missing ones.
     *
     * @param tap number of the tap
     * @param axis 0 to 2
     * @return in nodes
     */
    public int offset(int tap, int axis) {
        return axis < lead ? 0 : stencil.offset(tap, axis - lead);
    }

    /**
     * Taps of every output component for row {@code i1} of plane {@code i0}.
     *
     * @param i0 plane
     * @param i1 row
     * @return one for each output component, not copied
     */
    public RowTaps[] rowTaps(int i0, int i1) {
        return rows[maps[0].classOf(i0)][maps[1].classOf(i1)];
    }

    /**
     * The map along rows.
     *
     * @return map of axis 2
     */
    public AxisMap columns() {
        return maps[2];
    }

    /**
     * What is read along one of the three axes.
     *
     * @param axis 0 to 2
     * @return the trivial map along missing ones
     */
    public AxisMap map(int axis) {
        return maps[axis];
    }

    /**
     * Nodes along one of the three axes, 1 along missing ones.
     *
     * @param axis 0 to 2
     * @return number of nodes
     */
    public int size(int axis) {
        return shape[axis];
    }

    /**
     * The bound stencil; that of the transposed operator for a transposed program.
     *
     * @return the stencil
     */
    public Stencil stencil() {
        return stencil;
    }

    /**
     * Number of nodes.
     *
     * @return nodes of one component
     */
    public long nodes() {
        return (long) shape[0] * shape[1] * shape[2];
    }
}
