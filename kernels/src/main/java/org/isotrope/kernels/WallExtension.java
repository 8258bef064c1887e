package org.isotrope.kernels;

import java.util.Arrays;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Condition;
import org.isotrope.grids.Field;
import org.isotrope.grids.Grid;
import org.isotrope.kernels.difference.Fornberg;

/**
 * What data on a wall are beyond the walls that it meets: a sparse matrix from one component on the wall to the same on
 * the wall with ghosts around it.
 *
 * <p>A ghost beyond walls a and b is {@code c_a c_b u + c_a d_b g_b + c_b d_a g_a + d_a d_b κ}, where {@code c u + d g} is
 * what each condition makes of values and of data, and {@code κ} what both conditions say of the edge: the mean of what
 * b's says of the data of a and a's of the data of b. So ghosts at edges and corners do not depend on the order of the
 * axes, and data that agree at edges are met there to second order.
 */
final class WallExtension {
    /** What a position along one axis takes: of the data as values, and as what a condition there says of them. */
    private record Line(int[][] nodes, double[][] asValues, double[][] asData) {}

    private final Grid grid;
    private final Boundaries boundaries;
    private final int[] reach;
    private final int[] starts;
    private final int[] columns;
    private final double[] weights;

    /** Of the wall across an axis, widened along the other bounded axes by as many ghosts as the operator reaches. */
    WallExtension(Grid grid, Boundaries boundaries, int across, int[] reach) {
        this.grid = grid;
        this.boundaries = boundaries;
        this.reach = reach;
        int d = grid.dimension();
        int[] narrow = grid.shape();
        narrow[across] = 1;
        int[] wide = narrow.clone();
        Line[] lines = new Line[d];
        for (int a = 0; a < d; a++) {
            if (a != across && isWidened(a)) {
                wide[a] += 2 * reach[a];
                lines[a] = line(a);
            }
        }
        int[] strides = new int[d];
        int stride = 1;
        for (int a = d - 1; a >= 0; a--) {
            strides[a] = stride;
            stride *= narrow[a];
        }
        starts = new int[Arrays.stream(wide).reduce(1, Math::multiplyExact) + 1];
        int[] foundColumns = new int[starts.length];
        double[] foundWeights = new double[starts.length];
        int[] index = new int[d];
        for (int row = 0; row + 1 < starts.length; row++) {
            Products entries = new Products();
            for (int a = 0; a < d; a++) {
                entries = lines[a] == null ? entries.moved(index[a] * strides[a])
                        : entries.times(lines[a], index[a], strides[a]);
            }
            int count = starts[row] + entries.weights.length;
            if (count > foundColumns.length) {
                foundColumns = Arrays.copyOf(foundColumns, 2 * count);
                foundWeights = Arrays.copyOf(foundWeights, 2 * count);
            }
            for (int e = 0; e < entries.weights.length; e++) {
                foundColumns[starts[row] + e] = entries.places[e];
                // each wall that meets here brings its own share of what they say together
                foundWeights[starts[row] + e] = entries.weights[e] / (entries.asked[e] + 1);
            }
            starts[row + 1] = count;
            for (int a = d - 1; a >= 0 && ++index[a] == wide[a]; a--) {
                index[a] = 0;
            }
        }
        columns = Arrays.copyOf(foundColumns, starts[starts.length - 1]);
        weights = Arrays.copyOf(foundWeights, columns.length);
    }

    /** Entries of a row: the combinations of nodes along the axes so far, and how many conditions were asked for each. */
    private record Products(double[] weights, int[] places, int[] asked) {
        Products() {
            this(new double[] {1}, new int[1], new int[1]);
        }

        Products moved(int distance) {
            return new Products(weights, Arrays.stream(places).map(place -> place + distance).toArray(), asked);
        }

