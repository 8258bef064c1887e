package org.isotrope.kernels;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.isotrope.grids.Axis;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Field;
import org.isotrope.grids.Fields;
import org.isotrope.grids.Grid;
import org.isotrope.grids.PointFunction;
import org.isotrope.grids.PointMap;
import org.isotrope.grids.Precision;

/**
 * What is given on walls: values, outward derivatives or their combinations, by the condition that stands there; 0 on walls
 * that are not named. Constant, a function of the place, a function of place and time, or a field over the wall.
 *
 * <p>A {@linkplain #wall wall} is a grid of the same dimension whose axis across the wall is a single node on it.
 *
 * <p>Immutable, but for fields that the caller keeps.
 */
public final class WallData {
    /** A number at every place and time. */
    @FunctionalInterface
    public interface Changing {
        /**
         * The value.
         *
         * @param x coordinates in space, one a dimension; not to be kept or changed
         * @param time as {@link WallData#at} says
         * @return the value
         */
        double at(double[] x, double time);
    }

    private interface Datum {
        void write(Field wall, double time);
    }

    private final Map<Integer, Datum> data;
    private final double time;

    private WallData(Map<Integer, Datum> data, double time) {
        this.data = data;
        this.time = time;
    }

    /**
     * Walls that hold 0.
     *
     * @return no data, at time 0
     */
    public static WallData zero() {
        return new WallData(Map.of(), 0);
    }

    private WallData replaced(int axis, Side side, Datum datum) {
        if (axis < 0 || axis > 2) {
            throw new IllegalArgumentException("axis is " + axis + "; it had to be 0, 1 or 2");
        }
        Map<Integer, Datum> copy = new TreeMap<>(data);
        copy.put(2 * axis + side.ordinal(), datum);
        return new WallData(copy, time);
    }

    /**
     * These data with those of one side replaced by a constant.
     *
     * @param axis a bounded axis, 0 for x
     * @param side which end
     * @param value finite, of every component
     * @return the new data
     */
    public WallData with(int axis, Side side, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value is " + value + "; it had to be finite");
        }
        return replaced(axis, side, (wall, time) -> wall.fill(value));
    }

    /**
     * These data with those of one side replaced by a function of the place, the same for all components.
     *
     * @param axis a bounded axis, 0 for x
     * @param side which end
     * @param values value at a place on the wall
     * @return the new data
     */
    public WallData with(int axis, Side side, PointFunction values) {
        return replaced(axis, side, (wall, time) -> sample(wall, (x, all) -> Arrays.fill(all, values.at(x))));
    }

    /**
     * These data with those of one side replaced by functions of the place, one for each component.
     *
     * @param axis a bounded axis, 0 for x
     * @param side which end
     * @param values values at a place on the wall
     * @return the new data
     */
    public WallData with(int axis, Side side, PointMap values) {
        return replaced(axis, side, (wall, time) -> sample(wall, values));
    }

    /**
     * These data with those of one side replaced by a function of place and time, the same for all components.
     *
     * @param axis a bounded axis, 0 for x
     * @param side which end
     * @param values value at a place on the wall
     * @return the new data
     */
    public WallData changing(int axis, Side side, Changing values) {
        return replaced(axis, side, (wall, now) ->
                sample(wall, (x, all) -> Arrays.fill(all, values.at(x, now))));
    }

    /**
     * These data with those of one side replaced by a field over the wall. The field is kept, and its values are taken
     * when they are needed.
     *
     * @param axis a bounded axis, 0 for x
     * @param side which end
     * @param values of the {@linkplain #wall wall's} space, in either precision
     * @return the new data
     */
    public WallData with(int axis, Side side, Field values) {
        return replaced(axis, side, (wall, now) -> {
            new Space(wall.grid(), wall.type()).require(values, "values on the " + side + " side of axis " + axis);
            for (long i = 0; i < wall.count(); i++) {
                wall.setFlat(i, values.getFlat(i));
            }
        });
    }

    /**
     * These data at another time.
     *
     * @param newTime what functions of time are given
     * @return the new data
     */
    public WallData at(double newTime) {
        return new WallData(data, newTime);
    }

    private static void sample(Field wall, PointMap values) {
        Grid grid = wall.grid();
        int[] shape = grid.shape();
        int[] index = new int[shape.length];
        double[] all = new double[wall.components()];
        for (long node = 0; node < grid.size(); node++) {
            values.at(grid.position(index), all);
            for (int c = 0; c < all.length; c++) {
                wall.set(all[c], c, index);
            }
            for (int a = shape.length - 1; a >= 0 && ++index[a] == shape[a]; a--) {
                index[a] = 0;
            }
        }
    }

    /**
     * Whether something is given on a side.
     *
     * @param axis the axis
     * @param side which end
     * @return false if the wall holds 0 because it is not named
     */
    public boolean has(int axis, Side side) {
        return data.containsKey(2 * axis + side.ordinal());
    }

    /**
     * The data of one side, at the time of these data.
     *
     * @param axis the axis
     * @param side which end
     * @param space of the fields inside
     * @param precision of the result
     * @return a fresh field of the {@linkplain #wall wall's} space
     * @throws IllegalArgumentException if a field was given that is of another space
     */
    public Field on(int axis, Side side, Space space, Precision precision) {
        Space wall = wall(space, axis, side);
        Field values = Fields.automatic().precision(precision).of(wall.type(), wall.grid());
        Datum datum = data.get(2 * axis + side.ordinal());
        if (datum != null) {
            datum.write(values, time);
        }
        return values;
    }

    /**
     * The space of data on a wall: the grid with its axis across the wall replaced by the one place of the wall.
     *
     * @param space of the fields inside
     * @param axis a bounded axis
     * @param side which end
     * @return the space, of the same type
     * @throws IllegalArgumentException if the axis is periodic or none of the grid's
     */
    public static Space wall(Space space, int axis, Side side) {
        Grid grid = space.grid();
        if (axis < 0 || axis >= grid.dimension()) {
            throw new IllegalArgumentException("axis is " + axis + "; it had to be in [0, " + grid.dimension() + ")");
        }
        Axis across = grid.axis(axis);
        if (across.isPeriodic()) {
            throw new IllegalArgumentException("axis is " + axis + ", which is periodic; it had to be bounded to have a"
                    + " wall");
        }
        Axis[] axes = grid.axes().toArray(Axis[]::new);
        axes[axis] = Axis.singleton(side == Side.LOW ? across.low() : across.high());
        return new Space(Grid.of(grid.cell(), axes), space.type());
    }
}
