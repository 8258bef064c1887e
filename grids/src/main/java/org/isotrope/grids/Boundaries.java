package org.isotrope.grids;

import java.util.Map;
import java.util.TreeMap;

/**
 * The boundaries of a grid, one for each side of each bounded axis.
 *
 * <p>{@link #all} sets one rule for every bounded side; {@link #with} replaces single sides. Periodic axes take none:
 * naming one is an error.
 */
public final class Boundaries {
    /** The two ends of an axis. */
    public enum Side {
        /** Before the first node. */
        LOW,
        /** After the last node. */
        HIGH
    }

    private record Place(int axis, Side side) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return axis != other.axis ? Integer.compare(axis, other.axis) : side.compareTo(other.side);
        }
    }

    private final Boundary common;
    private final Map<Place, Boundary> single;

    private Boundaries(Boundary common, Map<Place, Boundary> single) {
        this.common = common;
        this.single = single;
    }

    /**
     * The same rule on every side of every bounded axis.
     *
     * @param boundary the rule
     * @return the boundaries
     */
    public static Boundaries all(Boundary boundary) {
        return new Boundaries(boundary, Map.of());
    }

    /**
     * These boundaries with one side replaced.
     *
     * @param axis the axis, 0 for x
     * @param side which end
     * @param boundary the rule there
     * @return new boundaries
     */
    public Boundaries with(int axis, Side side, Boundary boundary) {
        if (axis < 0 || axis > 2) {
            throw new IllegalArgumentException("axis is " + axis + "; it had to be 0, 1 or 2");
        }
        Map<Place, Boundary> copy = new TreeMap<>(single);
        copy.put(new Place(axis, side), boundary);
        return new Boundaries(common, copy);
    }

    /**
     * The rule on one side of a bounded axis.
     *
     * @param axis the axis, 0 for x
     * @param side which end
     * @return the rule
     */
    public Boundary at(int axis, Side side) {
        return single.getOrDefault(new Place(axis, side), common);
    }

    /**
     * The rule for ghosts on one side of an axis, for conditions at the wall too.
     *
     * @param grid the grid
     * @param axis one of its axes
     * @param side which end
     * @return the rule, on a periodic axis one that nobody asks for
     * @throws IllegalArgumentException if a condition cannot stand there
     */
    public Boundary on(Grid grid, int axis, Side side) {
        return grid.axis(axis).isPeriodic() ? Boundary.zero() : at(axis, side).on(grid, axis, side);
    }

    /**
     * Checks that these boundaries make sense on a grid.
     *
     * @param grid the grid
     * @throws IllegalArgumentException if a single side is named of a periodic axis or of one the grid does not have
     */
    public void requireFit(Grid grid) {
        for (Place place : single.keySet()) {
            if (place.axis >= grid.dimension()) {
                throw new IllegalArgumentException("boundary is on axis " + place.axis + "; it had to be below "
                        + grid.dimension() + ", the dimension of the grid");
            }
            if (grid.axis(place.axis).isPeriodic()) {
                throw new IllegalArgumentException("boundary " + single.get(place) + " is on the " + place.side
                        + " side of axis " + place.axis + ", which is periodic; it had to be on a bounded axis");
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Boundaries that && common.equals(that.common) && single.equals(that.single);
    }

    @Override
    public int hashCode() {
        return 31 * common.hashCode() + single.hashCode();
    }

    /**
     * The common rule, then single sides.
     *
     * @return for example {@code zero; axis 1 LOW mirror}
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(common.toString());
        single.forEach((place, boundary) ->
                text.append("; axis ").append(place.axis).append(' ').append(place.side).append(' ').append(boundary));
        return text.toString();
    }
}