        Products times(Line line, int position, int stride) {
            int[] nodes = line.nodes[position];
            double[] more = new double[2 * weights.length * nodes.length];
            int[] morePlaces = new int[more.length];
            int[] moreAsked = new int[more.length];
            int next = 0;
            for (int e = 0; e < weights.length; e++) {
                for (int k = 0; k < nodes.length; k++) {
                    for (int kind = 0; kind < 2; kind++) {
                        double factor = kind == 0 ? line.asValues[position][k] : line.asData[position][k];
                        if (factor != 0) {
                            more[next] = weights[e] * factor;
                            morePlaces[next] = places[e] + nodes[k] * stride;
                            moreAsked[next++] = asked[e] + kind;
                        }
                    }
                }
            }
            return new Products(Arrays.copyOf(more, next), Arrays.copyOf(morePlaces, next), Arrays.copyOf(moreAsked, next));
        }
    }

    private boolean isWidened(int a) {
        return isWalled(grid.axis(a)) && reach[a] > 0;
    }

    /** Whether an axis has walls that matter. */
    static boolean isWalled(Axis axis) {
        return !axis.isPeriodic() && axis.size() > 1;
    }

    private Line line(int a) {
        int n = grid.axis(a).size();
        int length = n + 2 * reach[a];
        int[][] nodes = new int[length][];
        double[][] asValues = new double[length][];
        double[][] asData = new double[length][];
        for (int p = 0; p < length; p++) {
            int i = p - reach[a];
            if (i >= 0 && i < n) {
                nodes[p] = new int[] {i};
                asValues[p] = new double[] {1};
                asData[p] = new double[] {0};
                continue;
            }
            Side side = i < 0 ? Side.LOW : Side.HIGH;
            int k = i < 0 ? -i : i - n + 1;
            double[] ghost = boundaries.on(grid, a, side).ghost(k);
            double[] said = new double[0];
            if (boundaries.at(a, side) instanceof Condition condition) {
                double datum = condition.datum(grid, a, side, k);
                said = Arrays.stream(trace(a, side, condition)).map(w -> w * datum).toArray();
            }
            int count = Math.max(1, Math.max(ghost.length, said.length));
            if (count > n) {
                throw new IllegalArgumentException("axis " + a + " has " + n + " nodes; it had to have at least " + count
                        + " for boundary " + boundaries.at(a, side) + " and its data");
            }
            nodes[p] = new int[count];
            for (int j = 0; j < count; j++) {
                nodes[p][j] = side == Side.LOW ? j : n - 1 - j;
            }
            asValues[p] = Arrays.copyOf(ghost, count);
            asData[p] = Arrays.copyOf(said, count);
        }
        return new Line(nodes, asValues, asData);
    }

    /** Weights of the nodes next to a wall in what its condition says of a function: second order. */
    private double[] trace(int a, Side side, Condition condition) {
        Axis axis = grid.axis(a);
        double[] x = new double[Math.min(3, axis.size())];
        for (int j = 0; j < x.length; j++) {
            x[j] = axis.node(side == Side.LOW ? j : axis.size() - 1 - j);
        }
        double[][] all = Fornberg.allWeights(side == Side.LOW ? axis.low() : axis.high(), x, 1);
        double length = 0;
        for (double[] row : grid.cell()) {
            length += row[a] * row[a];
        }
        double outward = (side == Side.LOW ? -1 : 1) / Math.sqrt(length);
        double[] said = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            said[j] = switch (condition.kind()) {
                case VALUE -> all[0][j];
                case SLOPE -> outward * all[1][j];
                case MIXED -> outward * all[1][j] + condition.gamma() * all[0][j];
            };
        }
        return said;
    }

    /** Places of the wall with ghosts around it. */
    int size() {
        return starts.length - 1;
    }

    /** Component c of a field on the wall, widened. */
    void apply(Field wall, int c, double[] widened) {
        long at = c * wall.grid().size();
        for (int row = 0; row < widened.length; row++) {
            double sum = 0;
            for (int e = starts[row]; e < starts[row + 1]; e++) {
                sum += weights[e] * wall.getFlat(at + columns[e]);
            }
            widened[row] = sum;
        }
    }

    /** Adds the transpose to component c of a field on the wall. */
    void addTransposed(double[] widened, Field wall, int c) {
        long at = c * wall.grid().size();
        for (int row = 0; row < widened.length; row++) {
            for (int e = starts[row]; e < starts[row + 1]; e++) {
                wall.setFlat(at + columns[e], wall.getFlat(at + columns[e]) + weights[e] * widened[row]);
            }
        }
    }
}
