package org.isotrope.autodiff;

import java.util.Arrays;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Grid;

/** A list of nodes of a grid, in flat order without repetition: walls, or any other. */
public final class NodeList {
    private final Grid grid;
    private final long[] flat;

    private NodeList(Grid grid, long[] flat) {
        this.grid = grid;
        this.flat = flat;
    }

    /** Chooses nodes. */
    @FunctionalInterface
    public interface Choice {
        /**
         * Whether a node belongs to the list.
         *
         * @param index one index an axis, not to be changed
         * @return true to take it
         */
        boolean takes(int[] index);
    }

    /**
     * All nodes for which a condition holds.
     *
     * @param grid the grid
     * @param choice the condition
     * @return the nodes, at least one
     */
    public static NodeList where(Grid grid, Choice choice) {
        long[] found = new long[16];
        int count = 0;
        for (long i = 0; i < grid.size(); i++) {
            if (choice.takes(grid.index(i))) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, 2 * count);
                }
                found[count++] = i;
            }
        }
        if (count == 0) {
            throw new IllegalArgumentException("choice takes no node; it had to take at least one");
        }
        return new NodeList(grid, Arrays.copyOf(found, count));
    }

    /**
     * The end nodes of one side of a bounded axis.
     *
     * @param grid the grid
     * @param axis the axis, 0 for x
     * @param side which end
     * @return the nodes
     */
    public static NodeList wall(Grid grid, int axis, Boundaries.Side side) {
        if (axis < 0 || axis >= grid.dimension()) {
            throw new IllegalArgumentException("axis is " + axis + "; it had to be in [0, " + grid.dimension() + ")");
        }
        if (grid.axis(axis).isPeriodic()) {
            throw new IllegalArgumentException("axis " + axis + " is periodic and has no " + side
                    + " wall; it had to be bounded");
        }
        int end = side == Boundaries.Side.LOW ? 0 : grid.axis(axis).size() - 1;
        return where(grid, index -> index[axis] == end);
    }

    /**
     * The end nodes of all bounded axes.
     *
     * @param grid at least one axis is bounded
     * @return the nodes
     */
    public static NodeList walls(Grid grid) {
        return where(grid, index -> {
            for (int a = 0; a < index.length; a++) {
                if (!grid.axis(a).isPeriodic() && (index[a] == 0 || index[a] == grid.axis(a).size() - 1)) {
                    return true;
                }
            }
            return false;
        });
    }

    /**
     * The grid.
     *
     * @return where the nodes are
     */
    public Grid grid() {
        return grid;
    }

    /**
     * Number of nodes.
     *
     * @return at least 1
     */
    public int count() {
        return flat.length;
    }

    /**
     * Flat index of a node.
     *
     * @param k 0 to {@code count() − 1}
     * @return its index in the grid
     */
    public long flat(int k) {
        return flat[k];
    }
}
