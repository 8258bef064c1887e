package org.isotrope.kernels;

import java.util.List;
import java.util.function.BiFunction;
import org.isotrope.grids.Boundaries;
import org.isotrope.grids.Boundaries.Side;
import org.isotrope.grids.Boundary;
import org.isotrope.grids.FieldType;
import org.isotrope.grids.Grid;

/**
 * What lies beyond walls for each component of a field, as walls treat the part of a vector along their normal and the
 * parts in their plane in different ways.
 *
 * <p>Walls that single out a normal part ask for axes that lie along the coordinates of space, since components do.
 *
 * <p>Immutable.
 */
public final class VectorBoundaries {
    private final String name;
    private final boolean aligned;
    private final BiFunction<Grid, Integer, Boundaries> rules;

    private VectorBoundaries(String name, boolean aligned, BiFunction<Grid, Integer, Boundaries> rules) {
        this.name = name;
        this.aligned = aligned;
        this.rules = rules;
    }

    /**
     * The same for all components.
     *
     * @param boundaries what lies beyond walls
     * @return the boundaries
     */
    public static VectorBoundaries all(Boundaries boundaries) {
        return new VectorBoundaries(boundaries.toString(), false, (grid, c) -> boundaries);
    }

    /**
     * Boundaries of each component by themselves.
     *
     * @param components one a component
     * @return the boundaries
     */
    public static VectorBoundaries of(Boundaries... components) {
        List<Boundaries> all = List.of(components);
        return new VectorBoundaries(all.toString(), false, (grid, c) -> {
            if (c >= all.size()) {
                throw new IllegalArgumentException("boundaries are of " + all.size()
                        + " components; they had to be of as many as the field has");
            }
            return all.get(c);
        });
    }

    /**
     * The velocity of the wall itself is given, in all components: a fluid that sticks.
     *
     * @return {@link Boundary#value} for all components
     */
    public static VectorBoundaries noSlip() {
        return new VectorBoundaries("no slip", false, (grid, c) -> Boundaries.all(Boundary.value()));
    }

    /**
     * The normal velocity is given, and the outward derivative of the tangential one: a fluid that glides.
     *
     * @return {@link Boundary#value} for the normal component, {@link Boundary#slope} for tangential ones
     */
    public static VectorBoundaries freeSlip() {
        return new VectorBoundaries("free slip", true, (grid, c) -> acrossAndAlong(grid, c, Boundary.value(),
                Boundary.slope()));
    }

    /**
     * The mirror image: of a vector the normal part changes its sign, of a pseudovector the tangential parts do.
     *
     * @param type {@code VECTOR} or {@code PSEUDOVECTOR}; other types have no normal part, and pseudoscalars change their
     *     sign
     * @return the boundaries
     * @throws IllegalArgumentException for other than scalars, vectors and their pseudo forms
     */
    public static VectorBoundaries mirror(FieldType type) {
        Boundary odd = Boundary.value();
        Boundary even = Boundary.slope();
        if (type.equals(FieldType.SCALAR)) {
            return new VectorBoundaries("mirror", false, (grid, c) -> Boundaries.all(even));
        } else if (type.equals(FieldType.PSEUDOSCALAR)) {
            return new VectorBoundaries("mirror", false, (grid, c) -> Boundaries.all(odd));
        } else if (type.equals(FieldType.VECTOR)) {
            return new VectorBoundaries("mirror", true, (grid, c) -> acrossAndAlong(grid, c, odd, even));
        } else if (type.equals(FieldType.PSEUDOVECTOR)) {
            return new VectorBoundaries("mirror", true, (grid, c) -> acrossAndAlong(grid, c, even, odd));
        }
        throw new IllegalArgumentException("type is " + type + "; it had to be a scalar, a vector or their pseudo form");
    }

    private static Boundaries acrossAndAlong(Grid grid, int c, Boundary across, Boundary along) {
        Boundaries rules = Boundaries.all(along);
        return grid.axis(c).isPeriodic() ? rules : rules.with(c, Side.LOW, across).with(c, Side.HIGH, across);
    }

    /** Boundaries of one component. */
    Boundaries of(Grid grid, int component) {
        if (aligned) {
            double[][] cell = grid.cell();
            for (int i = 0; i < cell.length; i++) {
                for (int j = 0; j < cell.length; j++) {
                    if (i != j && cell[i][j] != 0) {
                        throw new IllegalArgumentException("axis " + j + " of the grid does not lie along a coordinate of"
                                + " space; it had to for boundaries (" + name + ") that single out normal components:\n"
                                + grid);
                    }
                }
            }
        }
        Boundaries found = rules.apply(grid, component);
        found.requireFit(grid);
        return found;
    }

    @Override
    public String toString() {
        return name;
    }
}
