package org.isotrope.grids;

import java.util.Locale;

/**
 * A field type with the places where its values sit: scalars at nodes or in cells, vectors at edges or on faces.
 *
 * <p>Fields of every location are stored on the grid of nodes: index {@code i} along an axis stands for node {@code i},
 * or for the middle between node {@code i} and the next. A bounded axis has no such middle after its last node; the values
 * of that index are <em>padding</em>, which no operator lets into others, and which {@link #fill} sets to 0. Along an axis of
 * one node nothing is staggered.
 *
 * @param base scalar or pseudoscalar at nodes and in cells, vector or pseudovector at edges and on faces
 * @param location where values sit
 */
public record StaggeredType(FieldType base, Location location) implements FieldType {
    /**
     * Checks that the two fit.
     *
     * @param base scalar or pseudoscalar at nodes and in cells, vector or pseudovector at edges and on faces
     * @param location where values sit
     */
    public StaggeredType {
        boolean scalar = base.equals(SCALAR) || base.equals(PSEUDOSCALAR);
        boolean vector = base.equals(VECTOR) || base.equals(PSEUDOVECTOR);
        boolean central = location == Location.NODE || location == Location.CELL;
        if (central ? !scalar : !vector) {
            throw new IllegalArgumentException("base is " + base + "; it had to be "
                    + (central ? "scalar or pseudoscalar" : "vector or pseudovector") + " for location " + location);
        }
    }

    @Override
    public int components(int dimension) {
        return base.components(dimension);
    }

    @Override
    public double[][] representation(double[][] orthogonal) {
        return base.representation(orthogonal);
    }

    /**
     * Whether a component sits half a spacing above nodes.
     *
     * @param grid of nodes
     * @param component of the field
     * @param axis of the grid
     * @return false along axes of one node
     */
    public boolean isHalf(Grid grid, int component, int axis) {
        return grid.axis(axis).size() > 1 && location.isHalf(component, axis);
    }

    /**
     * Whether a stored value stands for no place.
     *
     * @param grid of nodes
     * @param component of the field
     * @param index one an axis
     * @return true at the last index of a bounded axis along which the component sits between nodes
     */
    public boolean isPadding(Grid grid, int component, int... index) {
        for (int a = 0; a < index.length; a++) {
            boolean last = !grid.axis(a).isPeriodic() && index[a] == grid.axis(a).size() - 1;
            if (last && isHalf(grid, component, a)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Where a value sits.
     *
     * @param grid of nodes
     * @param component of the field
     * @param index one an axis, not of padding
     * @return Cartesian position
     */
    public double[] position(Grid grid, int component, int... index) {
        if (isPadding(grid, component, index)) {
            throw new IllegalArgumentException("index is that of padding of component " + component + " of a " + this
                    + " field; it had to be below the last along bounded axes");
        }
        double[] coordinates = new double[index.length];
        for (int a = 0; a < coordinates.length; a++) {
            Axis axis = grid.axis(a);
            coordinates[a] = axis.node(index[a])
                    + (isHalf(grid, component, a) ? gap(axis, index[a]) / 2 : 0);
        }
        return grid.toSpace(coordinates);
    }

    /**
     * Volume that belongs to a value: the product of the distances between neighbouring nodes along axes of halves, and
     * along the others of the distances between the middles on both sides, or the middle and the wall.
     *
     * @param grid of nodes
     * @param component of the field
     * @param index one an axis
     * @return 0 for padding
     */
    public double weight(Grid grid, int component, int... index) {
        double weight = grid.weight(index);
        for (int a = 0; a < index.length; a++) {
            weight *= weight(grid, component, a, index[a]) / grid.axis(a).weight(index[a]);
        }
        return weight;
    }

    /**
     * What one axis contributes to {@link #weight(Grid, int, int...)}.
     *
     * @param grid of nodes
     * @param component of the field
     * @param axis of the grid
     * @param i index along it
     * @return a length, 0 for padding
     */
    public double weight(Grid grid, int component, int axis, int i) {
        Axis along = grid.axis(axis);
        if (along.size() == 1) {
            return along.weight(i);
        }
        boolean inside = along.isPeriodic() || i < along.size() - 1;
        double above = inside ? gap(along, i) : 0;
        if (isHalf(grid, component, axis)) {
            return above;
        }
        double below = i > 0 ? gap(along, i - 1) : along.isPeriodic() ? gap(along, along.size() - 1) : 0;
        return (below + above) / 2;
    }

    private static double gap(Axis axis, int i) {
        if (axis.isUniform()) {
            return axis.spacing();
        }
        return i + 1 < axis.size() ? axis.node(i + 1) - axis.node(i) : axis.node(0) + axis.period() - axis.node(i);
    }

    /**
     * Samples a function, each component at its own places.
     *
     * @param field of a staggered type; overwritten, padding with 0
     * @param function its values at a position, one a component
     * @return the field
     */
    public static Field fill(Field field, PointMap function) {
        if (!(field.type() instanceof StaggeredType type)) {
            throw new IllegalArgumentException("field is a " + field.type()
                    + " field; it had to be of a staggered type");
        }
        Grid grid = field.grid();
        double[] values = new double[field.components()];
        for (int c = 0; c < values.length; c++) {
            for (long node = 0; node < grid.size(); node++) {
                int[] index = grid.index(node);
                boolean padding = type.isPadding(grid, c, index);
                if (!padding) {
                    function.at(type.position(grid, c, index), values);
                }
                field.setFlat(c * grid.size() + node, padding ? 0 : values[c]);
            }
        }
        return field;
    }

    /**
     * Reads a type as printed.
     *
     * @param text for example {@code vector at face}
     * @return the type
     */
    public static StaggeredType parse(String text) {
        String[] parts = text.strip().split(" at ", 2);
        if (parts.length == 2) {
            for (Location location : Location.values()) {
                if (parts[1].strip().equals(name(location))) {
                    return new StaggeredType(FieldType.parse(parts[0]), location);
                }
            }
        }
        throw new IllegalArgumentException("field type is '" + text
                + "'; it had to be a type, then ' at ', then node, edge, face or cell");
    }

    private static String name(Location location) {
        return location.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return base + " at " + name(location);
    }
}
