package org.isotrope.kernels.neighbours;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Grid;
import org.isotrope.grids.Precision;

/**
 * The nodes within a distance of each node of a grid, in rows along the last axis.
 *
 * <p>Immutable. Axes are padded in front to three. Nodes along uniform axes share what they see; a wall only cuts part of
 * it off. If the last axis is not one of these but another one is, the two change places, so that along rows nodes are
 * alike. Pairs are numbered row by row, and {@link #coefficients} gives each its numbers.
 */
public final class Neighbours {
    /** What a pair is worth, as a few numbers. */
    @FunctionalInterface
    public interface PairFunction {
        /**
         * The numbers of a pair.
         *
         * @param node index of the receiving node along each axis of the grid; 0 where nodes share what they see
         * @param neighbour index of the other node; −1 where nodes share what they see
         * @param x {@code x_i − x_j} in space
         * @param own quadrature weight of the receiving node
         * @param other quadrature weight of the other node
         * @param values to be overwritten
         */
        void at(int[] node, int[] neighbour, double[] x, double own, double other, double[] values);
    }

    /** More pairs than this are a mistake. */
    private static final long MOST = 1L << 31;

    private final Grid grid;
    private final double determinant;
    private final AxisNeighbours[] axes;
    /** The axis that has changed places with the last one, or 2. */
    private final int swapped;
    private final int[] rowStart;
    private int rows;
    private int[] rowBox = new int[64];
    private long[] rowFirst = new long[32];
    private long pairs;

    private Neighbours(Grid grid, AxisNeighbours[] inOrder, double cutoff, double determinant) {
        this.grid = grid;
        this.swapped = alike(inOrder);
        this.axes = inOrder.clone();
        axes[2] = inOrder[swapped];
        axes[swapped] = inOrder[2];
        this.determinant = determinant;
        long kinds = (long) axes[0].boxes() * axes[1].boxes() * axes[2].boxes();
        if (kinds > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("grid has " + kinds + " nodes that differ in what they see; there had to"
                    + " be less than 2³¹");
        }
        this.rowStart = new int[(int) kinds + 1];
        double limit = cutoff * (1 + AxisNeighbours.TOLERANCE);
        int kind = 0;
        double[] apart = new double[3];
        double[] x = new double[grid.dimension()];
        for (int b0 = 0; b0 < axes[0].boxes(); b0++) {
            for (int b1 = 0; b1 < axes[1].boxes(); b1++) {
                for (int b2 = 0; b2 < axes[2].boxes(); b2++) {
                    addRows(b0, b1, b2, apart, x, limit);
                    rowStart[++kind] = rows;
                }
            }
        }
    }

    /** The last axis if nodes are alike along it, otherwise the longest axis along which they are. */
    private static int alike(AxisNeighbours[] inOrder) {
        int found = 2;
        if (!inOrder[2].shared() || inOrder[2].size() == 1) {
            for (int a = 0; a < 2; a++) {
                boolean better = found == 2 || inOrder[a].size() > inOrder[found].size();
                if (inOrder[a].shared() && inOrder[a].size() > 1 && better) {
                    found = a;
                }
            }
        }
        return found;
    }

    private void addRows(int b0, int b1, int b2, double[] apart, double[] x, double limit) {
        double[] first = axes[0].displacement()[b0];
        double[] second = axes[1].displacement()[b1];
        double[] third = axes[2].displacement()[b2];
        for (int k0 = 0; k0 < first.length; k0++) {
            for (int k1 = 0; k1 < second.length; k1++) {
                apart[0] = first[k0];
                apart[1] = second[k1];
                int from = -1;
                int to = 0;
                for (int k2 = 0; k2 < third.length; k2++) {
                    apart[2] = third[k2];
                    toSpace(apart, x);
                    if (length(x) <= limit) {
                        from = from < 0 ? k2 : from;
                        to = k2 + 1;
                    }
                }
                // a ball meets a line in one piece
                if (from >= 0) {
                    addRow(k0, k1, from, to);
                }
            }
        }
    }

    private void addRow(int k0, int k1, int from, int to) {
        if (4 * rows == rowBox.length) {
            rowBox = Arrays.copyOf(rowBox, 2 * rowBox.length);
        }
        if (rows == rowFirst.length) {
            rowFirst = Arrays.copyOf(rowFirst, 2 * rows);
        }
        rowBox[4 * rows] = k0;
        rowBox[4 * rows + 1] = k1;
        rowBox[4 * rows + 2] = from;
        rowBox[4 * rows + 3] = to;
        rowFirst[rows++] = pairs;
        pairs += to - from;
        if (pairs > MOST || rows > Integer.MAX_VALUE / 8) {
            throw new IllegalArgumentException("neighbours on\n" + grid + "\nare more than " + MOST
                    + " pairs with coefficients of their own; the cutoff had to be shorter or more axes uniform");
        }
    }

    /**
     * All nodes within a distance in space, the node itself included.
     *
     * @param grid any grid
     * @param cutoff the distance, positive and finite; nodes exactly there are inside
     * @return the neighbours
     */
    public static Neighbours within(Grid grid, double cutoff) {
        int d = grid.dimension();
        AxisNeighbours[] axes = new AxisNeighbours[3];
        Arrays.fill(axes, AxisNeighbours.alone(1));
        double[][] inverse = grid.inverseCell();
        for (int a = 0; a < d; a++) {
            Axis axis = grid.axis(a);
            // the largest coordinate ξ_a of the ball |Aξ| ≤ c is c times the length of row a of A⁻¹
            axes[3 - d + a] = isSingle(axis) ? single(axis)
                    : AxisNeighbours.within(axis, cutoff * length(inverse[a]), false);
        }
        return new Neighbours(grid, axes, cutoff, determinant(grid));
    }

    /**
     * All nodes within a distance along one axis, each of its nodes with coefficients of its own. Quadrature weights are
     * those along the axis.
     *
     * @param grid any grid
     * @param a the axis
     * @param cutoff the distance in space, positive and finite
     * @return the neighbours
     */
    public static Neighbours along(Grid grid, int a, double cutoff) {
        int d = grid.dimension();
        AxisNeighbours[] axes = new AxisNeighbours[3];
        Arrays.fill(axes, AxisNeighbours.alone(1));
        for (int b = 0; b < d; b++) {
            axes[3 - d + b] = AxisNeighbours.alone(grid.axis(b).size());
        }
        double stretch = columnLength(grid, a);
        axes[3 - d + a] = AxisNeighbours.within(grid.axis(a), cutoff / stretch, true);
        return new Neighbours(grid, axes, cutoff, stretch);
    }

    /** How far a unit of an axis's coordinate goes in space. */
    private static double columnLength(Grid grid, int a) {
        double[] unit = new double[grid.dimension()];
        unit[a] = 1;
        return length(grid.toSpace(unit));
    }

    private static boolean isSingle(Axis axis) {
        return axis.size() == 1 && !axis.isPeriodic();
    }

    /** One node with nothing beside it, but with its own quadrature weight. */
    private static AxisNeighbours single(Axis axis) {
        return AxisNeighbours.within(axis, 0, false);
    }

    private static double determinant(Grid grid) {
        int[] origin = new int[grid.dimension()];
        double product = 1;
        for (Axis axis : grid.axes()) {
            product *= axis.weight(0);
        }
        return grid.isRectangular() ? 1 : grid.weight(origin) / product;
    }

    /** Where an axis has gone. */
    private int place(int a) {
        return a == swapped ? 2 : a == 2 ? swapped : a;
    }

    private void toSpace(double[] apart, double[] x) {
        int d = x.length;
        for (int a = 0; a < d; a++) {
            x[a] = apart[place(3 - d + a)];
        }
        if (!grid.isRectangular()) {
            System.arraycopy(grid.toSpace(x), 0, x, 0, d);
        }
    }

    private static double length(double[] vector) {
        double squares = 0;
        for (double entry : vector) {
            squares += entry * entry;
        }
        return Math.sqrt(squares);
    }

    /**
     * The grid.
     *
     * @return whose nodes these are
     */
    public Grid grid() {
        return grid;
    }

    /**
     * Number of pairs with coefficients of their own.
     *
     * @return at least 1
     */
    public long pairs() {
        return pairs;
    }

    /**
     * How many nodes the receiving nodes see, walls aside.
     *
     * @return the fewest and the most
     */
    public long[] extremes() {
        long fewest = Long.MAX_VALUE;
        long most = 0;
        for (int kind = 0; kind + 1 < rowStart.length; kind++) {
            long begin = rowStart[kind] < rows ? rowFirst[rowStart[kind]] : pairs;
            long end = rowStart[kind + 1] < rows ? rowFirst[rowStart[kind + 1]] : pairs;
            fewest = Math.min(fewest, end - begin);
            most = Math.max(most, end - begin);
        }
        return new long[] {fewest, most};
    }

    /**
     * Numbers for every pair.
     *
     * @param precision to round them to
     * @param planes how many numbers a pair has
     * @param function gives them
     * @return one plane of {@link #pairs} after the other, in memory that the garbage collector frees
     */
    public MemorySegment coefficients(Precision precision, int planes, PairFunction function) {
        MemorySegment all = Arena.ofAuto().allocate(Math.multiplyExact(planes * pairs, (long) precision.bytes()), 64);
        long[] pair = new long[1];
        double[] numbers = new double[planes];
        forEachPair((node, neighbour, x, own, other, values) -> {
            function.at(node, neighbour, x, own, other, numbers);
            for (int plane = 0; plane < planes; plane++) {
                put(all, precision, plane * pairs + pair[0], numbers[plane]);
            }
            pair[0]++;
        });
        return all;
    }

    /**
     * Visits every pair, in the order of its number.
     *
     * @param visitor told of each pair; the arrays are used again for the next, and {@code values} is empty
     */
    public void forEachPair(PairFunction visitor) {
        int d = grid.dimension();
        double[] none = {};
        int[] node = new int[d];
        int[] neighbour = new int[d];
        double[] apart = new double[3];
        double[] x = new double[d];
        int[] box = new int[3];
        int[] k = new int[3];
        for (int kind = 0; kind + 1 < rowStart.length; kind++) {
            int rest = kind;
            double own = determinant;
            for (int a = 2; a >= 0; a--) {
                box[a] = rest % axes[a].boxes();
                rest /= axes[a].boxes();
                own *= axes[a].own()[box[a]];
            }
            for (int row = rowStart[kind]; row < rowStart[kind + 1]; row++) {
                k[0] = rowBox[4 * row];
                k[1] = rowBox[4 * row + 1];
                for (k[2] = rowBox[4 * row + 2]; k[2] < rowBox[4 * row + 3]; k[2]++) {
                    double other = determinant;
                    for (int a = 0; a < 3; a++) {
                        apart[a] = axes[a].displacement()[box[a]][k[a]];
                        other *= axes[a].weight()[box[a]][k[a]];
                        int axis = place(a) - (3 - d);
                        if (axis >= 0) {
                            boolean shared = axes[a].shared();
                            node[axis] = shared ? 0 : box[a];
                            neighbour[axis] = shared ? -1 : axes[a].index()[box[a]][k[a]];
                        }
                    }
                    toSpace(apart, x);
                    visitor.at(node, neighbour, x, own, other, none);
                }
            }
        }
    }

    private static void put(MemorySegment segment, Precision precision, long i, double value) {
        if (precision == Precision.FLOAT) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) value);
        } else {
            segment.setAtIndex(ValueLayout.JAVA_DOUBLE, i, value);
        }
    }

    AxisNeighbours axis(int a) {
        return axes[a];
    }

    boolean isSwapped() {
        return swapped != 2;
    }

    /** How far apart neighbours along the axis in place a are in the memory of one component. */
    long stride(int a) {
        long stride = 1;
        for (int b = 2; b > place(a); b--) {
            stride *= axes[place(b)].size();
        }
        return stride;
    }

    int[] rowStart() {
        return rowStart;
    }

    /** Four numbers a row: k₀, k₁, and where it begins and ends along the last axis. */
    int[] rowBox() {
        return rowBox;
    }

    /** The first pair of each row. */
    long[] rowFirst() {
        return rowFirst;
    }
}
